/** The address of an operation by its name. */
import { App, get, request, router, staticFiles } from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { path } from "apus";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

const names: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
  readItem: { item_id: 5 },
  readFile: { file_path: "a/b c?.txt" },
  named: {},
};
const operations = router(
  {
    readItem: get("/items/{item_id}", { input: { item_id: z.string() } }, ({ item_id }) => item_id),
    readFile: get("/files/{file_path:path}", { input: { file_path: path(z.string()) } }, ({ file_path }) => file_path),
    other: get("/other", { name: "named" }, () => null),
    where: get(
      "/where/{name}",
      { input: { name: z.string(), request } },
      ({ name, request: asked }) => asked.urlFor(name, names[name]).href,
    ),
    wrong: get("/wrong", { input: { request } }, ({ request: asked }) => {
      const failing: [string, Record<string, string>][] = [
        ["nobody", {}],
        ["readItem", {}],
        ["readItem", { item_id: "a/b" }],
        ["readItem", { item_id: "1", more: "2" }],
      ];
      return failing.map(([name, params]) => {
        try {
          return asked.urlFor(name, params).href;
        } catch (error) {
          return (error as Error).message;
        }
      });
    }),
  },
  { prefix: "/v1" },
);

scenarios("urlFor", (ask) => {
  test("names, prefixes, convertors and the root path", async () => {
    const app = new App({ rootPath: "/proxy" }).include(operations);
    const ask1 = async (name: string): Promise<string> =>
      (await ask(app, `GET /v1/where/${name}`, { headers: { host: "testserver" } })).json() as string;
    expect(await ask1("readItem")).toBe("http://testserver/proxy/v1/items/5");
    expect(await ask1("readFile")).toBe("http://testserver/proxy/v1/files/a/b%20c%3F.txt");
    expect(await ask1("named")).toBe("http://testserver/proxy/v1/other");
  });

  test("what cannot be an address says why", async () => {
    expect((await ask(new App().include(operations), "GET /v1/wrong")).json()).toEqual([
      'APUS_URL_FOR: there is no operation and no mount named "nobody".',
      'APUS_URL_FOR: GET /v1/items/{item_id} (readItem): the parameter "item_id" is missing.',
      'APUS_URL_FOR: GET /v1/items/{item_id} (readItem): the parameter "item_id" holds a "/", which no segment can.',
      'APUS_URL_FOR: GET /v1/items/{item_id} (readItem): the path has no parameter "more".',
    ]);
  });
});

test("a Host header that is none changes neither path nor origin", async () => {
  const client = testClient(new App().include(operations));
  for (const host of ["evil.example/path", "evil.example?x", "a b", "user@evil.example", "[::1", ""]) {
    const answer = await client.get("/v1/where/readItem", { headers: { host } });
    expect(answer.json()).toBe("http://localhost/v1/items/5");
  }
});

test("mounts have a path for what is in them", () => {
  const inner = new App().include(operations);
  inner.mount("/deep", { fetch: () => new Response() }, { name: "deep" });
  const app = new App()
    .mount("/static", staticFiles("static", { checkDir: false }), { name: "static" })
    .mount("/admin", inner, { name: "admin" })
    .mount("/other", inner);
  expect(app.pathFor("static", { path: "styles.css" })).toBe("/static/styles.css");
  expect(app.pathFor("static", { path: "/css/a b?#.css" })).toBe("/static/css/a%20b%3F%23.css");
  expect(app.pathFor("admin", { path: "" })).toBe("/admin/");
  expect(app.pathFor("admin:readItem", { item_id: 5 })).toBe("/admin/v1/items/5");
  expect(app.pathFor("admin:deep", { path: "x" })).toBe("/admin/deep/x");
  for (const [name, params, message] of [
    ["readItem", { item_id: 5 }, 'there is no operation and no mount named "readItem"'],
    ["static", {}, 'the mount "static" takes `path`, what stands behind its prefix.'],
    ["static", { path: "a", more: 1 }, 'the mount "static" takes `path`, what stands behind its prefix, and no "more".'],
    ["static", { path: "a/../../b" }, 'the path "a/../../b" leads out of the mount "static"'],
    ["static:readItem", {}, 'what is mounted as "static" is no App, so nothing in it is named "static:readItem"'],
    ["admin:nobody", {}, 'there is no operation and no mount named "nobody"'],
  ] as const) {
    expect(() => app.pathFor(name, params)).toThrow(message);
  }
});
