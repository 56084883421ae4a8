// What docs/applications.md says besides its examples.
import { readFileSync } from "node:fs";
import { App, background, depends, get, HTTPException, operationIds, path, router, type NameOperation } from "apus";
import { testClient } from "apus/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import * as items from "./shop/items.ts";
import worker from "./worker.ts";

const page = readFileSync(new URL("../applications.md", import.meta.url), "utf8");
const readItem = get("/items/{item_id}", { input: { item_id: z.int() } }, ({ item_id }) => item_id);

/** Method, path, id and summary of each operation. */
function operationsOf(app: App) {
  return Object.entries(app.openapi().paths).flatMap(([at, methods]) =>
    Object.entries(methods).map(([method, each]) => {
      const { operationId, summary } = each as { operationId: string; summary: string };
      return { at: `${method} ${at}`, operationId, summary };
    }),
  );
}

describe("ids", () => {
  const shown = [...page.matchAll(/^\| `operationIds\.(\w+)`.*?\| `(\w[^`]*)`/gm)].map(([, by, id]) => ({
    by: by!,
    id: id!,
  }));

  it("are shown for every way there is", () =>
    expect(shown.map(({ by }) => by).toSorted()).toEqual(Object.keys(operationIds).toSorted()));
  it.each(shown)("by $by are $id", ({ by, id }) => {
    const operationId = (operationIds as Readonly<Record<string, NameOperation>>)[by]!;
    const app = new App({ operationId }).include({ items: router({ readItem }, { tags: ["items"] }) });
    expect(operationsOf(app)[0]).toMatchObject({ operationId: id, summary: "Read Item" });
  });

  it("tell two prefixes of one router apart by their keys", () => {
    const twice = { v1: router(items, { prefix: "/v1" }), v2: router(items, { prefix: "/v2" }) };
    expect(operationsOf(new App().include(router(twice))).map(({ operationId }) => operationId)).toEqual([
      "v1_listItems",
      "v2_listItems",
      "v1_readItem",
      "v2_readItem",
    ]);
    const alike = new App().include(twice.v1).include(twice.v2);
    expect(() => alike.openapi()).toThrow("APUS_OPERATION_ID");
  });
});

describe("routers", () => {
  it("leave out what is no operation and no router", () => {
    class Shelf {}
    const module = {
      readItem,
      Shelf,
      shelf: new Shelf(),
      list: [1],
      help: () => "?",
      Item: items.Item,
      size: { x: 1 },
    };
    expect(Object.keys(router(module))).toEqual(["readItem"]);
  });

  it("name what is exported twice", async () => {
    const app = new App().include(router({ readItem, api: router({ readItem }) }));
    expect(await app.startup()).toEqual([
      expect.stringContaining("APUS_SHADOWED: GET /items/{item_id} (api.readItem)"),
    ]);
    await app.shutdown();
  });

  it("may have parameters in their prefix, declared by an operation or by a guard", async () => {
    const rooms = get("/rooms", { input: { tenant: path(z.string()) } }, ({ tenant }) => `rooms of ${tenant}`);
    const keys = get("/keys", () => "keys");
    const known = depends({ tenant: path(z.string()) }, ({ tenant }) => {
      if (tenant !== "ada") throw new HTTPException(404);
    });
    const client = testClient(
      new App().include(router({ rooms, keys }, { prefix: "/{tenant}", dependencies: [known] })),
    );
    expect((await client.get("/ada/rooms")).json()).toBe("rooms of ada");
    expect((await client.get("/ada/keys")).json()).toBe("keys");
    expect((await client.get("/eve/keys")).status).toBe(404);
  });
});

describe("mounts", () => {
  it("open a dependency of scope app once for each app that uses it", async () => {
    let opened = 0;
    const pool = depends(() => ++opened, { scope: "app" });
    const which = get("/pool", { input: { pool } }, (values) => values.pool);
    const client = testClient(new App().include({ which }).mount("/inner", new App().include({ which })));
    const answers = [await client.get("/pool"), await client.get("/inner/pool"), await client.get("/pool")];
    expect(answers.map((each) => each.json())).toEqual([1, 2, 1]);
    await client.close();
  });

  it("are not reached by the dependencies and the limits of the App around them", async () => {
    const nobody = depends(() => {
      throw new HTTPException(403);
    });
    const outer = new App({ dependencies: [nobody], errorShape: "problem" });
    const client = testClient(outer.include({ readItem }).mount("/inner", new App().include({ readItem })));
    expect((await client.get("/items/1")).status).toBe(403);
    expect((await client.get("/inner/items/1")).json()).toBe(1);
    expect((await client.get("/inner/none")).json()).toEqual({ detail: "Not Found" });
  });
});

it("a Worker answers, and is kept alive for what follows", async () => {
  const kept: Promise<unknown>[] = [];
  const context = { waitUntil: (work: Promise<unknown>) => void kept.push(work) };
  const answer = await worker.fetch(new Request("https://example.com/items/42"), {}, context);
  expect(await answer.json()).toEqual({ item_id: 42 });

  const done: string[] = [];
  const app = new App();
  app.get("/", { input: { background } }, ({ background: tasks }) => tasks.add(async () => void done.push("mail")));
  await (await app.fetch(new Request("https://example.com/"), context)).text();
  await Promise.all(kept);
  expect(done).toEqual(["mail"]);
});
