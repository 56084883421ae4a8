/** Errors as answers in both shapes, and what an answer to invalid inputs echoes. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { compileReader, problem, type Problem } from "../schema/index.ts";
import { httpAnswer, serverErrorAnswer, validationAnswer } from "./answer.ts";
import { forbidsBody } from "../exchange/index.ts";
import { HTTPException } from "./http-exception.ts";
import { RequestValidationError } from "./validation.ts";

const fastapi = ["content-type", "application/json"];
const rfc9457 = ["content-type", "application/problem+json"];

describe("an exception", () => {
  test.each([
    [new HTTPException(404), { detail: "Not Found" }, { title: "Not Found", status: 404 }],
    [new HTTPException(404, "no item"), { detail: "no item" }, { title: "Not Found", status: 404, detail: "no item" }],
    [
      new HTTPException(400, { a: [1] }),
      { detail: { a: [1] } },
      { title: "Bad Request", status: 400, errors: { a: [1] } },
    ],
    [new HTTPException(599, "x"), { detail: "x" }, { title: "Error", status: 599, detail: "x" }],
    [new HTTPException(418, new Set([1])), { detail: [1] }, { title: "I'm a Teapot", status: 418, errors: [1] }],
  ])("%#", (error, plain, problemDetails) => {
    const one = httpAnswer(error, "fastapi");
    expect([one.status, one.headers, JSON.parse(one.body as string)]).toEqual([error.status, fastapi, plain]);
    const other = httpAnswer(error, "problem");
    expect([other.status, other.headers]).toEqual([error.status, rfc9457]);
    expect(JSON.parse(other.body as string)).toEqual({ type: "about:blank", ...problemDetails });
  });

  test("brings its headers, its Content-Type too, and no body where none is allowed", () => {
    const headers = { "WWW-Authenticate": "Bearer" };
    expect(httpAnswer(new HTTPException(401, "x", { headers }), "fastapi").headers).toEqual([
      "www-authenticate",
      "Bearer",
      ...fastapi,
    ]);
    const typed = new HTTPException(400, "x", { headers: { "Content-Type": "application/vnd.x+json" } });
    expect(httpAnswer(typed, "fastapi").headers).toEqual(["content-type", "application/vnd.x+json"]);
    expect(httpAnswer(new HTTPException(304), "fastapi")).toEqual({ status: 304, headers: [], body: null });
    expect([100, 199, 200, 204, 205, 304, 404].map(forbidsBody)).toEqual([true, true, false, true, true, true, false]);
  });
});

describe("invalid inputs", () => {
  const body = (problems: Problem[], shape: "fastapi" | "problem" = "fastapi"): unknown =>
    JSON.parse(validationAnswer(new RequestValidationError(problems), shape).body as string);
  const echoed = (input: unknown): unknown =>
    (body([problem("t", "m", input)]) as { detail: { input: unknown }[] }).detail[0]!.input;

  test("are told in the order of their keys, compactly, in either shape", () => {
    const found = { ...problem("t", "m", "é", { a: 1 }), loc: ["query", "q", 0] };
    const answer = validationAnswer(new RequestValidationError([found]), "fastapi");
    expect(answer).toEqual({
      status: 422,
      headers: fastapi,
      body: '{"detail":[{"type":"t","loc":["query","q",0],"msg":"m","input":"é","ctx":{"a":1}}]}',
    });
    expect(body([found, found], "problem")).toEqual({
      type: "about:blank",
      title: "Unprocessable Content",
      status: 422,
      detail: "2 inputs are invalid",
      errors: [found, found],
    });
    expect(body([found], "problem")).toMatchObject({ detail: "1 input is invalid" });
  });

  test.each([
    [undefined, null],
    [null, null],
    [Number.NaN, "NaN"],
    [{ a: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] }, { a: ["Infinity", "-Infinity"] }],
    [new Set([1]), [1]],
    [new TextEncoder().encode("é"), "é"],
    [5n, 5],
    [JSON.parse('{"__proto__": {"a": 1}}'), JSON.parse('{"__proto__": {"a": 1}}')],
    ["\ud800", "\ud800"],
  ])("what is echoed %#", (input, expected) => expect(echoed(input)).toEqual(expected));

  test("whatever depth can be read is echoed; what is deeper cannot be read", () => {
    const nested = (depth: number): unknown => JSON.parse("[".repeat(depth) + "]".repeat(depth));
    const text = (depth: number): string =>
      validationAnswer(new RequestValidationError([problem("t", "m", nested(depth))]), "fastapi").body as string;
    expect(text(1000)).toContain("[".repeat(1000) + "]".repeat(1000));
    const answer = validationAnswer(new RequestValidationError([problem("t", "m", nested(1500))]), "fastapi");
    expect([answer.status, answer.body]).toEqual([400, '{"detail":"There was an error parsing the body"}']);
  });

  test("a big bound of a bigint is told exactly", () => {
    const problems: Problem[] = [];
    compileReader(z.bigint().max(2n ** 70n))(String(2n ** 71n), problems);
    const { body: text } = validationAnswer(new RequestValidationError(problems), "fastapi");
    expect(text).toContain(`"ctx":{"le":${2n ** 70n}}`);
  });

  test("the error says in one line what and where, for logs", () => {
    const found = { ...problem("t", "no", 1), loc: ["body", "a", 0] };
    expect(new RequestValidationError([found, found]).message).toBe("body.a.0: no; body.a.0: no");
  });
});

test("an unlisted error tells nothing but the id under which it was logged", () => {
  expect(serverErrorAnswer("id-1", "fastapi")).toEqual({
    status: 500,
    headers: ["x-request-id", "id-1", "content-type", "text/plain; charset=utf-8"],
    body: "Internal Server Error",
    unanswered: true,
  });
  expect(serverErrorAnswer("id-1", "problem")).toEqual({
    status: 500,
    headers: ["x-request-id", "id-1", ...rfc9457],
    body: '{"type":"about:blank","title":"Internal Server Error","status":500}',
    unanswered: true,
  });
});

test("an answer tells the first thousand problems", () => {
  const problems = Array.from({ length: 1500 }, (_, i) => ({
    ...problem("int_type", "no integer", "x"),
    loc: ["body", i],
  }));
  const answer = validationAnswer(new RequestValidationError(problems), "fastapi");
  const { detail } = JSON.parse(answer.body as string) as { detail: Problem[] };
  expect(detail).toHaveLength(1000);
  expect(detail.at(-1)?.loc).toEqual(["body", 999]);
});
