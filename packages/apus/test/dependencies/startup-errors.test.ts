// Declarations that cannot work stop the start: each with its code, the operation it is about and what to do.
import { App, body, del, depends, get, operation, path, post, query, router, text } from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { program } from "../program.ts";

const untyped = get as unknown as (...args: unknown[]) => object;
const generator = async function* (): AsyncGenerator<number> {
  yield 1;
};
const short = depends(generator, { scope: "function", name: "short" });
const oneWay = z.string().transform((text) => text.length);

const link = (routes: object, options = {}): Promise<unknown> => testClient(new App(options).include(routes)).start();

/** What is wrong, the routes, the code, and the words that name the operation and the fix. */
const wrong: [string, object, string, RegExp[]][] = [
  [
    "a path parameter that nobody declares",
    { readItem: untyped("/items/{item_id}", { input: {} }, () => 1) },
    "APUS_PATH",
    [/GET \/items\/\{item_id\} \(readItem\)/, /"item_id" is not declared; add it to `input`/],
  ],
  [
    "path() for a name that the path has not",
    { readItem: get("/items", { input: { item_id: path(z.int()) } }, () => 1) },
    "APUS_PATH",
    [/GET \/items \(readItem\)/, /"item_id" is marked path\(\), but the path has no \{item_id\}/],
  ],
  [
    "another marker for a name of the path",
    { readItem: get("/items/{id}", { input: { id: query(z.int()) } }, () => 1) },
    "APUS_LOCATION",
    [/\(readItem\)/, /Drop the marker or rename the input/],
  ],
  [
    "a schema that cannot be located",
    { readItem: get("/items", { input: { q: z.promise(z.string()) } }, () => 1) },
    "APUS_LOCATION",
    [/\(readItem\)/, /mark it/],
  ],
  [
    "an input that is no schema",
    { readItem: untyped("/items", { input: { q: "string" } }, () => 1) },
    "APUS_INPUT",
    [/\(readItem\)/, /"q" is neither a schema, a marker nor a dependency/],
  ],
  [
    "a schema where a record of inputs is expected",
    { add: untyped("/items", { input: z.object({ a: z.int() }) }, () => 1) },
    "APUS_INPUT",
    [/GET \/items \(add\)/, /`input` is a schema; it takes a record of named inputs: \{ input: \{ item: schema \} \}/],
  ],
  [
    "a marker where a record of inputs is expected",
    { add: untyped("/items", { input: body(z.string()) }, () => 1) },
    "APUS_INPUT",
    [/`input` is a marker, body\(\)/],
  ],
  ["a list of inputs", { add: untyped("/items", { input: [z.int()] }, () => 1) }, "APUS_INPUT", [/`input` is a list/]],
  [
    "an input that is undefined",
    { add: untyped("/items", { input: { item: undefined } }, () => 1) },
    "APUS_INPUT",
    [/\(add\)/, /"item" is undefined.*two modules import each other/],
  ],
  [
    "a dependency's input that is undefined",
    { add: get("/", { input: { x: depends({ item: undefined as never }) } }, () => 1) },
    "APUS_INPUT",
    [/"item" is undefined/],
  ],
  [
    "a lazy input that leads nowhere",
    { add: post("/items", { input: { item: body(z.lazy(() => undefined as never)) } }, () => 1) },
    "APUS_SCHEMA",
    [/POST \/items \(add\)/, /"item": z\.lazy\(\) holds no schema.*two modules import each other/],
  ],
  [
    "an undefined field within an input",
    { add: post("/items", { input: { list: z.array(z.object({ owner: undefined as never })) } }, () => 1) },
    "APUS_SCHEMA",
    [/"list": the field "owner" holds no schema/],
  ],
  [
    "an undefined item of an output",
    { list: get("/items", { output: z.array(undefined as never) }, () => 1 as never) },
    "APUS_SCHEMA",
    [/GET \/items \(list\): output: z\.array\(\) holds no schema/],
  ],
  [
    "a status among the error classes",
    { read: get("/", { errors: [404 as never] }, () => 1) },
    "APUS_ERRORS",
    [/GET \/ \(read\)/, /404 is none.*httpError\(404/],
  ],
  [
    "an error that is no class among those of a dependency",
    { read: get("/", { input: { x: depends(() => 1, { name: "x", errors: [Error as never] }) } }, () => 1) },
    "APUS_ERRORS",
    [/GET \/ \(read\), dependency "x"/, /httpError/],
  ],
  [
    "two schemas of one name in the document",
    {
      a: get("/a", { output: z.object({ a: z.int() }).meta({ id: "Same" }) }, () => ({ a: 1 })),
      b: get("/b", { output: z.object({ b: z.int() }).meta({ id: "Same" }) }, () => ({ b: 1 })),
    },
    "APUS_DUPLICATE_COMPONENT",
    [/"Same"/, /GET \/a \(a\), answer, and in GET \/b \(b\), answer/],
  ],
  [
    "a second field beside a parameter model",
    { list: get("/", { input: { page: query(z.object({ a: z.int() })), q: z.string() } }, () => 1) },
    "APUS_MODEL",
    [/\(list\)/, /move "q" into it/],
  ],
  [
    "a generator of the request that uses what exits earlier",
    { read: get("/", { input: { long: depends({ short } as never, generator as never, { name: "long" }) } }, () => 1) },
    "APUS_SCOPE",
    [/GET \/ \(read\)/, /"long"/, /"short" of scope "function"/, /Give "long" the scope "function"/],
  ],
  [
    "an app-scoped dependency that reads a request",
    {
      read: get(
        "/",
        { input: { pool: depends({ q: z.string() } as never, () => 1, { scope: "app", name: "pool" }) } },
        () => 1,
      ),
    },
    "APUS_SCOPE",
    [/GET \/ \(read\)/, /"pool"/, /cannot read the input "q" from a request/],
  ],
  [
    "a scope that is none",
    { read: get("/", { input: { x: depends(generator, { scope: "forever" as "app" }) } }, () => 1) },
    "APUS_SCOPE",
    [/GET \/ \(read\)/, /"forever"; use "app", "request" or "function"/],
  ],
  [
    "a guard that is no dependency",
    { read: get("/", { dependencies: [(() => 1) as never] }, () => 1) },
    "APUS_GUARD",
    [/GET \/ \(read\)/, /wrap it: depends/],
  ],
  [
    "a dependency's guard that is no dependency",
    { read: get("/", { input: { x: depends(() => 1, { name: "x", dependencies: ["no" as never] }) } }, () => 1) },
    "APUS_GUARD",
    [/GET \/ \(read\)/, /"x"/],
  ],
  [
    "equal operation ids",
    { a: get("/a", { operationId: "same" }, () => 1), b: get("/b", { operationId: "same" }, () => 1) },
    "APUS_OPERATION_ID",
    [/GET \/a \(a\)/, /GET \/b \(b\)/, /"same"/, /give one of them/],
  ],
  [
    "an output that cannot be turned round",
    { read: get("/", { output: oneWay }, () => 1 as never) },
    "APUS_ONE_WAY_TRANSFORM",
    [/GET \/ \(read\)/, /z\.codec/],
  ],
  [
    "output and as together",
    { read: get("/", { output: z.string(), as: text }, () => "") },
    "APUS_OUTPUT",
    [/GET \/ \(read\)/, /keep one/],
  ],
  [
    "output for a status without a body",
    { remove: del("/", { output: z.string(), status: 204 }, () => "") },
    "APUS_OUTPUT",
    [/DELETE \/ \(remove\)/, /drop `output`/],
  ],
  [
    "a status that no answer can have",
    { read: get("/", { status: 99 }, () => 1) },
    "APUS_STATUS",
    [/GET \/ \(read\)/, /99/],
  ],
  [
    "a generator handler",
    { read: get("/", generator) },
    "APUS_GENERATOR",
    [/GET \/ \(read\)/, /output: events\(\)/, /as: stream/],
  ],
  [
    "a path that does not start with a slash",
    { read: get("items", () => 1) },
    "APUS_PATH",
    [/GET items \(read\)/, /start with "\/"/],
  ],
  [
    "a name twice in the path",
    { read: untyped("/{a}/{a}", { input: { a: z.int() } }, () => 1) },
    "APUS_PATH",
    [/\(read\)/, /duplicated parameter name "a"/],
  ],
  [
    "an unknown convertor",
    { read: untyped("/{a:zzz}", { input: { a: z.int() } }, () => 1) },
    "APUS_PATH",
    [/\(read\)/, /"zzz".*str, path, int/],
  ],
];

test.each(wrong)("%s", async (_, routes, code, words) => {
  const error = await link(routes).then(
    () => new Error("it started"),
    (thrown: unknown) => thrown as Error,
  );
  expect(error.message).toMatch(new RegExp(`^${code}: `));
  for (const each of words) expect(error.message).toMatch(each);
});

test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "1mb" as unknown as number])(
  "the body limit %s is none, so the start stops",
  async (bodyLimit) => {
    const add = post("/", { input: { item: body(z.unknown()) }, bodyLimit }, () => 1);
    await expect(link({ add })).rejects.toThrow(/^APUS_LIMIT: POST \/ \(add\): .*whole number of bytes/);
    await expect(link({ add: post("/", () => 1) }, { bodyLimit })).rejects.toThrow(/^APUS_LIMIT/);
  },
);

test("what is no declaration is refused where it stands", () => {
  expect(() => untyped("/", {}, "handler")).toThrow(/^APUS_HANDLER: GET \/: .*get\("\/items"/);
  expect(() => untyped(5, () => 1)).toThrow(/^APUS_PATH: GET 5/);
  expect(() => untyped("/", z.object({}), () => 1)).toThrow(/^APUS_OPTIONS: GET \//);
  expect(() => operation([] as never, "/", () => 1)).toThrow(/^APUS_METHODS/);
  for (const wrong of ["x", z.object({}), [z.int()]]) {
    expect(() => depends(wrong as never)).toThrow(/^APUS_DEPENDS/);
  }
  expect(() => query(undefined as never)).toThrow(/^APUS_MARKER: query\(\).*two modules import each other/);
  expect(() => query("x" as never)).toThrow(/^APUS_MARKER: query\(\)/);
  expect(() => new App().include({ nothing: 1 })).toThrow(/^APUS_EMPTY/);
});

test.each([
  ["ouput", "output"],
  ["inputs", "input"],
  ["stauts", "status"],
  ["operationID", "operationId"],
  ["excludenull", "excludeNull"],
])("the option %s is none: %s is meant", (name, meant) => {
  expect(() => untyped("/", { [name]: undefined }, () => 1)).toThrow(
    `APUS_OPTIONS: GET /: there is no option \`${name}\`; did you mean \`${meant}\`?`,
  );
});

test("an option that is like none is refused as well", () => {
  expect(() => untyped("/", { prefix: "/a" }, () => 1)).toThrow("APUS_OPTIONS: GET /: there is no option `prefix`.");
});

test("a pattern that can take forever is a warning, told once, and stops nothing", async () => {
  const Name = z.string().regex(/^(\w+\s?)*x$/);
  const app = new App().include({
    add: post("/items", { input: { item: z.object({ names: z.array(Name) }) } }, () => 1),
    read: get("/items/{name}", { input: { name: Name, slug: z.string().regex(/^\w+(-\w+)*$/) } }, () => 1),
    guarded: get("/", { dependencies: [depends({ token: z.string().regex(/^(a+)+$/) })] }, () => 1),
  });
  expect(await app.startup()).toEqual([
    expect.stringMatching(/^APUS_SLOW_PATTERN: POST \/items \(add\): the pattern .* of "item"/),
    expect.stringMatching(/^APUS_SLOW_PATTERN: GET \/ \(guarded\): the pattern .* of "token"/),
  ]);
});

test("what is wrong with the document stops no start where no document is served, nor that of an app under test", async () => {
  const made = (name: string) => z.object({ [name]: z.int() }).meta({ id: "Same" });
  const one = depends(() => 1);
  const routes = { a: get("/a", { output: made("a") }, () => ({})), b: get("/b", { output: made("b") }, () => ({})) };
  await expect(link(routes, { openapiUrl: null })).resolves.toBeDefined();
  await expect(testClient(new App().include(routes), { overrides: [[one, one]] }).start()).resolves.toBeDefined();
  expect((await new App().include(routes).fetch(new Request("http://a/none"))).status).toBe(404);
});

test("a bad prefix is refused", () => {
  const read = get("/", () => 1);
  expect(() => router({ read }, { prefix: "api" })).toThrow(/^APUS_PREFIX: the prefix "api" has to start with "\/"/);
  expect(() => router({ read }, { prefix: "/api/" })).toThrow(/^APUS_PREFIX: the prefix "\/api\/" must not end/);
});

test("the same value twice in one router is refused, by both keys; plain data may be there as often as it likes", () => {
  const read = get("/", () => 1);
  const inner = router({ read });
  expect(() => router({ one: read, two: read })).toThrow(/^APUS_TWICE: the keys "one" and "two"/);
  expect(() => router({ one: inner, two: inner })).toThrow(/^APUS_TWICE: the keys "one" and "two"/);
  const settings = { colour: "blue" };
  const tree: Record<string, unknown> = { name: "root" };
  tree["self"] = tree;
  expect(Object.keys(router({ read, settings, again: settings, tree }))).toEqual(["read"]);
});

test("a router that contains itself is refused", () => {
  const loop: Record<string, unknown> = { read: get("/", () => 1) };
  loop["loop"] = loop;
  expect(() => router({ loop })).toThrow(/^APUS_CYCLE: the router at the key "loop"/);
});

test("two modules that import each other are reported as that", async () => {
  // In a process of its own: Node's own modules know what is not initialised yet, a test runner's may not.
  const { ended, output } = program(new URL("./circular/a.ts", import.meta.url));
  expect(await ended).toBe(1);
  expect(output()).toMatch(/ApusError: APUS_CIRCULAR_IMPORT: "readA" .*Put what both need into a third/);
});

test("an app that answers takes nothing in any more", async () => {
  const app = new App();
  app.get("/", () => 1);
  await testClient(app).get("/");
  expect(() => app.get("/later", () => 1)).toThrow(/^APUS_STARTED/);
});
