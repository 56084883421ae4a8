// Looking up a path: no search, no regular expression of somebody else, and nothing that grows with what strangers ask for.
import { App, get } from "apus";
import { testClient } from "apus/testing";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { program } from "../program.ts";

describe("templates", () => {
  test("row 18: a template is text: what means something in a regular expression means itself", async () => {
    const app = new App({ redirectSlashes: false });
    for (const path of ["/a.c", "/(a+)+$", "/[a-z]", "/a|b", "/^", "/a*", "/:id", "/x?", "/$&", "/(?<n>x)"])
      app.get(path, { operationId: path }, () => path);
    const client = testClient(app);
    for (const [target, found] of [
      ["/a.c", "/a.c"],
      ["/abc", undefined],
      [`/${"a".repeat(5000)}!`, undefined],
      ["/(a+)+$", "/(a+)+$"],
      ["/m", undefined],
      ["/a", undefined],
      ["/", undefined],
      ["/aaa", undefined],
      ["/a*", "/a*"],
      ["/id", undefined],
      ["/:id", "/:id"],
      ["/x%3F", "/x?"],
      ["/x", undefined],
      ["/$&", "/$&"],
    ]) {
      const answer = await client.get(target!);
      expect([target, answer.status === 200 ? answer.json() : undefined]).toEqual([target, found]);
    }
  });

  test.each(["/{a:.*}", "/{a:(x+)+}", "/x-{a:[0-9]+}.json", "/{a}-{b:.+}", "/{a", "/a}", "/{}", "/{a:}"])(
    "row 18: %s, with an expression of its own or a brace too many, stops the start",
    async (path) => {
      const app = new App();
      const input = { a: z.string(), b: z.string() };
      app.include(get(path as "/{a}", { input: input as never }, () => 1));
      await expect(app.startup()).rejects.toThrow(/^APUS_PATH: /);
    },
  );

  test("row 18: a path is matched in steps that its length bounds, however many templates share its parts", async () => {
    // Each level has a fixed and a free segment: a matcher that tries one after the other takes 2^n steps.
    const levels = 14;
    const app = new App();
    const input = Object.fromEntries(Array.from({ length: levels }, (_, i) => [`p${i}`, z.string()]));
    const template = Array.from({ length: levels }, (_, i) => `/a/{p${i}}`).join("");
    app.include({ deep: get(`${template}/end` as "/{p0}", { input: input as never }, () => "end") });
    for (let i = 0; i < 200; i++) {
      const free = i % 2 === 0 ? "{x}/a" : "a/{x}";
      app.get(
        `/${free}/${i}/{rest:path}` as "/{x}/{rest:path}",
        { input: { x: z.string(), rest: z.string() } },
        () => i,
      );
    }
    const client = testClient(app);
    expect((await client.get(`${"/a/a".repeat(levels)}/end`)).json()).toBe("end");
    expect((await client.get("/a/a".repeat(4000))).status).toBe(404);
    expect((await client.get(`/${"/".repeat(10_000)}`)).status).toBe(404);
  });

  test.each([
    ["/{a}-{b}-{c}-{d}-{e}.json", "-"],
    ["/{a:int}{b:int}{c:int}{d:int}{e:int}x", "1"],
    ["/{a:float}{b:float}.{c:float}{d:float}{e:float}x", "1."],
    ["/{a}{b}{c}{d}{e:int}", "a"],
    ["/{a:path}/{b:path}/{c:path}/{d:path}/{e:int}", "/"],
    ["/{a:path}-{b}-{c:path}-{d}/{e:uuid}", "a-/"],
    ["/{a:uuid}-{b:uuid}{c:uuid}-{d:uuid}{e}.json", "0123456789abcdef"],
  ])("row 18: %s is matched without a search: so many steps as the path is long", async (path, text) => {
    const input = Object.fromEntries([..."abcde"].map((name) => [name, z.string()]));
    const app = new App({ redirectSlashes: false });
    app.include({ found: get(path as "/{a}", { input: input as never }, () => 1) });
    // An expression that searches would take the length to the power of the parameters: 10^21 steps.
    expect((await testClient(app).get(`/${text.repeat(20_000)}y`)).status).toBe(404);
  });

  test.each([
    ["int", z.string(), "1"],
    ["float", z.string(), "1"],
    ["float", z.string(), "1."],
    ["uuid", z.string(), "a"],
  ] as const)("row 18: the convertor %s reads a very long segment in one go", async (convertor, schema, char) => {
    const app = new App();
    app.get(`/{x:${convertor}}` as "/{x}", { input: { x: schema } }, ({ x }) => x.length);
    expect((await testClient(app).get(`/${char.repeat(100_000)}x`)).status).toBe(404);
  });
});

test("row 19: fifty thousand paths, queries, hosts, headers and bodies leave nothing behind", async () => {
  const run = program(new URL("distinct.ts", import.meta.url));
  const [, kept] = await run.printed(/kept (-?\d+) KiB/);
  // Had one key of each request been kept, there would be 50 MB.
  expect(Number(kept)).toBeLessThan(10 * 1024);
  expect(await run.ended).toBe(0);
}, 120_000);
