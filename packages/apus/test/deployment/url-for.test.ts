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
    [
      "static",
      { path: "a", more: 1 },
      'the mount "static" takes `path`, what stands behind its prefix, and no "more".',
    ],
    ["static", { path: "a/../../b" }, 'the path "a/../../b" leads out of the mount "static"'],
    ["static:readItem", {}, 'what is mounted as "static" is no App, so nothing in it is named "static:readItem"'],
    ["admin:nobody", {}, 'there is no operation and no mount named "nobody"'],
  ] as const) {
    expect(() => app.pathFor(name, params)).toThrow(message);
  }
});

test("values are written into text and checked against what the path takes", () => {
  const text = z.string();
  const app = new App().include({
    range: get("/r/{from}-{to}.json", { input: { from: text, to: text } }, () => 1),
    place: get("/{lat:float},{lon:float}", { input: { lat: z.number(), lon: z.number() } }, () => 1),
    version: get("/v{n:int}/ü?/{dollar$}", { input: { n: z.int(), dollar$: text } }, () => 1),
    archive: get("/f/{file:path}.zip", { input: { file: text } }, () => 1),
    item: get("/i/{id}", { input: { id: text } }, () => 1),
    part: get("/p/.{id}", { input: { id: text } }, () => 1),
  });
  for (const [name, params, path] of [
    ["range", { from: "a-b", to: "c d" }, "/r/a-b-c%20d.json"],
    ["place", { lat: 1.5, lon: 2 }, "/1.5,2"],
    ["place", { lat: 1e-7, lon: 1e21 }, "/0.0000001,1000000000000000000000"],
    ["version", { n: 7, dollar$: "$&" }, "/v7/%C3%BC%3F/%24%26"],
    ["archive", { file: "a/b c" }, "/f/a/b%20c.zip"],
    ["archive", { file: "" }, "/f/.zip"],
    ["item", { id: "..a" }, "/i/..a"],
    ["part", { id: "a" }, "/p/.a"],
  ] as const) {
    expect(app.pathFor(name, params)).toBe(path);
  }
  for (const [name, params, message] of [
    ["range", { from: "a", to: "b-c" }, /"\/r\/a-b-c\.json" has another "from"/],
    ["range", { from: "a", to: "b/c" }, /"to" holds a "\/"/],
    ["range", { from: "", to: "b" }, /"from" is missing/],
    ["place", { lat: -1, lon: 2 }, /"lat" is "-1", which its convertor "float" does not take/],
    ["place", { lat: Number.NaN, lon: 2 }, /"lat" is "NaN"/],
    ["version", { n: 1.5, dollar$: "x" }, /"n" is "1\.5", which its convertor "int"/],
    ["version", { n: 1 }, /"dollar\$" is missing/],
    ["item", { id: ".." }, /a segment "\." or "\.\."/],
    ["item", { id: "." }, /a segment/],
    ["part", { id: "." }, /a segment/],
    ["archive", { file: "../a" }, /a segment/],
  ] as const) {
    expect(() => app.pathFor(name, params)).toThrow(/^APUS_URL_FOR: /);
    expect(() => app.pathFor(name, params)).toThrow(message);
  }
});
