// What docs/responses.md says of its example.
import { readFileSync } from "node:fs";
import { App, get } from "apus";
import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { app } from "./responses.ts";

const client = testClient(app);

it.each([
  ["/birds", 200, "application/json", '[{"name":"Common swift","wingspan":43}]'],
  ["/", 200, "text/html; charset=utf-8", "<h1>Birds</h1>"],
  ["/birds.csv", 200, "text/csv; charset=utf-8", '"Common swift",43\n'],
  ["/birds/apus/greeting", 200, "application/json", '{"hello":"Common swift"}'],
  ["/birds/swift/greeting", 200, "application/json", '{"hello":"Common swift"}'], // redirected
  ["/birds/apus/greeting?plain=1", 200, "text/plain; charset=utf-8", "Hello, Common swift!"],
  ["/birds/dodo/greeting", 404, "application/json", '{"detail":"No such bird"}'],
  ["/birds/apus/picture", 200, "image/svg+xml", '<svg id="apus"/>'],
])("GET %s is answered %i, %s", async (path, status, type, body) => {
  const answer = await client.get(path);
  expect([answer.status, answer.headers.get("content-type"), answer.text]).toEqual([status, type, body]);
});

it("says with the answer what handlers set", async () => {
  const first = await client.put("/birds/x", { json: { name: "X" } });
  expect([first.status, first.json(), first.headers.get("location")]).toEqual([
    201,
    { name: "X", wingspan: 40 },
    "/birds/x",
  ]);
  expect(first.headers.getSetCookie()).toEqual(["last=x; HttpOnly; Max-Age=3600; Path=/; SameSite=lax"]);
  expect((await client.put("/birds/x", { json: { name: "X" } })).status).toBe(200);
  const removed = await client.delete("/birds/x");
  expect([removed.status, removed.text]).toEqual([204, ""]);
});

it("is documented", () => {
  const { paths } = app.openapi();
  expect(paths).toMatchObject({
    "/birds/{id}": {
      put: { responses: { "201": { description: "It was added" } } },
      delete: { responses: { "204": { description: "Successful Response" } } },
    },
    "/birds.csv": { get: { responses: { "200": { content: { "text/csv": {} } } } } },
    "/birds/{id}/picture": { get: { responses: { "200": { content: { "image/svg+xml": {} } } } } },
  });
});

it("tells the log which field is wrong", async () => {
  const page = readFileSync(new URL("../responses.md", import.meta.url), "utf8");
  const [, shown] = /```text\n(.*)\n```/.exec(page)!;
  const readBird = get(
    "/birds/{id}",
    { input: { id: z.string() }, output: z.object({ name: z.string() }) },
    () => ({ name: 5 }) as never,
  );
  const broken = testClient(new App({ report: () => {} }).include({ readBird }));
  await expect(broken.get("/birds/apus")).rejects.toThrow(shown);
});
