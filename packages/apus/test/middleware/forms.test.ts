// The two forms of middleware, on the App, on routers and on operations: order, early answers, failures.
import {
  App,
  around,
  depends,
  get,
  HTTPException,
  json,
  middleware,
  type Middleware,
  onError,
  router,
  text,
} from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";

/** Hooks that say when they were asked. */
const traced = (trace: string[], name: string): Middleware =>
  middleware({
    onRequest: () => void trace.push(`> ${name}`),
    onAnswer: (answer) => void trace.push(`< ${name} ${answer.status}`),
  });
const wrapping = (trace: string[], name: string): Middleware =>
  around(async (_, next) => {
    trace.push(`> ${name}`);
    const answer = await next();
    trace.push(`< ${name} ${answer.status}`);
    return answer;
  });

scenarios("Middleware around everything", (ask) => {
  test("the App's is outermost, then routers' from the outside in, then the operation's, all before guards", async () => {
    const trace: string[] = [];
    const guard = depends(() => void trace.push("guard"));
    const read = get("/x", { middleware: [traced(trace, "operation")], dependencies: [guard] }, () => {
      trace.push("handler");
      return 1;
    });
    const inner = router({ read }, { prefix: "/inner", middleware: [wrapping(trace, "inner")] });
    const outer = router({ inner }, { prefix: "/outer", middleware: [traced(trace, "outer")] });
    const app = new App({ middleware: [wrapping(trace, "first"), traced(trace, "second")] }).include(outer);
    expect((await ask(app, "GET /outer/inner/x")).json()).toBe(1);
    const names = ["first", "second", "outer", "inner", "operation"];
    expect(trace).toEqual([
      ...names.map((name) => `> ${name}`),
      "guard",
      "handler",
      ...names.toReversed().map((name) => `< ${name} 200`),
    ]);
  });

  test.each([
    ["GET /items", 200],
    ["HEAD /items", 200],
    ["GET /nowhere", 404],
    ["PUT /items", 405],
    ["GET /items/", 307],
    ["GET /openapi.json", 200],
    ["GET /%ff", 400],
    ["GET /items?limit=x", 422],
    ["GET /crash", 500],
    ["OPTIONS /items", 405],
  ])("%s (%i) passes the App's and not another router's", async (line, status) => {
    const app = new App({
      report: () => {},
      middleware: [
        middleware({ onAnswer: ({ headers }, { method }) => headers.set("x-hooks", method) }),
        around(async (_, next) => {
          const answer = await next();
          answer.headers.set("x-around", String(answer.status));
          return answer;
        }),
      ],
    });
    app.get("/items", { input: { limit: z.int().default(1) } }, () => []);
    app.get("/crash", () => {
      throw new Error("secret");
    });
    const other = middleware({ onAnswer: ({ headers }) => headers.set("x-other", "1") });
    app.include(router({ other: get("/other", () => 1) }, { middleware: [other] }));
    const answer = await ask(app, line);
    expect([answer.status, answer.headers["x-hooks"], answer.headers["x-around"]]).toEqual([
      status,
      line.split(" ")[0],
      String(status),
    ]);
    expect(answer.headers["x-other"]).toBeUndefined();
    expect((await ask(app, "GET /other")).headers["x-other"]).toBe("1");
  });

  test("an early answer ends the request on each level, and those further out still see it", async () => {
    let handled = 0;
    const early = (level: string): Middleware =>
      middleware({
        onRequest: ({ headers }) =>
          headers.get("x-stop") === level ? text(`by ${level}`, { status: 403 }) : undefined,
      });
    const read = get("/", { middleware: [early("operation")] }, () => ++handled);
    const marking = middleware({ onAnswer: (answer) => answer.headers.append("x-seen", "router") });
    const app = new App({
      middleware: [middleware({ onAnswer: (answer) => answer.headers.append("x-seen", "app") }), early("app")],
    }).include(router({ read }, { middleware: [marking, early("router")] }));
    for (const [level, seen] of [
      ["app", "app"],
      ["router", "router, app"],
      ["operation", "router, app"],
    ] as const) {
      const answer = await ask(app, "GET /", { headers: { "x-stop": level } });
      expect([answer.status, answer.text, answer.headers["x-seen"]]).toEqual([403, `by ${level}`, seen]);
    }
    expect(handled).toBe(0);
    expect((await ask(app, "GET /")).json()).toBe(1);
  });

  test("HEAD: middleware sees the answer to GET, the client its headers", async () => {
    const seen: unknown[] = [];
    const app = new App({
      middleware: [middleware({ onAnswer: ({ body }, { method }) => void seen.push(method, body) })],
    });
    app.get("/", () => "x");
    const answer = await ask(app, "HEAD /");
    expect([answer.status, answer.text, answer.headers["content-length"]]).toEqual([200, "", "3"]);
    expect(seen).toEqual(["HEAD", '"x"']);
  });
});

scenarios("Failures around an operation", (ask) => {
  const refusing = (form: "onRequest" | "onAnswer" | "around"): Middleware => {
    const refuse = (): never => {
      throw new HTTPException(403, "not here", { headers: { "x-why": form } });
    };
    return form === "around" ? around(refuse) : middleware({ [form]: refuse });
  };

  test.each(["onRequest", "onAnswer", "around"] as const)(
    "an HTTPException thrown in %s is its own answer, in the shape of where it stands",
    async (form) => {
      const { found, report } = reports();
      const read = (): number => 1;
      const app = new App({ report, errorShape: "problem" });
      app.include(
        router({ read: get("/", read) }, { prefix: "/plain", errorShape: "fastapi", middleware: [refusing(form)] }),
      );
      const plain = await ask(app, "GET /plain/");
      expect([plain.status, plain.json(), plain.headers["x-why"]]).toEqual([403, { detail: "not here" }, form]);
      const whole = new App({ report, errorShape: "problem", middleware: [refusing(form)] });
      whole.include(router({ read: get("/", read) }, { prefix: "/plain", errorShape: "fastapi" }));
      const problem = await ask(whole, "GET /plain/");
      expect([problem.status, problem.headers["content-type"]]).toEqual([403, "application/problem+json"]);
      expect(problem.json()).toEqual({ type: "about:blank", title: "Forbidden", status: 403, detail: "not here" });
      expect(found).toEqual([]);
    },
  );

  test("an unlisted error in a middleware is a reported 500, and the handlers of where it stands are asked", async () => {
    const { found, report } = reports();
    class Broken extends Error {}
    const breaking = middleware({
      onAnswer() {
        throw new Broken("secret");
      },
    });
    const answering = [onError(Broken, () => json({ by: "router" }, { status: 418 }))];
    const app = new App({ report }).include({
      bare: router({ read: get("/bare", () => 1) }, { middleware: [breaking] }),
      listed: router({ read: get("/listed", () => 1) }, { middleware: [breaking], onError: answering }),
    });
    const bare = await ask(app, "GET /bare");
    expect([bare.status, bare.text]).toEqual([500, "Internal Server Error"]);
    expect(found.map(({ error }) => String(error))).toEqual(["Error: secret"]);
    const listed = await ask(app, "GET /listed");
    expect([listed.status, listed.json()]).toEqual([418, { by: "router" }]);
    expect(found).toHaveLength(1);
  });

  test("onError replaces the plain 500 once; what answered before it is not asked about", async () => {
    const { found, report } = reports();
    const seen: string[] = [];
    const sorry = (name: string): Middleware =>
      middleware({
        onError(error, { path: at }) {
          seen.push(`${name} ${String(error)} ${at}`);
          return json({ by: name }, { status: 503 });
        },
      });
    const crash = (): never => {
      throw new Error("secret");
    };
    const app = new App({ report, middleware: [sorry("app")] }).include({
      inner: router({ crash: get("/inner", crash) }, { middleware: [sorry("router")] }),
      outer: get("/outer", crash),
      told: get("/told", () => {
        throw new HTTPException(500, "on purpose");
      }),
    });
    expect((await ask(app, "GET /inner")).json()).toEqual({ by: "router" });
    expect((await ask(app, "GET /outer")).json()).toEqual({ by: "app" });
    expect((await ask(app, "GET /told")).json()).toEqual({ detail: "on purpose" });
    expect(seen).toEqual(["router Error: secret /inner", "app Error: secret /outer"]);
    expect(found).toHaveLength(2);
  });

  test("a failure inside is an answer to around, with its error", async () => {
    const errors: unknown[] = [];
    const watching = around(async (_, next) => {
      const answer = await next();
      errors.push(answer.error);
      return answer;
    });
    const app = new App({ report: () => {}, middleware: [watching] });
    app.get("/crash", () => {
      throw new TypeError("secret");
    });
    app.get("/undefined", () => {
      throw undefined;
    });
    app.get("/fine", () => 1);
    for (const line of ["GET /crash", "GET /undefined", "GET /fine"]) await ask(app, line);
    expect(errors.map(String)).toEqual(["TypeError: secret", "Error: undefined was thrown", "undefined"]);
  });
});

test.each<[string, () => App]>([
  ["the App", () => new App({ middleware: [(() => {}) as never] })],
  ["a router", () => new App().include(router({ x: get("/x", () => 1) }, { middleware: [{} as never] }))],
  ["an operation", () => new App().include({ x: get("/x", { middleware: [null as never] }, () => 1) })],
])("what is no middleware stops the start: %s", async (_, make) => {
  await expect(make().startup()).rejects.toThrow("APUS_MIDDLEWARE");
});

test("the documentation page and its files pass the App's middleware", async () => {
  const app = new App({ middleware: [middleware({ onAnswer: ({ headers }) => headers.set("x-hooks", "1") })] });
  const client = testClient(app);
  for (const at of ["/docs", "/docs/docs-page.js", "/docs/oauth2-redirect"]) {
    const { status, headers } = await client.get(at);
    expect([at, status, headers.get("x-hooks")]).toEqual([at, 200, "1"]);
  }
});
