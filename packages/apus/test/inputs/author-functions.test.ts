// Functions of the author's inside schemas: what they throw, when they are run, and that they answer at once.
import { App, HTTPException, body, get, post, query, router } from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

scenarios("functions of the author's", (ask) => {
  test("an HTTPException from a transform is the answer, and it runs once", async () => {
    let calls = 0;
    const refusing = z.string().transform((): string => {
      calls++;
      throw new HTTPException(400, "bad");
    });
    const app = new App();
    app.get("/t", { input: { s: refusing } }, (found) => found);
    app.get("/p", { input: { s: query(z.preprocess(() => refusing.parse(""), z.string())) } }, (found) => found);
    app.post("/b", { input: { item: z.object({ s: refusing }) } }, (found) => found);
    for (const [line, sent] of [["GET /t?s=x"], ["GET /p?s=x"], ["POST /b", { json: { s: "x" } }]] as const) {
      calls = 0;
      const answer = await ask(app, line, sent);
      expect([answer.status, answer.json(), calls]).toEqual([400, { detail: "bad" }, 1]);
    }
  });

  test("a preprocess step is given what was sent; what was not sent is missing", async () => {
    const given: unknown[] = [];
    const step = z.preprocess((value) => (given.push(value), value), z.int());
    const app = new App();
    app.get("/q", { input: { q: query(step) } }, ({ q }) => q);
    app.get("/d", { input: { q: query(step.default(5)) } }, ({ q }) => q);
    app.post("/b", { input: { item: z.object({ a: step }) } }, ({ item }) => item);
    app.post("/e", { input: { a: body(step, { embed: true }) } }, ({ a }) => a);
    const missing = (loc: string[], input: unknown): unknown => ({
      detail: [{ type: "missing", loc, msg: "Field required", input }],
    });
    expect((await ask(app, "GET /q")).json()).toEqual(missing(["query", "q"], null));
    expect((await ask(app, "POST /b", { json: {} })).json()).toEqual(missing(["body", "a"], {}));
    expect((await ask(app, "POST /e", { json: {} })).json()).toEqual(missing(["body", "a"], null));
    expect((await ask(app, "GET /d")).json()).toBe(5);
    expect(given).toEqual([]);
    expect((await ask(app, "GET /q?q=5")).json()).toBe(5);
    expect(given).toEqual(["5"]);
    const { paths } = (await ask(app, "GET /openapi.json")).json();
    expect(paths["/q"].get.parameters[0]).toMatchObject({ required: true, schema: { type: "integer" } });
    expect(paths["/d"].get.parameters[0]).toMatchObject({ required: false });
    expect(paths["/b"].post.requestBody.content["application/json"].schema.required).toEqual(["a"]);
    expect(paths["/e"].post.requestBody.required).toBe(true);
  });

  test("JSON as deep as it is read goes out again, and is echoed where it is refused", async () => {
    const Tree: z.ZodType = z.lazy(() => z.object({ a: z.array(Tree).optional() }));
    const app = new App();
    app.post("/any", { input: { item: body(z.unknown()) } }, ({ item }) => item);
    app.post("/known", { input: { item: body(z.unknown()) }, output: z.unknown() }, ({ item }) => item);
    app.post("/tree", { input: { item: body(Tree) } }, ({ item }) => item);
    app.post("/trees", { input: { item: body(Tree) }, output: Tree }, ({ item }) => item);
    app.post("/int", { input: { item: body(z.int()) } }, ({ item }) => item);
    const list = `${"[".repeat(1000)}${"]".repeat(1000)}`;
    const tree = `${'{"a":['.repeat(499)}{}${"]}".repeat(499)}`;
    const headers = { "content-type": "application/json" };
    for (const [path, text] of [
      ["/any", list],
      ["/any", tree],
      ["/known", list],
      ["/known", tree],
      ["/tree", tree],
      ["/trees", tree],
    ] as const) {
      const answer = await ask(app, `POST ${path}`, { headers, body: text });
      expect([path, answer.status, answer.text]).toEqual([path, 200, text]);
    }
    for (const text of [list, tree]) {
      const answer = await ask(app, "POST /int", { headers, body: text });
      expect(answer.status).toBe(422);
      expect(answer.text).toContain(`"input":${text}`);
    }
  });

  test("strict types take the text of a date", async () => {
    const app = new App({ strictTypes: true });
    app.post("/", { input: { item: z.object({ at: z.date() }) } }, ({ item }) => item.at.getTime());
    expect((await ask(app, "POST /", { json: { at: "1970-01-01T00:00:01Z" } })).json()).toBe(1000);
    expect((await ask(app, "POST /", { json: { at: 1 } })).json().detail).toMatchObject([{ type: "datetime_type" }]);
  });
});

test("what else a transform throws is reported as it is, with its stack, and the answer says nothing of it", async () => {
  const reported: unknown[] = [];
  const thrown = new TypeError("mine");
  const fails = get(
    "/",
    {
      input: {
        s: z.string().transform((): string => {
          throw thrown;
        }),
      },
    },
    ({ s }) => s,
  );
  const app = new App({ report: (error) => void reported.push(error) }).include(router({ fails }));
  const answer = await testClient(app, { raiseServerErrors: false }).get("/?s=x");
  expect([answer.status, answer.text.includes("mine")]).toEqual([500, false]);
  expect(reported).toHaveLength(1);
  expect(reported[0]).toBe(thrown);
});

test("one that is async stops the start, naming the operation and the input", async () => {
  const slow = z.string().refine(async () => true);
  const start = (operation: ReturnType<typeof get> | ReturnType<typeof post>): Promise<unknown> =>
    testClient(new App().include(router({ operation: operation as ReturnType<typeof get> }))).get("/");
  await expect(start(get("/", { input: { q: slow } }, ({ q }) => q))).rejects.toThrow(
    /^APUS_ASYNC_SCHEMA: GET \/ .*"q".*dependency/,
  );
  await expect(
    start(post("/", { input: { item: z.object({ list: z.array(slow) }) } }, ({ item }) => item)),
  ).rejects.toThrow(/^APUS_ASYNC_SCHEMA: POST \/ .*"item"/);
  await expect(start(get("/", { output: z.array(slow) }, () => ["a"]))).rejects.toThrow(/^APUS_ASYNC_SCHEMA: GET \/ /);
});
