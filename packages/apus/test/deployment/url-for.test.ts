/** The address of an operation by its name. */
import { App, get, request, router } from "apus";
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
      'APUS_URL_FOR: there is no operation named "nobody".',
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
