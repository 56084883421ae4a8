/** Behind a proxy that takes a prefix off, or leaves it on: addresses, redirects, the document, the page. */
import { App, get, request, type AppOptions } from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";
import { serve } from "../serve.ts";

const readItem = get(
  "/items/{item_id}",
  { input: { item_id: z.int(), request } },
  ({ item_id, request: { url, rootPath, path } }) => ({
    item_id,
    path,
    rootPath,
    pathname: url.pathname,
  }),
);
const listItems = get("/items/", () => ["plumbus"]);
const app = (options: AppOptions = {}): App => new App(options).include({ readItem, listItems });

scenarios("root path", (ask) => {
  test("is the app's own: a proxy may have taken it off or left it on", async () => {
    const at = app({ rootPath: "/api/v1/" });
    const expected = { item_id: 1, path: "/items/1", rootPath: "/api/v1", pathname: "/api/v1/items/1" };
    expect((await ask(at, "GET /items/1")).json()).toEqual(expected);
    expect((await ask(at, "GET /api/v1/items/1")).json()).toEqual(expected);
  });

  test("ends where a segment ends", async () => {
    const at = app({ rootPath: "/api" });
    expect((await ask(at, "GET /apiitems/1")).status).toBe(404);
    expect((await ask(at, "GET /api/api/items/1")).status).toBe(404);
    expect((await ask(at, "GET /api")).status).toBe(404);
  });

  test("stands in front of where a slash redirect leads", async () => {
    const redirect = await ask(app({ rootPath: "/api/v1" }), "GET /items?q=1");
    expect([redirect.status, redirect.headers.location]).toEqual([307, "/api/v1/items/?q=1"]);
  });

  test.each([
    [{}, undefined],
    [{ rootPath: "/api/v1" }, ["/api/v1"]],
    [{ rootPath: "/api/v1", servers: [{ url: "https://stag.example.com" }] }, ["/api/v1", "https://stag.example.com"]],
    [{ rootPath: "/api/v1", servers: [{ url: "/api/v1" }] }, ["/api/v1"]],
    [{ rootPath: "/api/v1", rootPathInServers: false }, undefined],
  ] satisfies [AppOptions, string[] | undefined][])("%j: the document's servers are %j", async (options, urls) => {
    const document = (await ask(app(options), "GET /openapi.json")).json() as { servers?: { url: string }[] };
    expect(document.servers?.map((each) => each.url)).toEqual(urls);
  });
});

test("a deployment's word is stronger than the App's, and comes before the start", async () => {
  const at = app({ rootPath: "/from-code" });
  expect((await testClient(at, { rootPath: "/from-proxy" }).get("/items/1")).json().rootPath).toBe("/from-proxy");
  expect((await testClient(at).get("/items/1")).json().rootPath).toBe("/from-code");
  expect(() => at.deploy({ rootPath: "/late" })).toThrow(/APUS_STARTED/);
});

test("an app that was closed may be deployed again, elsewhere", async () => {
  const app = new App();
  app.get("/where", { input: { request } }, (given) => given.request.rootPath);
  for (const rootPath of ["/a", "/b"]) {
    const server = await serve(app, { port: 0, signals: false, rootPath });
    expect(await (await fetch(`${server.url}${rootPath}/where`)).json()).toBe(rootPath);
    await server.close();
  }
});

test.each(["api", "/api?x", "/a//b", "//evil.example", "/api#x", "/a b"])("%j is no root path", async (rootPath) => {
  await expect(testClient(app({ rootPath })).start()).rejects.toThrow(/APUS_ROOT_PATH/);
});
