// Overrides: by identity, on a copy; the original and the document stay as they are.
import { App, depends, get, HTTPException, router } from "apus";
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

test("what is no pair of dependencies is refused at once", () => {
  const wrong = [[database, () => "fake"]] as unknown as [[typeof database, typeof database]];
  expect(() => testClient(make(), { overrides: wrong })).toThrow(/APUS_OVERRIDE/);
});

test("overrides of something that is not used change nothing", async () => {
  const client = testClient(make(), { overrides: [[depends(() => 1), depends(() => 2)]] });
  expect((await client.get("/")).status).toBe(200);
});
