// Error handlers: which of them answers which error, what happens when one fails, and the built-in ones called from them.
import {
  App,
  body,
  defaultErrors,
  form,
  get,
  httpError,
  HTTPException,
  json,
  onError,
  post,
  RequestValidationError,
  ResponseValidationError,
  router,
  text,
  type ErrorHandler,
} from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";

class Bird extends Error {}
class Swift extends Bird {}
const Gone = httpError(410, "Gone for good");

/** A handler that says which one it is. */
const by = (match: never, name: string): ErrorHandler =>
  onError(match as typeof Error, (error) => json({ by: name, error: String(error) }, { status: 444 }));
const all = (...pairs: [match: unknown, name: string][]): ErrorHandler[] =>
  pairs.map(([match, name]) => by(match as never, name));

scenarios("Which handler answers", (ask) => {
  type Row = readonly [
    what: string,
    thrown: unknown,
    handlers: [match: unknown, name: string][],
    answered: string | number,
    reported: number,
  ];
  // Each of them was asked of FastAPI too, as far as it has classes of errors in common.
  test.each<Row>([
    ["its own class", new Swift(), [[Swift, "swift"]], "swift", 0],
    ["the class above it", new Swift(), [[Bird, "bird"]], "bird", 0],
    ["the nearest class", new Swift(), [[Bird, "bird"], [Swift, "swift"], [Error, "error"]], "swift", 0], // prettier-ignore
    ["the later of two for one class", new Swift(), [[Swift, "one"], [Swift, "two"]], "two", 0], // prettier-ignore
    ["no class below it", new Bird(), [[Swift, "swift"]], 500, 1],
    ["Error, for what nobody else answers", new Bird(), [[Error, "error"]], "error", 1],
    ["500, for what nobody else answers", new Bird(), [[500, "500"]], "500", 1],
    ["the later of Error and 500", new Bird(), [[500, "500"], [Error, "error"]], "error", 1], // prettier-ignore
    ["the later of Error and 500, the other way round", new Bird(), [[Error, "error"], [500, "500"]], "500", 1], // prettier-ignore
    ["Error, for what is no Error", "a text", [[Error, "error"]], "error", 1],
    ["a status", new HTTPException(404), [[404, "404"]], "404", 0],
    ["the later of two for one status", new HTTPException(404), [[404, "one"], [404, "two"]], "two", 0], // prettier-ignore
    ["a status before a class", new HTTPException(404), [[404, "404"], [HTTPException, "http"]], "404", 0], // prettier-ignore
    ["HTTPException", new HTTPException(404), [[HTTPException, "http"], [403, "403"]], "http", 0], // prettier-ignore
    ["a typed error's own class", new Gone(), [[HTTPException, "http"], [Gone, "gone"]], "gone", 0], // prettier-ignore
    ["a status before a typed error's own class", new Gone(), [[Gone, "gone"], [410, "410"]], "410", 0], // prettier-ignore
    ["not Error, for an HTTPException", new HTTPException(404), [[Error, "error"]], 404, 0],
    ["not 500, for an HTTPException of that status", new HTTPException(500, "x"), [[500, "500"]], 500, 0],
    ["not 422, for invalid inputs", new RequestValidationError([]), [[422, "422"], [Error, "error"]], 422, 0], // prettier-ignore
    ["RequestValidationError", new RequestValidationError([]), [[RequestValidationError, "invalid"]], "invalid", 0],
  ])("%s", async (_, thrown, handlers, answered, reported) => {
    const { found, report } = reports();
    const app = new App({ report, onError: all(...handlers) });
    app.get("/", () => {
      throw thrown;
    });
    const answer = await ask(app, "GET /");
    if (typeof answered === "number") expect(answer.status).toBe(answered);
    else expect([answer.status, answer.json().by]).toEqual([444, answered]);
    expect(found.map(({ error }) => error)).toEqual(Array.from({ length: reported }, () => thrown));
  });

  test("routers are asked from the inside out, then the App; Error waits until nobody else answers", async () => {
    const crash = (error: unknown) =>
      get("/", async () => {
        throw error;
      });
    const inner = router(
      { swift: router({ x: crash(new Swift()) }, { prefix: "/swift" }), gone: router({ x: crash(new Gone()) }, { prefix: "/gone" }), error: router({ x: crash(new Error("x")) }, { prefix: "/error" }), type: router({ x: crash(new TypeError("x")) }, { prefix: "/type" }) }, // prettier-ignore
      { prefix: "/inner", onError: all([Error, "inner error"], [Bird, "inner bird"]) },
    );
    const outer = router({ inner }, { prefix: "/outer", onError: all([Swift, "outer swift"], [410, "outer 410"]) });
    const app = new App({ report: () => {}, onError: all([TypeError, "app type"], [Gone, "app gone"]) }).include(outer);
    const answers = async (what: string): Promise<unknown> => (await ask(app, `GET /outer/inner/${what}/`)).json().by;
    expect(await answers("swift")).toBe("inner bird");
    expect(await answers("gone")).toBe("outer 410");
    expect(await answers("error")).toBe("inner error");
    expect(await answers("type")).toBe("app type");
  });

  test("404, 405 and malformed paths outside of operations are the App's", async () => {
    const onApp = all([404, "404"], [HTTPException, "http"]);
    const app = new App({ onError: onApp }).include(
      router({ items: get("/items", () => 1) }, { prefix: "/api", onError: all([HTTPException, "router"]) }),
    );
    const seen = async (line: string): Promise<unknown> => (await ask(app, line)).json().by;
    expect(await seen("GET /api/nowhere")).toBe("404");
    expect(await seen("POST /api/items")).toBe("http");
    expect(await seen("GET /%ff")).toBe("http");
  });

  test("what the server makes of broken requests is an HTTPException like any other", async () => {
    const told: unknown[] = [];
    const handler = onError(HTTPException, (error, request) => {
      told.push([error.status, error.detail]);
      return defaultErrors.http(error, request);
    });
    const app = new App({ onError: [handler] });
    app.post("/", { input: { item: body(z.unknown()) }, bodyLimit: 10 }, () => 1);
    const headers = { "content-type": "application/json" };
    expect((await ask(app, "POST /", { headers, body: "12345678901" })).status).toBe(413);
    await ask(app, "POST /", { headers, body: new Uint8Array([0xff]) });
    expect(told).toEqual([
      [413, "The request body is larger than 10 bytes"],
      [400, "There was an error parsing the body"],
    ]);
  });

  test("a broken promise of the output can be answered, and is no failure then", async () => {
    const { found, report } = reports();
    const told = onError(ResponseValidationError, (error) => json(error.problems.length, { status: 502 }));
    const app = new App({ report, onError: [told] });
    app.get("/", { output: z.object({ a: z.int(), b: z.int() }) }, () => ({ a: "x", b: "y" }) as never);
    const answer = await ask(app, "GET /");
    expect([answer.status, answer.text, found]).toEqual([502, "2", []]);
  });
});

scenarios("What a handler does", (ask) => {
  const throwing = (make: () => unknown): never => {
    throw make();
  };
  const crash = get("/", () => throwing(() => new Swift("secret")));

  test.each<[string, () => Promise<Response> | ReturnType<typeof text> | PromiseLike<Response>]>([
    ["a reply", () => text("said", { status: 418, headers: { "x-a": "1" } })],
    ["a Response", () => Promise.resolve(new Response("said", { status: 418, headers: { "x-a": "1", "content-type": "text/plain; charset=utf-8" } }))], // prettier-ignore
  ])("it answers with %s, at once or later", async (_, make) => {
    for (const handle of [make, async () => make()]) {
      const app = new App({ onError: [onError(Swift, handle)] }).include({ crash });
      const answer = await ask(app, "GET /");
      expect([answer.status, answer.text, answer.headers["x-a"]]).toEqual([418, "said", "1"]);
    }
  });

  test("it is given the error and the request", async () => {
    const seen: unknown[] = [];
    const handler = onError(Swift, async (error, request) => {
      seen.push(error.message, request.method, request.path, request.pathParams["id"], await request.json());
      return text("x");
    });
    const app = new App({ onError: [handler] });
    app.post("/items/{id}", { input: { id: z.string(), sent: body(z.unknown()) } }, () =>
      throwing(() => new Swift("m")),
    );
    expect((await ask(app, "POST /items/7", { json: [1] })).status).toBe(200);
    expect(seen).toEqual(["m", "POST", "/items/7", "7", [1]]);
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["a value", { status: 400 }],
    ["the error", new HTTPException(400)],
  ])("one that returns %s is a reported 500", async (_, returned) => {
    const { found, report } = reports();
    for (const handle of [() => returned, async () => returned]) {
      const app = new App({ report, onError: [onError(Swift, handle as never)] }).include({ crash });
      const answer = await ask(app, "GET /");
      expect([answer.status, answer.text]).toEqual([500, "Internal Server Error"]);
    }
    expect(found.map(({ error }) => String(error))).toEqual([
      expect.stringMatching(/APUS_ON_ERROR/),
      expect.stringMatching(/APUS_ON_ERROR/),
    ]);
  });

  test("one that throws what cannot be asked what it is fails like any other", async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const { found, report } = reports();
    for (const match of [Swift, Error]) {
      const app = new App({ report, onError: [onError(match, () => throwing(() => proxy))] }).include({ crash });
      expect((await ask(app, "GET /")).status).toBe(500);
    }
    expect(found.map(({ error }) => String(error))).toEqual([
      "Error: What was thrown cannot be asked what it is",
      "Error: secret",
      "Error: What was thrown cannot be asked what it is",
    ]);
  });

  // As in FastAPI, where a route's own layer asks first and the application's asks again.
  test("what it throws is answered as if it had been thrown in its place, once", async () => {
    const { found, report } = reports();
    const rethrow = (make: () => unknown) => () => throwing(make);
    const ask1 = async (...handlers: ErrorHandler[]): Promise<unknown[]> => {
      const answer = await ask(new App({ report, onError: handlers }).include({ crash }), "GET /");
      const reported = found.splice(0).map(({ error }) => String(error));
      return [answer.status, answer.text.startsWith("{") ? answer.json() : answer.text, reported];
    };
    const refuse = onError(
      Swift,
      rethrow(() => new HTTPException(403, "no")),
    );
    expect(await ask1(refuse)).toEqual([403, { detail: "no" }, []]);
    expect(await ask1(refuse, by(403 as never, "403"))).toMatchObject([444, { by: "403" }, []]);
    const change = onError(
      Swift,
      rethrow(() => new TypeError("changed")),
    );
    expect(await ask1(change, by(TypeError as never, "type"))).toMatchObject([444, { by: "type" }, []]);
    expect(await ask1(change)).toEqual([500, "Internal Server Error", ["TypeError: changed"]]);
    expect(await ask1(change, by(Error as never, "error"))).toMatchObject([
      444,
      { by: "error", error: "TypeError: changed" },
      ["TypeError: changed"],
    ]);
    const forEver = onError(
      Swift,
      rethrow(() => new Swift("again")),
    );
    expect(await ask1(forEver)).toEqual([500, "Internal Server Error", ["Error: again"]]);
    const broken = onError(Error, async () => throwing(() => new Error("also broken")));
    expect(await ask1(broken)).toEqual([500, "Internal Server Error", ["Error: secret", "Error: also broken"]]);
  });

  test("the failure that Error answered is thrown to the test, and what is listed is not", async () => {
    const unexpected = new App({ report: () => {}, onError: all([Error, "error"]) }).include({ crash });
    await expect(testClient(unexpected).get("/")).rejects.toThrow("secret");
    const listed = new App({ onError: all([Swift, "swift"]) }).include({ crash });
    expect((await testClient(listed).get("/")).status).toBe(444);
  });
});

scenarios("Invalid inputs as handlers see them", (ask) => {
  test("their problems, and the body as it was parsed", async () => {
    const told = onError(
      RequestValidationError,
      (error) =>
      json({ locs: error.problems.map(({ loc }) => loc), types: error.errors().map(({ type }) => type), body: error.body, text: error.message }, { status: 422 }), // prettier-ignore
    );
    const app = new App({ onError: [told] });
    const Item = z.object({ a: z.int() });
    app.post("/json", { input: { item: Item, q: z.int() } }, () => 1);
    app.post("/form", { input: { a: form(z.int()), b: form(z.string()) } }, () => 1);
    const sent = async (line: string, type: string, content?: string): Promise<unknown> =>
      (await ask(app, line, { headers: { "content-type": type }, body: content })).json();
    expect(await sent("POST /json", "application/json", '{"a": "x"}')).toEqual({
      locs: [
        ["query", "q"],
        ["body", "a"],
      ],
      types: ["missing", "int_parsing"],
      body: { a: "x" },
      text: expect.stringMatching(/^query\.q: Field required; body\.a: /),
    });
    expect(await sent("POST /json?q=1", "application/json", "{bad")).toMatchObject({
      types: ["json_invalid"],
      body: "{bad",
    });
    expect(await sent("POST /json?q=1", "application/json")).toMatchObject({ types: ["missing"], body: null });
    expect(await sent("POST /form", "application/x-www-form-urlencoded", "a=x&c=1")).toMatchObject({
      types: ["int_parsing", "missing"],
      body: { a: "x", c: "1" },
    });
  });

  test("own problems can be thrown, and are answered like those that were found", async () => {
    const app = new App();
    app.post("/", { input: { item: z.object({ from: z.int(), to: z.int() }) } }, ({ item }) => {
      const problem = { type: "value_error", loc: ["body", "to"], msg: "It ends before it begins", input: item.to };
      if (item.to < item.from) throw new RequestValidationError([problem], item);
      return item;
    });
    const answer = await ask(app, "POST /", { json: { from: 2, to: 1 } });
    expect([answer.status, answer.json()]).toEqual([
      422,
      { detail: [{ type: "value_error", loc: ["body", "to"], msg: "It ends before it begins", input: 1 }] },
    ]);
  });
});

test.each<[string, () => unknown]>([
  ["a status that is none", () => onError(99, () => text("x"))],
  ["a status of success", () => onError(200, () => text("x"))],
  ["no class", () => onError({} as never, () => text("x"))],
  ["no handler", () => onError(Error, undefined as never)],
  ["a handler on its own in an App", () => new App({ onError: [(() => {}) as never] }).include({ x: get("/", () => 1) }).openapi()], // prettier-ignore
  ["a handler on its own in a router", () => new App().include(router({ x: get("/", () => 1) }, { onError: [{} as never] })).openapi()], // prettier-ignore
])("%s is refused", (_, declare) => expect(declare).toThrow("APUS_ON_ERROR"));

test("an operation of the short form has the App's handlers", async () => {
  const app = new App({ onError: all([Bird, "bird"]) });
  app.include({
    own: post("/", () => {
      throw new Swift();
    }),
  });
  expect((await testClient(app).post("/")).json().by).toBe("bird");
});
