// `request`, `connection` and `signal` as dependencies: one for all who ask within a request, none beyond it.
import { App, connection, depends, get, request, response, signal, type HttpRequest } from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

scenarios("Values of the framework", (ask) => {
  test("are the same for guards, dependencies and the handler", async () => {
    const seen: object[] = [];
    const guard = depends({ request, connection, response, signal }, (values) => void seen.push(values));
    const app = new App({ dependencies: [guard] });
    app.get("/", { input: { request, connection, response, signal } }, (values) => {
      const [first] = seen as [typeof values];
      return Object.entries(values).map(([name, value]) => value === first[name as keyof typeof first]);
    });
    expect((await ask(app, "GET /")).json()).toEqual([true, true, true, true]);
  });

  test("tell what the request is", async () => {
    const app = new App();
    app.post("/items/{id}", { input: { request, id: z.int() } }, async ({ request: of, id }) => [
      of.method,
      of.path,
      { ...of.pathParams },
      id,
      of.query.getAll("q"),
      of.headers.get("x-a"),
      { ...of.cookies },
      await of.text(),
    ]);
    const answer = await ask(app, "POST /items/7?q=1&q=2", {
      body: "body",
      headers: { "x-a": "1", cookie: "a=b" },
    });
    expect(answer.json()).toEqual(["POST", "/items/7", { id: "7" }, 7, ["1", "2"], "1", { a: "b" }, "body"]);
  });

  test("the body that an input has read is there to be read again, and the other way round", async () => {
    const app = new App();
    const early = depends({ request }, ({ request: of }) => of.json());
    app.post("/", { dependencies: [early], input: { item: z.object({ a: z.int() }), request } }, async (values) => [
      values.item,
      await values.request.json(),
      (await values.request.bytes()).byteLength,
    ]);
    expect((await ask(app, "POST /", { json: { a: 1 } })).json()).toEqual([{ a: 1 }, { a: 1 }, 7]);
  });

  test("state is shared within a request and empty at its beginning", async () => {
    const mark = depends({ connection }, ({ connection: of }) => (of.state["seen"] = "by the guard"));
    const app = new App();
    app.get("/", { input: { request, marked: z.boolean() }, dependencies: [] }, ({ request: of }) => ({ ...of.state }));
    app.get("/marked", { input: { request }, dependencies: [mark] }, ({ request: of }) => ({ ...of.state }));
    expect((await ask(app, "GET /marked")).json()).toEqual({ seen: "by the guard" });
    expect((await ask(app, "GET /?marked=1")).json()).toEqual({});
  });
});

test("they can be replaced like any other dependency", async () => {
  const app = new App();
  app.get("/", { input: { request } }, ({ request: of }) => of.path);
  const fake = depends(() => ({ path: "/fake" }) as HttpRequest);
  expect((await testClient(app, { overrides: [[request, fake]] }).get("/")).json()).toBe("/fake");
});

test.each([
  ["request", request],
  ["response", response],
  ["signal", signal],
])("what lives as long as the app cannot use `%s`: the start says so", async (name, value) => {
  const app = new App();
  const pool = depends({ [name]: value } as object as Record<never, never>, () => 1, { scope: "app", name: "pool" });
  app.get("/", { input: { pool } }, () => 1);
  await expect(testClient(app).start()).rejects.toThrow(
    new RegExp(`^APUS_SCOPE: GET / \\(get\\): the dependency "pool" has scope "app", so it cannot use "${name}"`),
  );
});

test("what a runtime gives besides the request is the request's env", async () => {
  const app = new App().include({
    read: get(
      "/",
      { input: { request } },
      (values) => (values.request.env as { name: string } | undefined)?.name ?? "none",
    ),
  });
  const read = async (context?: { env: unknown }): Promise<unknown> =>
    (await app.fetch(new Request("http://host/"), context)).json();
  expect([await read({ env: { name: "binding" } }), await read()]).toEqual(["binding", "none"]);
});
