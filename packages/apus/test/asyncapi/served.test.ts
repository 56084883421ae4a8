// Where the AsyncAPI document is served, and behind which guards.
import { App, depends, HTTPException, socket, type AppOptions } from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";

const withSocket = (options: AppOptions = {}): App => {
  const app = new App({ title: "Chat", ...options });
  app.include({ raw: socket("/raw", () => {}) });
  return app;
};

test("at /asyncapi.json, beside the OpenAPI document", async () => {
  const app = withSocket();
  const client = testClient(app);
  const answer = await client.get("/asyncapi.json");
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json"]);
  expect(answer.json()).toEqual(app.asyncapi());
  expect((await client.head("/asyncapi.json")).status).toBe(200);
  expect((await client.post("/asyncapi.json")).status).toBe(405);
});

test.each([
  ["an app without sockets", new App()],
  ["an app that shows none", new App().include({ raw: socket("/raw", { includeInSchema: false }, () => {}) })],
  ["null for its address", withSocket({ asyncapiUrl: null })],
  ["null for the address of the OpenAPI document", withSocket({ openapiUrl: null, asyncapiUrl: "/asyncapi.json" })],
])("nowhere: %s", async (_, app) => {
  expect((await testClient(app).get("/asyncapi.json")).status).toBe(404);
});

test("somewhere else", async () => {
  const client = testClient(withSocket({ asyncapiUrl: "/spec/sockets.json" }));
  expect((await client.get("/spec/sockets.json")).json()).toMatchObject({ asyncapi: "3.0.0" });
  expect((await client.get("/asyncapi.json")).status).toBe(404);
});

test("behind the guards of the documentation, and in no cache then", async () => {
  let open = false;
  const guard = depends(() => {
    if (!open) throw new HTTPException(401);
  });
  const client = testClient(withSocket({ docsDependencies: [guard] }));
  expect((await client.get("/asyncapi.json")).status).toBe(401);
  open = true;
  const answer = await client.get("/asyncapi.json");
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
});

test("with the prefix under which the app is seen", async () => {
  const addressAt = async (app: App, path: string): Promise<unknown> =>
    (await testClient(app).get(path)).json<{ channels: { raw: { address: string } } }>().channels.raw.address;
  expect(await addressAt(withSocket({ rootPath: "/api" }), "/asyncapi.json")).toBe("/api/raw");
  expect(await addressAt(withSocket({ rootPath: "/api", rootPathInServers: false }), "/asyncapi.json")).toBe("/raw");
  const outer = new App();
  outer.mount("/chat", withSocket());
  expect(await addressAt(outer, "/chat/asyncapi.json")).toBe("/chat/raw");
  const servers = [{ url: "https://example.com/api" }];
  expect(await addressAt(withSocket({ rootPath: "/api", servers }), "/asyncapi.json")).toBe("/raw");
});

test("what is wrong with it stops the start", async () => {
  const app = withSocket({
    docsUrl: null,
    servers: [{ url: "https://{a}.b", variables: { a: { default: "x", enum: ["y"] } } }],
  });
  await expect(app.startup()).rejects.toThrow(/APUS_OPTIONS/);
});
