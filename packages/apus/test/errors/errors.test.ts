// Errors as answers: HTTPException, typed errors, invalid inputs, and what never leaks.
import { App, get, httpError, HTTPException, operation, post, router } from "apus";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";

const Conflict = httpError(409, "Conflict", z.object({ existing: z.int(), note: z.string().default("none") }));
const Gone = httpError(410, "It is gone");

scenarios("HTTPException", (ask) => {
  test.each([
    ["a text", "no", "no"],
    ["an empty text", "", ""],
    ["an object", { a: [1] }, { a: [1] }],
    ["a list", [1, "b"], [1, "b"]],
    ["a number", 5, 5],
    ["zero", 0, 0],
    ["false", false, false],
    ["null, which is the reason phrase", null, "I'm a Teapot"],
    ["nothing, which is the reason phrase", undefined, "I'm a Teapot"],
    ["a Date", new Date(0), "1970-01-01T00:00:00+00:00"],
  ])("the detail may be %s", async (_, detail, written) => {
    const app = new App();
    app.get("/", () => {
      throw new HTTPException(418, detail, { headers: { "X-Tea": "green" } });
    });
    const answer = await ask(app, "GET /");
    expect(answer.status).toBe(418);
    expect(answer.json()).toEqual({ detail: written });
    expect(answer.headers).toMatchObject({ "content-type": "application/json", "x-tea": "green" });
  });

  test.each([
    ["a line break in a header", { headers: { "x-a": "1\r\nx-evil: 1" } }, "x", /APUS_HEADER/],
    ["a header beyond Latin-1", { headers: { "x-a": "☃" } }, "x", /APUS_HEADER/],
    ["a detail that JSON cannot say", {}, { ratio: Number.NaN }, /APUS_NOT_JSON/],
  ])("%s is a reported 500, and the server lives on", async (_, options, detail, code) => {
    const { found, report } = reports();
    const app = new App({ report });
    app.get("/", () => {
      throw new HTTPException(400, detail, options);
    });
    app.get("/alive", () => true);
    const answer = await ask(app, "GET /");
    expect([answer.status, answer.text, answer.headers["x-evil"]]).toEqual([500, "Internal Server Error", undefined]);
    expect(String(found[0]?.error)).toMatch(code);
    expect((await ask(app, "GET /alive")).status).toBe(200);
  });

  test("an interim status ends no request, so it is a reported 500", async () => {
    const { found, report } = reports();
    const app = new App({ report });
    app.get("/", () => {
      throw new HTTPException(101);
    });
    expect((await ask(app, "GET /")).status).toBe(500);
    expect(String(found[0]?.error)).toMatch(/APUS_STATUS/);
  });

  test("204 and 304 as errors have no body", async () => {
    const app = new App();
    app.get("/", () => {
      throw new HTTPException(304, "ignored", { headers: { etag: '"1"' } });
    });
    const answer = await ask(app, "GET /");
    expect([answer.status, answer.text, answer.headers["etag"]]).toEqual([304, "", '"1"']);
  });

  test("typed errors answer with their title or with a detail written by their schema", async () => {
    const { found, report } = reports();
    const app = new App({ report });
    const detail = { existing: 3, secret: "x" };
    app.get("/gone", { errors: [Gone] }, () => {
      throw new Gone();
    });
    app.get("/conflict", { errors: [Conflict] }, async () => {
      throw new Conflict(detail, { headers: { "retry-after": "1" } });
    });
    app.get("/wrong", { errors: [Conflict] }, () => {
      throw new Conflict({ existing: "x" as unknown as number });
    });
    const gone = await ask(app, "GET /gone");
    expect([gone.status, gone.json()]).toEqual([410, { detail: "It is gone" }]);
    const conflict = await ask(app, "GET /conflict");
    expect([conflict.status, conflict.headers["retry-after"]]).toEqual([409, "1"]);
    expect(conflict.json()).toEqual({ detail: { existing: 3, note: "none" } });
    expect((await ask(app, "GET /wrong")).status).toBe(500);
    expect(String(found[0]?.error)).toMatch(/APUS_ERROR_DETAIL/);
  });
});

scenarios("Invalid inputs", (ask) => {
  test("422 tells every problem: place, message, type and what was sent, in the order of locations", async () => {
    const app = new App();
    const Item = z.object({ name: z.string().min(2), price: z.number() });
    app.post("/items/{item_id}", { input: { item: Item, q: z.int(), item_id: z.int() } }, () => 1);
    const answer = await ask(app, "POST /items/x?q=y", { json: { name: "a" } });
    expect(answer.status).toBe(422);
    expect(answer.headers["content-type"]).toBe("application/json");
    const detail = answer.json().detail;
    expect(detail.map((each: { loc: unknown }) => each.loc)).toEqual([
      ["path", "item_id"],
      ["query", "q"],
      ["body", "name"],
      ["body", "price"],
    ]);
    expect(detail[0]).toEqual({
      type: "int_parsing",
      loc: ["path", "item_id"],
      msg: "Input should be a valid integer, unable to parse string as an integer",
      input: "x",
    });
    expect(detail[3]).toEqual({
      type: "missing",
      loc: ["body", "price"],
      msg: "Field required",
      input: { name: "a" },
    });
  });

  test("what is missing altogether has null as input", async () => {
    const app = new App();
    app.get("/", { input: { q: z.string() } }, () => 1);
    expect((await ask(app, "GET /")).json()).toEqual({
      detail: [{ type: "missing", loc: ["query", "q"], msg: "Field required", input: null }],
    });
  });
});

scenarios("Both shapes of errors", (ask) => {
  const failing = {
    gone: get("/gone", { errors: [Gone] }, () => {
      throw new Gone();
    }),
    conflict: get("/conflict", { errors: [Conflict] }, () => {
      throw new Conflict({ existing: 1 });
    }),
    plain: get("/plain", () => {
      throw new HTTPException(404);
    }),
    invalid: get("/invalid", { input: { q: z.int() } }, () => 1),
    crash: get("/crash", () => {
      throw new Error("secret");
    }),
    body: post("/body", { input: { item: z.object({}) } }, () => 1),
  };
  const problem = (status: number, title: string, more: object = {}): object => ({
    type: "about:blank",
    title,
    status,
    ...more,
  });

  test("problem details (RFC 9457) on the whole App, 404, 405 and 500 included", async () => {
    const app = new App({ errorShape: "problem", report: () => {} }).include(failing);
    const expected: [string, number, object][] = [
      ["GET /gone", 410, problem(410, "Gone", { detail: "It is gone" })],
      ["GET /conflict", 409, problem(409, "Conflict", { errors: { existing: 1, note: "none" } })],
      ["GET /plain", 404, problem(404, "Not Found")],
      ["GET /nowhere", 404, problem(404, "Not Found")],
      ["PUT /plain", 405, problem(405, "Method Not Allowed")],
      ["GET /crash", 500, problem(500, "Internal Server Error")],
      ["GET /%ff", 400, problem(400, "Bad Request", { detail: "The path of the request is malformed" })],
    ];
    for (const [line, status, body] of expected) {
      const answer = await ask(app, line);
      expect([line, answer.status, answer.json()]).toEqual([line, status, body]);
      expect(answer.headers["content-type"]).toBe("application/problem+json");
    }
    const invalid = await ask(app, "GET /invalid?q=x");
    expect(invalid.json()).toMatchObject(problem(422, "Unprocessable Content", { detail: "1 input is invalid" }));
    expect(invalid.json().errors[0].loc).toEqual(["query", "q"]);
  });

  test("a router's shape holds for its operations alone, and the inner one wins", async () => {
    const inner = router({ gone: failing.gone }, { prefix: "/inner", errorShape: "fastapi" });
    const api = router({ plain: failing.plain, inner }, { prefix: "/api", errorShape: "problem" });
    const app = new App().include(api);
    expect((await ask(app, "GET /api/plain")).json()).toEqual(problem(404, "Not Found"));
    expect((await ask(app, "GET /api/inner/gone")).json()).toEqual({ detail: "It is gone" });
    expect((await ask(app, "GET /api/nowhere")).json()).toEqual({ detail: "Not Found" });
  });
});

scenarios("Unlisted errors", (ask) => {
  test.each([
    ["an Error", new Error("secret")],
    ["a text", "secret"],
    ["undefined", undefined],
    ["null", null],
    ["an object", { secret: 1 }],
  ])("%s thrown by a handler is a 500 that says nothing, reported under the answer's id", async (_, thrown) => {
    const { found, report } = reports();
    const app = new App({ report });
    app.get("/a/{id}", { input: { id: z.string() } }, () => {
      throw thrown;
    });
    const answer = await ask(app, "GET /a/1?token=secret");
    expect([answer.status, answer.text]).toEqual([500, "Internal Server Error"]);
    expect(JSON.stringify(answer.headers)).not.toMatch(/secret/);
    expect(found).toEqual([{ error: thrown, requestId: expect.any(String), method: "GET", path: "/a/1" }]);
  });

  test("a `report` option that throws does not change the answer", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    try {
      const app = new App({
        report: () => {
          throw new Error("the log is full");
        },
      });
      app.get("/", () => Promise.reject(new Error("x")));
      expect((await ask(app, "GET /")).status).toBe(500);
      expect(said).toHaveBeenCalledOnce();
    } finally {
      said.mockRestore();
    }
  });

  test("without a `report` option they go to the console, with method, path and id", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    try {
      const app = new App();
      const error = new Error("x");
      app.include({
        fail: operation(["GET", "POST"], "/", () => {
          throw error;
        }),
      });
      await ask(app, "POST /");
      expect(said).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/POST "\/" failed; request [\w-]{36}/), error);
    } finally {
      said.mockRestore();
    }
  });
});
