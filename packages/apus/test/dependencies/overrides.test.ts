// Overrides: by identity, on a copy; the original and the document stay as they are.
import { App, depends, get, header, HTTPException, router, type Dependency } from "apus";
import { apiKeyHeader } from "apus/security";
import { testClient } from "apus/testing";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { tracing } from "./trace.ts";

const database = depends(() => "real database", { name: "database" });
const session = depends({ database }, ({ database: value }) => `session of ${value}`);
const itemOfPath = depends({ item_id: z.int() }, ({ item_id }) => `item ${item_id}`);
const api = router({
  read: get("/", { input: { session, database } }, (values) => values),
  item: get("/items/{item_id}", { input: { item: itemOfPath, q: z.string().optional() } }, ({ item }) => item),
});
const make = (): App => new App().include(api);

test("an override reaches every use, nested ones too, and the original keeps its own", async () => {
  const app = make();
  const fake = testClient(app, { overrides: [[database, depends(() => "fake database")]] });
  expect((await fake.get("/")).json()).toEqual({ session: "session of fake database", database: "fake database" });
  const real = await testClient(app).get("/");
  expect(real.json()).toEqual({ session: "session of real database", database: "real database" });
});

test("app.with() is the same without a test client, and copies can be made of copies", async () => {
  const app = make();
  const one = app.with({ overrides: [[database, depends(() => "one")]] });
  const two = one.with({ overrides: [[session, depends(() => "two")]] });
  const ask = async (each: App): Promise<unknown> => (await each.fetch(new Request("http://a/"))).json();
  expect(await ask(two)).toEqual({ session: "two", database: "one" });
  expect(await ask(one)).toEqual({ session: "session of one", database: "one" });
  expect(await ask(app)).toEqual({ session: "session of real database", database: "real database" });
});

test("guards are overridden as well", async () => {
  const guard = depends(() => {
    throw new HTTPException(401);
  });
  const app = new App({ dependencies: [guard] });
  app.get("/", () => "in");
  expect((await testClient(app).get("/")).status).toBe(401);
  expect((await testClient(app, { overrides: [[guard, depends(() => null)]] }).get("/")).json()).toBe("in");
});

test("a replacement may be a generator, with inputs and dependencies of its own, and is cleaned up", async () => {
  const { lines, scoped } = tracing();
  const fake = depends(
    { inner: scoped("inner", "request"), name: z.string().default("nobody") },
    async function* ({ inner, name }) {
      lines.push("enter fake");
      yield `${inner} for ${name}`;
      lines.push("leave fake");
    },
  );
  const client = testClient(make(), { overrides: [[session, fake]] });
  expect((await client.get("/?name=Ada")).json().session).toBe("inner for Ada");
  expect(lines).toEqual(["enter inner", "enter fake", "leave fake", "leave inner"]);
});

test("a replacement need not read what the original read from the path, and the document does not change", async () => {
  const app = make();
  const client = testClient(app, { overrides: [[itemOfPath, depends(() => "fake item")]] });
  expect((await client.get("/items/3")).json()).toBe("fake item");
  expect(client.app.openapi()).toEqual(app.openapi());
  const parameters = client.app.openapi().paths["/items/{item_id}"]?.["get"] as { parameters: { name: string }[] };
  expect(parameters.parameters.map(({ name }) => name)).toEqual(["item_id", "q"]);
});

test("an app-scoped dependency is overridden for the copy alone, and each copy opens its own", async () => {
  const { lines, scoped } = tracing();
  const real = scoped("real", "app");
  const fake = scoped("fake", "app");
  const app = new App();
  app.get("/", { input: { value: real } }, ({ value }) => value);
  const client = testClient(app, { overrides: [[real, fake]] });
  const original = testClient(app);
  onTestFinished(() => original.close());
  expect([(await client.get("/")).json(), (await original.get("/")).json()]).toEqual(["fake", "real"]);
  await client.close();
  expect(lines).toEqual(["enter fake", "enter real", "leave fake"]);
});

test("a replacement that uses what it replaces is a cycle, and says so", async () => {
  const around = depends({ database }, ({ database: value }) => `around ${value}`, { name: "around" });
  const client = testClient(make(), { overrides: [[database, around]] });
  await expect(client.get("/")).rejects.toThrow(/APUS_DEPENDENCY_CYCLE: GET \/.*around/);
});

test.each<[string, unknown]>([
  ["a function for a dependency", [[database, () => "fake"]]],
  ["one pair without the list", [database, database]],
  ["a single dependency", [[database]]],
  ["a Map, as FastAPI's dependency_overrides is one", new Map([[database, database]])],
  ["a record", { database }],
])("%s is no list of pairs of dependencies, and refused at once", (_, wrong) => {
  expect(() => testClient(make(), { overrides: wrong as [] })).toThrow(/APUS_OVERRIDE/);
});

test("overrides of something that is not used change nothing", async () => {
  const client = testClient(make(), { overrides: [[depends(() => 1), depends(() => 2)]] });
  expect((await client.get("/")).status).toBe(200);
});

test("guards of every layer are overridden, those of a copy alone", async () => {
  const lines: string[] = [];
  const guard = (name: string): Dependency<unknown, never> => depends(() => void lines.push(name), { name });
  const guards = ["app", "outer", "inner", "operation", "dependency"].map(guard);
  const [ofApp, outer, inner, ofOperation, ofDependency] = guards as [
    Dependency<unknown, never>,
    Dependency<unknown, never>,
    Dependency<unknown, never>,
    Dependency<unknown, never>,
    Dependency<unknown, never>,
  ];
  const used = depends(() => 1, { dependencies: [ofDependency] });
  const read = get("/", { dependencies: [ofOperation], input: { used } }, () => void lines.push("handler"));
  const app = new App({ dependencies: [ofApp] });
  app.include(router({ inner: router({ read }, { dependencies: [inner] }) }, { dependencies: [outer] }));
  const names = ["app", "outer", "inner", "operation", "dependency", "handler"];
  for (const [i, each] of guards.entries()) {
    await testClient(app, { overrides: [[each, guard("fake")]] }).get("/");
    expect(lines.splice(0)).toEqual(names.with(i, "fake"));
  }
  await testClient(app).get("/");
  expect(lines).toEqual(names);
});

test("a replacement may take other inputs, a body and parameters, which are validated; the document stays as it was", async () => {
  const app = new App();
  const user = depends({ x_token: header(z.string()) }, ({ x_token }) => x_token);
  app.post("/", { input: { user, q: z.int().default(0) } }, ({ user: name, q }) => [name, q]);
  const fake = depends({ name: z.string(), item: z.object({ n: z.int() }) }, ({ name, item }) => `${name} ${item.n}`);
  const client = testClient(app, { overrides: [[user, fake]] });
  expect((await client.post("/?name=Ada&q=2", { json: { n: 1 } })).json()).toEqual(["Ada 1", 2]);
  const refused = await client.post("/?q=x", { json: { n: "x" } });
  expect(refused.json().detail.map((each: { loc: unknown }) => each.loc)).toEqual([
    ["query", "name"],
    ["body", "n"],
    ["query", "q"],
  ]);
  expect(client.app.openapi()).toEqual(app.openapi());
  expect(JSON.stringify(app.openapi())).toMatch(/x-token/);
});

test("a fake in place of a security scheme lets in, and the document still asks for credentials", async () => {
  const key = apiKeyHeader({ name: "x-key" });
  const user = depends({ key }, ({ key: value }) => `user of ${value}`);
  const app = new App();
  app.post("/", { input: { user, item: z.object({}) } }, ({ user: name }) => name);
  expect((await testClient(app).post("/", { json: {} })).status).toBe(401);
  for (const overrides of [[[key, depends(() => "fake")]], [[user, depends(() => "user of fake")]]] as const) {
    const client = testClient(app, { overrides });
    expect((await client.post("/", { json: {} })).json()).toBe("user of fake");
    expect(client.app.openapi()).toEqual(app.openapi());
  }
  expect(app.openapi().paths["/"]?.["post"]).toHaveProperty("security");
});

test("a generator in place of a plain one is entered and left, and sees errors", async () => {
  const { lines, scoped } = tracing();
  const fake = scoped("fake", "function");
  const client = testClient(make(), { overrides: [[database, fake]] });
  expect((await client.get("/")).json().database).toBe("fake");
  expect(lines.splice(0)).toEqual(["enter fake", "leave fake"]);
  const failing = depends({ database }, () => {
    throw new HTTPException(418);
  });
  const both = testClient(make(), {
    overrides: [
      [database, fake],
      [session, failing],
    ],
  });
  expect((await both.get("/")).status).toBe(418);
  expect(lines).toEqual(["enter fake", "leave fake: HTTPException"]);
});

test("one dependency is replaced once, also where the replacement stands for another; of two words the last counts", async () => {
  const one = depends(() => "one");
  const two = depends(() => "two");
  const client = testClient(make(), {
    overrides: [
      [database, one],
      [database, two],
      [two, one],
    ],
  });
  expect((await client.get("/")).json().database).toBe("two");
});

test("`cache: false` stays that of the original; a replacement is made once for each use", async () => {
  let count = 0;
  const fresh = depends(() => 0, { cache: false });
  const app = new App();
  app.get("/", { input: { a: fresh, b: fresh } }, (values) => values);
  const client = testClient(app, { overrides: [[fresh, depends(() => ++count)]] });
  expect((await client.get("/")).json()).toEqual({ a: 1, b: 2 });
});
