// When dependencies are entered and left: exact traces for each scope and each way a request can end.
import { App, depends, get, HTTPException, provide, router, type Dependency } from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";
import { tracing, type More } from "./trace.ts";

scenarios("Enter and exit", (ask) => {
  /** An app with one operation that uses a dependency of each scope; its handler does what `act` does. */
  const make = (act: () => unknown, more: Partial<Record<"function" | "request", More>> = {}) => {
    const { lines, scoped } = tracing();
    const { found, report } = reports();
    const app = new App({ report });
    app.post(
      "/",
      {
        input: {
          a: scoped("a", "app"),
          r1: scoped("r1", "request", more.request),
          f1: scoped("f1", "function", more.function),
          r2: scoped("r2", "request"),
          f2: scoped("f2", "function"),
          item: z.object({ n: z.int() }),
        },
        output: z.object({ all: z.array(z.string()) }),
      },
      ({ a, r1, f1, r2, f2 }) => {
        lines.push("handler");
        act();
        return { all: [a, r1, f1, r2, f2] };
      },
    );
    return { app, lines, found };
  };
  const entered = ["enter a", "enter r1", "enter f1", "enter r2", "enter f2", "handler"];
  const body = { json: { n: 1 } };

  test("success: function scope is left before request scope, each last entered first; app scope at the end", async () => {
    const { app, lines } = make(() => {});
    const answer = await ask(app, "POST /", body);
    expect(answer.json()).toEqual({ all: ["a", "r1", "f1", "r2", "f2"] });
    await ask.close(app);
    expect(lines).toEqual([...entered, "leave f2", "leave f1", "leave r2", "leave r1", "leave a"]);
  });

  test.each([
    ["an HTTPException", () => new HTTPException(409, "no"), 409, "HTTPException"],
    ["an unlisted error", () => new Error("boom"), 500, "boom"],
  ])("%s of the handler is thrown at every yield", async (_, error, status, name) => {
    const { app, lines } = make(() => {
      throw error();
    });
    expect((await ask(app, "POST /", body)).status).toBe(status);
    await ask.close(app);
    expect(lines).toEqual([
      ...entered,
      `leave f2: ${name}`,
      `leave f1: ${name}`,
      `leave r2: ${name}`,
      `leave r1: ${name}`,
      "leave a",
    ]);
  });

  test("invalid inputs are known before anything is entered, except what lives as long as the app", async () => {
    const { app, lines } = make(() => {});
    expect((await ask(app, "POST /", { json: { n: "x" } })).status).toBe(422);
    await ask.close(app);
    expect(lines).toEqual(["enter a", "leave a"]);
  });

  test("invalid inputs are thrown at the yield of guards that are open by then", async () => {
    const { lines, scoped } = tracing();
    const app = new App();
    app.get("/", { dependencies: [scoped("g", "request")], input: { q: z.int() } }, () => 1);
    expect((await ask(app, "GET /?q=x")).status).toBe(422);
    await ask.close(app);
    expect(lines).toEqual(["enter g", "leave g: RequestValidationError"]);
  });

  test("an answer that does not fit its output rolls back", async () => {
    const { lines, scoped } = tracing();
    const app = new App({ report: () => {} });
    app.get("/", { input: { f: scoped("f", "function") }, output: z.int() }, () => "x" as unknown as number);
    expect((await ask(app, "GET /")).status).toBe(500);
    await ask.close(app);
    expect(lines).toEqual(["enter f", "leave f: ResponseValidationError"]);
  });

  test("a commit that fails in function scope is the answer, and the rest is rolled back", async () => {
    const exit = (): never => {
      throw new HTTPException(409, "commit failed");
    };
    const { app, lines, found } = make(() => {}, { function: { exit } });
    const answer = await ask(app, "POST /", body);
    expect([answer.status, answer.json()]).toEqual([409, { detail: "commit failed" }]);
    await ask.close(app);
    expect(lines).toEqual([
      ...entered,
      "leave f2",
      "leave f1",
      "leave r2: HTTPException",
      "leave r1: HTTPException",
      "leave a",
    ]);
    expect(found).toEqual([]);
  });

  test("an error in the exit of request scope comes after the answer: it is reported, and the others are left all the same", async () => {
    const exit = (): never => {
      throw new Error("too late");
    };
    const { lines, scoped } = tracing();
    const { found, report } = reports();
    const app = new App({ report });
    const outer = scoped("outer", "request");
    const inner = scoped("inner", "request", { exit });
    app.get("/items", { input: { outer, inner } }, () => "fine");
    const answer = await ask(app, "GET /items");
    expect([answer.status, answer.json()]).toEqual([200, "fine"]);
    await ask.close(app);
    expect(lines).toEqual(["enter outer", "enter inner", "leave inner", "leave outer: too late"]);
    expect(found).toMatchObject([{ error: { message: "too late" }, method: "GET", path: "/items" }]);
  });

  test("an error that a dependency swallows is a reported 500 that names it, with the error as its cause", async () => {
    const { app, lines, found } = make(
      () => {
        throw new HTTPException(404);
      },
      { function: { swallow: true } },
    );
    expect((await ask(app, "POST /", body)).status).toBe(500);
    await ask.close(app);
    expect(lines.slice(6, 9)).toEqual(["leave f2: HTTPException", "leave f1: HTTPException", "leave r2: ApusError"]);
    const error = found[0]!.error as Error;
    expect(error.message).toMatch(/^APUS_SWALLOWED: the dependency "f1"/);
    expect(error.cause).toBeInstanceOf(HTTPException);
  });

  test.each([
    ["no yield", async function* (): AsyncGenerator<number> {}, "APUS_NO_YIELD", true],
    [
      "two yields",
      async function* (): AsyncGenerator<number> {
        yield 1;
        yield 2;
      },
      "APUS_TWO_YIELDS",
      false,
    ],
  ])("a generator with %s is a reported 500 that names it", async (_, run, code, before) => {
    const { found, report } = reports();
    const app = new App({ report });
    let handled = false;
    app.get("/", { input: { broken: depends(run, { scope: "function" }) } }, () => {
      handled = true;
    });
    expect((await ask(app, "GET /")).status).toBe(500);
    expect(handled).toBe(!before);
    expect(String(found[0]?.error)).toMatch(new RegExp(`${code}: the dependency "(run|broken)"`));
  });

  test("an error while entering leaves what was entered before, and the handler does not run", async () => {
    const { lines, scoped } = tracing();
    const app = new App();
    const locked = depends({ f: scoped("f", "function") }, () => {
      throw new HTTPException(423);
    });
    app.get("/", { input: { locked, later: scoped("later", "request") } }, () => lines.push("handler"));
    expect((await ask(app, "GET /")).status).toBe(423);
    await ask.close(app);
    expect(lines).toEqual(["enter f", "leave f: HTTPException"]);
  });

  test("synchronous generators are dependencies too", async () => {
    const lines: string[] = [];
    const app = new App();
    const sync = depends(function* () {
      lines.push("enter");
      yield 7;
      lines.push("leave");
    });
    app.get("/", { input: { sync } }, ({ sync: value }) => value);
    expect((await ask(app, "GET /")).json()).toBe(7);
    await ask.close(app);
    expect(lines).toEqual(["enter", "leave"]);
  });

  test("a dependency runs once per request, whoever uses it; `cache: false` runs it for every use", async () => {
    let once = 0;
    let always = 0;
    const shared = depends(() => ++once);
    const fresh = depends(() => ++always, { cache: false });
    const a = depends({ shared, fresh });
    const b = depends({ shared, fresh, a }, (values) => values);
    const app = new App();
    app.get("/", { dependencies: [shared], input: { a, b, shared, fresh } }, (values) => values);
    expect((await ask(app, "GET /")).json()).toEqual({
      a: { shared: 1, fresh: 1 },
      b: { shared: 1, fresh: 2, a: { shared: 1, fresh: 1 } },
      shared: 1,
      fresh: 3,
    });
    expect((await ask(app, "GET /")).json().shared).toBe(2);
  });

  test("guards run from the App inwards, before the inputs; a dependency's own guards just before it", async () => {
    const lines: string[] = [];
    const guard = (name: string, options?: { dependencies: readonly Dependency[] }): Dependency<number> =>
      depends(() => lines.push(name), options);
    const used = guard("used", { dependencies: [guard("used's guard")] });
    const read = get("/", { dependencies: [guard("operation")], input: { used } }, () => lines.push("handler"));
    const inner = router(
      { read },
      { dependencies: [guard("inner 1"), guard("inner 2", { dependencies: [guard("inner 2's")] })] },
    );
    const app = new App({ dependencies: [guard("app")] });
    app.include(router({ inner }, { dependencies: [guard("outer")] }));
    await ask(app, "GET /");
    expect(lines).toEqual([
      "app",
      "outer",
      "inner 1",
      "inner 2's",
      "inner 2",
      "operation",
      "used's guard",
      "used",
      "handler",
    ]);
  });

  test("a guard that refuses keeps everything after it from running", async () => {
    const lines: string[] = [];
    const refuse = depends(() => {
      throw new HTTPException(403);
    });
    const app = new App({
      dependencies: [depends(() => lines.push("first")), refuse, depends(() => lines.push("later"))],
    });
    app.get("/", { input: { used: depends(() => lines.push("used")) } }, () => lines.push("handler"));
    expect((await ask(app, "GET /")).status).toBe(403);
    expect(lines).toEqual(["first"]);
  });

  test("a plain iterator is a value, with and without provide(); a generator in provide() is not entered", async () => {
    const app = new App();
    const values = depends(() => new Map([["k", 1]]).values());
    const numbers = depends(() =>
      provide(
        (function* (): Generator<number> {
          yield 1;
          yield 2;
        })(),
      ),
    );
    app.get("/", { input: { values, numbers } }, ({ values: each, numbers: more }) => [...each, ...more]);
    expect((await ask(app, "GET /")).json()).toEqual([1, 1, 2]);
  });

  test("a promise-like that is no Promise is awaited, from dependencies and from handlers of every kind", async () => {
    const later = <T>(value: T): PromiseLike<T> => ({
      // oxlint-disable-next-line unicorn/no-thenable
      then: (done, failed) => Promise.resolve(value).then(done, failed),
    });
    const app = new App();
    const dependency = depends(() => later(1));
    app.get("/plain", () => later("plain"));
    app.post("/body", { input: { item: z.object({}) } }, () => later("body"));
    app.get("/dependency", { input: { dependency } }, ({ dependency: value }) => later(value));
    expect((await ask(app, "GET /plain")).json()).toBe("plain");
    expect((await ask(app, "POST /body", { json: {} })).json()).toBe("body");
    expect((await ask(app, "GET /dependency")).json()).toBe(1);
  });

  test("inputs of nested dependencies are read, located and reported as their own", async () => {
    const app = new App();
    const page = depends({ skip: z.int().min(0).default(0), limit: z.int().max(10).default(5) });
    const item = depends({ item_id: z.int(), page }, ({ item_id, page: at }) => ({ item_id, at }));
    app.get("/items/{item_id}", { input: { item } }, ({ item: value }) => value);
    expect((await ask(app, "GET /items/3?skip=2")).json()).toEqual({ item_id: 3, at: { skip: 2, limit: 5 } });
    const problems = (await ask(app, "GET /items/x?skip=-1&limit=11")).json().detail;
    expect(problems.map((each: { loc: unknown }) => each.loc)).toEqual([
      ["query", "skip"],
      ["query", "limit"],
      ["path", "item_id"],
    ]);
  });
});
