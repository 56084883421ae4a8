import { describe, expect, test } from "vitest";
import { checkAnswer } from "./check.ts";
import { expectedAnswer } from "./expectation.ts";
import { parseVector, isHttpStep } from "./vector.ts";
import type { HttpStep } from "./vector.ts";

const request = { method: "GET", path: "/" };

interface Given {
  readonly status?: number;
  readonly headers?: HeadersInit;
  readonly redirects?: readonly { status: number; location: string }[];
}

function answer(text: string, { status = 200, headers = {}, redirects = [] }: Given = {}) {
  return { status, headers: new Headers(headers), text, bytes: new TextEncoder().encode(text), redirects };
}

/** The step goes through the reader, so that what it checks is in the format. */
function step(parts: object): HttpStep {
  const read = parseVector(
    { app: "docs_src/x/y.py", cases: [{ name: "x", test: "x", steps: [{ request, ...parts }] }] },
    "test",
  );
  const [first] = read.cases[0]?.steps ?? [];
  if (first === undefined || !isHttpStep(first)) throw new Error("the step is not an HTTP step");
  return first;
}

const places = (parts: object, given: ReturnType<typeof answer>) =>
  checkAnswer(expectedAnswer(step(parts)), given, new Map()).map((mismatch) => mismatch.at);

describe("what the test asserts", () => {
  const headers = { "x-a": "1", "content-type": "text/plain" };
  test.each<[object, string]>([
    [{ status: 200 }, "status"],
    [{ json: { a: 1 } }, "body.a"],
    [{ text: '{"a":1}' }, "body"],
    [{ body_base64: "AAA=" }, "body (base64)"],
    [{ headers: { "X-A": "1" } }, "headers.x-a"],
    [{ headers_present: ["X-B"] }, "headers.X-B"],
    [{ headers_absent: ["X-C"] }, "headers.X-C"],
    [{ cookies: { k: "v=1" } }, "cookies.k"],
    [{ contains: ['"a":1'] }, "body"],
    [{ not_contains: ["secret"] }, "body"],
    [{ text_checks: [{ contains: '"a":1' }] }, "body"],
  ])("%j holds or is reported at %s", (asserted, at) => {
    const right = !("body_base64" in asserted) ? '{"a":1}' : "\0\0";
    const good = answer(right, { headers: [...Object.entries(headers), ["x-b", ""], ["set-cookie", "k=v=1; Path=/"]] });
    const bad = answer('{"a":2,"b":"secret"}', { status: 500, headers: { "x-a": "2", "x-c": "" } });
    expect(places({ expect: asserted }, good)).toEqual([]);
    expect(places({ expect: asserted }, bad)).toContain(at);
  });

  test.each<[object, unknown, unknown]>([
    [{ equals: [1] }, [1], [2]],
    [{ not_equals: 1 }, 2, 1],
    [{ contains: "k" }, { k: 1 }, { j: 1 }],
    [{ contains: 1 }, [1], ["1"]],
    [{ not_contains: "b" }, "a", "abc"],
    [{ length: 2 }, [1, 2], [1]],
    [{ length: 1 }, "😀", 1],
    [{ truthy: true }, [0], []],
    [{ falsy: true }, {}, { a: 1 }],
    [{ lt: 2 }, 1, 2],
    [{ le: 2 }, 2, 3],
    [{ gt: "a" }, "b", "a"],
    [{ ge: 2 }, 2, "3"],
    [{ one_of: [1, 2] }, 2, 3],
  ])("json_at %j accepts %j and refuses %j", (operation, good, bad) => {
    const asserted = { expect: { json_at: [{ path: ["x", 0], ...operation }] } };
    expect(places(asserted, answer(JSON.stringify({ x: [good] })))).toEqual([]);
    expect(places(asserted, answer(JSON.stringify({ x: [bad] })))).toEqual(['body["x"][0]']);
    expect(places(asserted, answer("{}"))).toEqual(['body["x"][0]']);
  });

  test("null in a list is a value, and nothing stands behind the end of one", () => {
    const at = (index: number) => ({ expect: { json_at: [{ path: [index], equals: null }] } });
    expect(places(at(-1), answer("[1,null]"))).toEqual([]);
    expect(places(at(1), answer("[1]"))).toEqual(["body[1]"]);
    expect(places(at(-2), answer("[null]"))).toEqual(["body[-2]"]);
  });

  test("a body that is not JSON does not equal any JSON", () => {
    expect(places({ expect: { json: null } }, answer("nul"))).toEqual(["body"]);
    expect(places({ expect: { json: null } }, answer("null"))).toEqual([]);
  });
});

describe("what FastAPI was observed to answer", () => {
  const json = { "content-type": "application/json" };

  test("status, headers and body are asserted where the test does not", () => {
    const observed = { status: 201, headers: json, json: { id: 1 } };
    expect(places({ expect: {}, observed }, answer('{"id":1}', { status: 201, headers: json }))).toEqual([]);
    expect(places({ expect: {}, observed }, answer('{"id":2}', { headers: { "content-type": "text/plain" } }))).toEqual(
      ["status", "headers.content-type", "body.id"],
    );
  });

  test("volatile values only have to be there", () => {
    const observed = {
      status: 200,
      headers: { ...json, etag: "1" },
      json: { a: [{ id: 1 }], "b/c": 1 },
      volatile: ["/headers/etag", "/json/a/0/id", "/json/b~1c"],
    };
    expect(places({ expect: {}, observed }, answer('{"a":[{"id":9}],"b/c":9}', { headers: json }))).toEqual([]);
    expect(places({ expect: {}, observed }, answer('{"a":[{}],"b/c":9}', { headers: json }))).toEqual(["body.a[0].id"]);
  });

  test("a body asserted with matchers is held against the recorded one too", () => {
    const parts = {
      expect: { json: { $match: "IsList", args: [1], kwargs: {} } },
      observed: { status: 200, headers: json, json: [2] },
    };
    expect(places(parts, answer("[1]", { headers: json }))).toEqual(["body[0]"]);
  });

  test("where nothing was recorded of a body, there is none and it has no type", () => {
    const parts = { expect: { status: 307 }, observed: { status: 307, headers: { location: "/" } } };
    expect(places(parts, answer("", { status: 307, headers: { location: "/" } }))).toEqual([]);
    const wrong = answer("x", { status: 307, headers: { location: "/", "content-type": "text/plain" } });
    expect(places(parts, wrong)).toEqual(["headers.content-type", "body"]);
  });

  test("redirects are the recorded ones", () => {
    const redirects = [{ status: 307, location: "http://testserver/items/" }];
    const parts = { expect: { json: [] }, observed: { status: 200, headers: json, redirects } };
    expect(places(parts, answer("[]", { headers: json, redirects }))).toEqual([]);
    expect(places(parts, answer("[]", { headers: json }))).toEqual(["redirects[0]"]);
    const none = { expect: { json: [] }, observed: { status: 200, headers: json } };
    expect(places(none, answer("[]", { headers: json, redirects }))).toEqual(["redirects[0]"]);
  });
});
