// Each kind of built-in answer in both wire shapes, and what none of them says.
import { App, get, httpError, post, router, signal } from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

const Gone = httpError(410, "Gone for good");
const Busy = httpError(429, "Busy", z.object({ seconds: z.int() }));
const Odd = httpError(404, "Not Found");

const routes = {
  gone: get("/gone", { errors: [Gone] }, () => {
    throw new Gone();
  }),
  busy: get("/busy", { errors: [Busy] }, () => {
    throw new Busy({ seconds: 3 }, { headers: { "Retry-After": "3" } });
  }),
  odd: get("/odd", { errors: [Odd] }, () => {
    throw new Odd();
  }),
  invalid: get("/invalid", { input: { q: z.int() } }, ({ q }) => q),
  sized: post("/sized", { input: { item: z.object({}) }, bodyLimit: 5 }, () => 1),
  broken: post("/broken", { input: { item: z.object({}) } }, () => 1),
  late: get("/late", { input: { signal }, timeout: 20 }, async (values) => {
    await new Promise((resolve) => values.signal.addEventListener("abort", resolve));
  }),
  crash: get("/crash", () => {
    throw Object.assign(new Error("secret message"), { secret: "secret field", cause: new Error("secret cause") });
  }),
  mismatch: get("/mismatch", { output: z.object({ a: z.int() }) }, () => ({ a: "secret value" }) as never),
};

type Row = readonly [line: string, status: number, detail: unknown, title: string, more: object, body?: string];
const missing = [{ type: "missing", loc: ["query", "q"], msg: "Field required", input: null }];
const unreadable = "There was an error parsing the body";
const rows: readonly Row[] = [
  ["GET /gone", 410, "Gone for good", "Gone", { detail: "Gone for good" }],
  ["GET /busy", 429, { seconds: 3 }, "Too Many Requests", { errors: { seconds: 3 } }],
  ["GET /odd", 404, "Not Found", "Not Found", {}],
  ["GET /invalid", 422, missing, "Unprocessable Content", { detail: "1 input is invalid", errors: missing }],
  ["POST /sized", 413, "The request body is larger than 5 bytes", "Request Entity Too Large", { detail: "The request body is larger than 5 bytes" }, '{"a":1}'], // prettier-ignore
  ["POST /broken", 400, unreadable, "Bad Request", { detail: unreadable }, "[".repeat(2000)],
  ["GET /late", 503, "Service Unavailable", "Service Unavailable", {}],
  ["GET /nowhere", 404, "Not Found", "Not Found", {}],
  ["DELETE /gone", 405, "Method Not Allowed", "Method Not Allowed", {}],
  ["GET /%2f", 400, "The path of the request is malformed", "Bad Request", { detail: "The path of the request is malformed" }], // prettier-ignore
];

scenarios("Both shapes of every error", (ask) => {
  const app = (errorShape: "fastapi" | "problem"): App =>
    new App({ errorShape, report: () => {} }).include(router(routes));

  for (const [line, status, detail, title, more, body] of rows) {
    const headers = { "content-type": "application/json" };
    test(`${line}: ${status}`, async () => {
      const plain = await ask(app("fastapi"), line, { headers, body });
      expect([plain.status, plain.headers["content-type"]]).toEqual([status, "application/json"]);
      expect(plain.json()).toEqual({ detail });
      const problem = await ask(app("problem"), line, { headers, body });
      expect([problem.status, problem.headers["content-type"]]).toEqual([status, "application/problem+json"]);
      expect(problem.json()).toEqual({ type: "about:blank", title, status, ...more });
      // Everything else is the same: what the error brings, and what the status asks for.
      const others = (all: Record<string, string>): object =>
        Object.entries(all).filter(([name]) => name !== "content-type" && name !== "content-length");
      expect(others(problem.headers)).toEqual(others(plain.headers));
    });
  }

  test.each(["GET /crash", "GET /mismatch"])("%s: 500, which says nothing", async (line) => {
    const plain = await ask(app("fastapi"), line);
    expect([plain.status, plain.headers["content-type"], plain.text]).toEqual([
      500,
      "text/plain; charset=utf-8",
      "Internal Server Error",
    ]);
    const problem = await ask(app("problem"), line);
    expect([problem.status, problem.headers["content-type"]]).toEqual([500, "application/problem+json"]);
    expect(problem.json()).toEqual({ type: "about:blank", title: "Internal Server Error", status: 500 });
    for (const { text, headers } of [plain, problem]) {
      expect(text + JSON.stringify(headers)).not.toMatch(/secret|stack|\.ts|APUS_| at /);
    }
  });
});

test.each(["fastapi", "problem"] as const)("a body that does not arrive in time is 408 (%s)", async (errorShape) => {
  const app = new App({ errorShape, bodyTimeout: 10 }).include(router(routes));
  const headers = { "content-type": "application/json" };
  const init = { method: "POST", headers, body: new ReadableStream(), duplex: "half" } as RequestInit;
  const response = await app.fetch(new Request("http://testserver/broken", init));
  const said = "The request body did not arrive in time";
  expect([response.status, await response.json()]).toEqual([
    408,
    errorShape === "fastapi"
      ? { detail: said }
      : { type: "about:blank", title: "Request Timeout", status: 408, detail: said },
  ]);
});
