// Request ids: a new one on every answer, the one under which failures are reported, and whose are taken.
import { App, middleware, request } from "apus";
import { requestId, type RequestIdOptions } from "apus/middleware";
import { testClient } from "apus/testing";
import { describe, expect, it, test } from "vitest";
import { reports, scenarios } from "../scenario.ts";

const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const found = reports();

function identified(options?: RequestIdOptions, trustedProxies: string[] = []): App {
  const app = new App({ report: found.report, middleware: [requestId(options)], trustedProxies });
  app.get("/", { input: { request } }, (given) => given.request.id);
  app.get("/broken", () => {
    throw new Error("unlisted");
  });
  return app;
}

async function idFor(options: RequestIdOptions | undefined, sent?: string): Promise<string | null> {
  const client = testClient(identified(options));
  return (await client.get("/", sent === undefined ? {} : { headers: { "x-request-id": sent } })).headers.get(
    "x-request-id",
  );
}

it("is a new UUID, which handlers see", async () => {
  const client = testClient(identified());
  const [first, second] = [await client.get("/"), await client.get("/")];
  expect(first.headers.get("x-request-id")).toMatch(uuid);
  expect(first.json()).toBe(first.headers.get("x-request-id"));
  expect(second.json()).not.toBe(first.json());
});

it("is on every answer", async () => {
  const client = testClient(identified(), { raiseServerErrors: false });
  for (const path of ["/nowhere", "/broken", "/%2F", "/docs"]) {
    expect((await client.get(path)).headers.get("x-request-id")).toMatch(uuid);
  }
});

it("is not taken from clients", async () => expect(await idFor(undefined, "mine")).toMatch(uuid));

describe("with trust", () => {
  it.each(["a", "4bf92f3577b34da6a3ce929d0e0e4736", "Az0._-", "x".repeat(128)])("takes %s", async (sent) => {
    expect(await idFor({ trust: true }, sent)).toBe(sent);
  });

  it.each([
    ["an empty one", ""],
    ["a long one", "x".repeat(129)],
    ["a line of a log", 'a" level=error'],
    ["a line break", "a\nb"],
    ["one with a line break behind", "a\n"],
    ["an escape sequence", "\u001b[31m"],
    ["a slash", "../../etc"],
    ["other letters", "id\u00e9"],
    ["two", "a, b"],
  ])("but not %s", async (_, sent) => expect(await idFor({ trust: true }, sent)).toMatch(uuid));

  it("takes none from two lines", async () => {
    const headers = [
      ["x-request-id", "a"],
      ["x-request-id", "b"],
    ] as const;
    expect((await testClient(identified({ trust: true })).get("/", { headers })).headers.get("x-request-id")).toMatch(
      uuid,
    );
  });

  it("asks the function about the connection", async () => {
    const trust: RequestIdOptions["trust"] = ({ client, headers }) =>
      client?.host === "testclient" && headers.has("x-sure");
    const client = testClient(identified({ trust }));
    const ask = async (headers: Record<string, string>) => (await client.get("/", { headers })).json() as unknown;
    expect(await ask({ "x-request-id": "theirs", "x-sure": "1" })).toBe("theirs");
    expect(await ask({ "x-request-id": "theirs" })).toMatch(uuid);
  });

  it("does not take a promise for a yes", async () => {
    const trust = (() => Promise.resolve(false)) as unknown as () => boolean;
    expect(await idFor({ trust }, "theirs")).toMatch(uuid);
  });
});

scenarios("requestId", (ask) => {
  const app = identified({ header: "X-Correlation-Id", trust: true });
  const headers = { "x-correlation-id": "theirs-1" };

  test("another header is read and written", async () => {
    const answer = await ask(app, "GET /", { headers });
    expect(answer.headers["x-correlation-id"]).toBe("theirs-1");
    expect(answer.json()).toBe("theirs-1");
  });

  test("failures are reported under it", async () => {
    const before = found.found.length;
    const answer = await ask(app, "GET /broken", { headers });
    expect(answer.headers["x-correlation-id"]).toBe("theirs-1");
    expect(found.found.slice(before)).toMatchObject([{ requestId: "theirs-1", path: "/broken" }]);
  });
});

it("is one for middleware further out too", async () => {
  let seen = "";
  const outer = middleware({ onAnswer: (_, { id }) => void (seen = id) });
  const app = new App({ middleware: [outer, requestId({ trust: true })] });
  await testClient(app).get("/", { headers: { "x-request-id": "theirs" } });
  expect(seen).toBe("theirs");
});

describe("options that are refused", () => {
  it.each<[string, unknown, RegExp]>([
    ["a header that is none", { header: "x id" }, /APUS_HEADER/],
    ["an empty header", { header: "" }, /APUS_HEADER/],
    ["a list of proxies", { trust: ["10.0.0.1"] }, /APUS_MIDDLEWARE/],
    ["a misspelt name", { trusted: true }, /APUS_OPTIONS/],
  ])("%s", (_, options, message) => expect(() => requestId(options as RequestIdOptions)).toThrow(message));
});
