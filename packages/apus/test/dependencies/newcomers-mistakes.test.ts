// What JavaScript lets through: options in the wrong place, under a wrong name or of a wrong kind, and errors that are returned. A
// guard that is listed under a misspelt name must not be a guard that never runs.
import { App, depends, get, httpError, HTTPException, json, middleware, onError, operation, query, router } from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";

const closed = depends(() => {
  throw new HTTPException(401);
});
const op = get("/", () => 1);
const newApp = (options: unknown): App => new App(options as object);
const newRouter = (options: unknown): object => router({ op }, options as object);
const newDependency = (options: unknown): object => depends(() => 1, options as object);
const start = (app: App): Promise<unknown> => testClient(app).start();

test.each<[(options: unknown) => unknown, object, string]>([
  [
    newApp,
    { dependancies: [closed] },
    "APUS_OPTIONS: App: there is no option `dependancies`; did you mean `dependencies`?",
  ],
  [newApp, { root_path: "/api" }, "APUS_OPTIONS: App: there is no option `root_path`; did you mean `rootPath`?"],
  [
    newApp,
    { exception_handlers: {} },
    "APUS_OPTIONS: App: there is no option `exception_handlers`; did you mean `onError`?",
  ],
  [
    newRouter,
    { dependancies: [closed] },
    "APUS_OPTIONS: router(): there is no option `dependancies`; did you mean `dependencies`?",
  ],
  [newRouter, { prefx: "/a" }, "APUS_OPTIONS: router(): there is no option `prefx`; did you mean `prefix`?"],
  [
    newDependency,
    { dependancies: [closed] },
    "APUS_OPTIONS: depends(): there is no option `dependancies`; did you mean `dependencies`?",
  ],
  [
    newDependency,
    { use_cache: false },
    "APUS_OPTIONS: depends(): there is no option `use_cache`; did you mean `cache`?",
  ],
])("%o refuses %o", (declare, options, message) => {
  expect(() => declare(options)).toThrow(message);
});

test.each<[(options: unknown) => unknown, unknown]>([
  [newApp, "My API"],
  [newApp, null],
  [newRouter, "/prefix"],
  [newRouter, [closed]],
  [newDependency, "app"],
])("%o takes an object of options, not %o", (declare, options) => {
  expect(() => declare(options)).toThrow(/^APUS_OPTIONS: .*its options are an object/);
});

test.each<[object, RegExp]>([
  [{ dependencies: closed }, /^APUS_GUARD: .*`dependencies` is a list/],
  [{ dependencies: [undefined] }, /^APUS_GUARD: .*no dependency/],
  [{ middleware: middleware({}) }, /^APUS_MIDDLEWARE: .*`middleware` is a list/],
  [{ middleware: [undefined] }, /^APUS_MIDDLEWARE: .*holds something that is none/],
  [{ middleware: [false] }, /^APUS_MIDDLEWARE: .*holds something that is none/],
  [{ onError: onError(404, () => json("mine")) }, /^APUS_ON_ERROR: .*`onError` is a list/],
  [{ onError: [undefined] }, /^APUS_ON_ERROR: .*no error handler/],
  [{ errorShape: "rfc9457" }, /^APUS_OPTIONS: .*errorShape is "rfc9457"; there are "fastapi" and "problem"/],
])("%o stops the start of an App and of a router", async (options, message) => {
  await expect(start(newApp(options).include({ op }))).rejects.toThrow(message);
  await expect(start(new App().include(newRouter(options)))).rejects.toThrow(message);
});

test.each<[unknown[], RegExp]>([
  [[99, "Too early"], /^APUS_STATUS: 99 is no HTTP status/],
  [["Not found", 404], /^APUS_STATUS: "Not found" is no HTTP status/],
  [[404], /^APUS_ERROR_SCHEMA: httpError\(404, title\): the second argument has to be a text/],
])("httpError(%o) is refused where it stands", (given, message) => {
  expect(() => (httpError as (...given: unknown[]) => unknown)(...given)).toThrow(message);
});

test("an error that is listed but no typed one is called by its name, not by its source", async () => {
  const read = get("/", { errors: [HTTPException as never] }, () => 1);
  await expect(start(new App().include({ read }))).rejects.toThrow("and HTTPException is none: {");
});

test.each([new HTTPException(401), new (httpError(404, "Item not found"))(), new RangeError("secret")])(
  "%o that is returned instead of thrown is no 200",
  async (mistake) => {
    const client = testClient(new App({ report: () => {} }).include({ read: get("/", () => mistake) }));
    await expect(client.get("/")).rejects.toThrow(/^APUS_RETURNED: GET \/ \(read\) returned the error \w+; throw it/);
  },
);

test.each<[string, () => unknown]>([
  ["a reply", () => json({ detail: "Who are you?" }, { status: 401 })],
  ["an HTTPException", async () => new HTTPException(401)],
  [
    "a yielded reply",
    function* () {
      yield json(1, { status: 401 });
    },
  ],
])("a guard that returns %s instead of throwing lets nobody in", async (_, run) => {
  let handled = 0;
  const guard = depends(run, { name: "signedIn" });
  const client = testClient(
    new App({ report: () => {} }).include({ read: get("/", { dependencies: [guard] }, () => ++handled) }),
  );
  await expect(client.get("/")).rejects.toThrow(/^APUS_RETURNED: the dependency "signedIn" returned an answer/);
  expect(handled).toBe(0);
});

test("a Response that a dependency fetched is a value like any other", async () => {
  const upstream = depends(() => new Response("from elsewhere"));
  const client = testClient(new App().include({ read: get("/", { input: { upstream } }, ({ upstream }) => upstream) }));
  expect((await client.get("/")).text).toBe("from elsewhere");
});

test.each<[string, () => unknown, RegExp]>([
  ["nothing in router()", () => router(undefined as never), /^APUS_EMPTY: router\(\) .* two modules import each other/],
  ["nothing in include()", () => new App().include(undefined as never), /^APUS_EMPTY: app\.include\(\) .*undefined/],
  ["a handler", () => router((() => 1) as never), /^APUS_EMPTY: .*give it the operation/],
  ["an App", () => new App().include(new App()), /^APUS_EMPTY: .*app\.mount\(prefix, other\)/],
  ["a module that is not there yet", () => new App().include(import("node:path")), /^APUS_EMPTY: .*await it/],
  ["a text", () => new App().include("items" as never), /^APUS_EMPTY: .*a string/],
  [
    "an input beside `input`",
    () => get("/x", { q: z.int() } as never, () => 1),
    /inputs go under `input`: \{ input: \{ q: … \} \}/,
  ],
  ["a guard beside `input`", () => get("/x", { closed } as never, () => 1), /`closed` is an input/],
  ["a method in lower case", () => operation(["get"] as never, "/x", () => 1), /^APUS_METHODS: .*"get" is no method/],
  [
    "a limit for an App",
    () => new App().mount("/x", new App(), { bodyLimit: 5 }),
    /^APUS_LIMIT: .*new App\(\{ bodyLimit \}\)/,
  ],
])("%s in the wrong place is refused, with where it belongs", (_, declare, message) => {
  expect(declare).toThrow(message);
});

test.each<[string, () => unknown, RegExp]>([
  [
    "FastAPI's response_model",
    () => get("/x", { response_model: z.string() } as never, () => ""),
    /did you mean `output`/,
  ],
  ["FastAPI's status_code", () => get("/x", { status_code: 201 } as never, () => ""), /did you mean `status`/],
  ["FastAPI's licenseInfo", () => newApp({ licenseInfo: {} }), /did you mean `license`/],
  [
    "pydantic's options of a marker",
    () => query(z.int(), { ge: 5 } as never),
    /^APUS_OPTIONS: query\(\): there is no option `ge`/,
  ],
  ["a guard that is no list", () => depends(() => 1, { dependencies: closed as never }), /^APUS_GUARD: depends\(\)/],
  [
    "include_router's options",
    () => (newApp({}).include as (...args: unknown[]) => unknown)({ op }, { dependencies: [closed] }),
    /^APUS_OPTIONS: app\.include\(routes\) takes no options/,
  ],
])("%s is refused with what it is called here", (_, declare, message) => {
  expect(declare).toThrow(message);
});

test.each<[string, App, RegExp]>([
  [
    "errors that are no list",
    newApp({}).include({ x: get("/x", { errors: HTTPException as never }, () => 1) }),
    /^APUS_ERRORS/,
  ],
  ["a page's address that is none", newApp({ docsUrl: false }), /^APUS_DOCUMENTATION: docsUrl is false/],
  [
    "a response that is a text",
    newApp({}).include({ x: get("/x", { responses: { 404: "Gone" as never } }, () => 1) }),
    /^APUS_OPTIONS: .*`responses` 404: its options are an object/,
  ],
  [
    "a response with FastAPI's model",
    newApp({}).include({ x: get("/x", { responses: { 404: { model: z.string() } as never } }, () => 1) }),
    /did you mean `schema`/,
  ],
])("%s stops the start", async (_, app, message) => {
  await expect(start(app)).rejects.toThrow(message);
});

test("a page that an operation answers for, and a parameter in Express's words, are told at the start", async () => {
  const app = new App({ docsUrl: "/items" }).include({
    items: get("/items", () => []),
    one: get("/items/:id", () => 1),
  });
  expect(await app.startup()).toEqual([
    expect.stringMatching(/^APUS_SHADOWED: the page at \/items is never reached: GET \/items \(items\)/),
    expect.stringMatching(/^APUS_PATH: GET \/items\/:id \(one\): .*a parameter is "\{id\}"/),
  ]);
});

test("app.delete is app.del", async () => {
  const app = new App();
  app.delete("/x", () => "gone");
  expect((await testClient(app).delete("/x")).json()).toBe("gone");
});
