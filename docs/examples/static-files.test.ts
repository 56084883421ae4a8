// What docs/static-files.md and docs/middleware.md say of their examples.
import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { app as site } from "./front-end.ts";
import { app as files } from "./static-files.ts";
import { app as versions } from "./versions.ts";

it.each([
  ["/static/report.csv", 200, "text/csv; charset=utf-8"],
  ["/static/uploads/march/notes.txt", 200, "text/plain; charset=utf-8"],
  ["/static/uploads", 404, "application/json"],
  ["/static/nowhere.txt", 404, "application/json"],
])("files: GET %s is answered %i, %s", async (path, status, type) => {
  const { status: found, headers } = await testClient(files).get(path);
  expect([found, headers.get("content-type")]).toEqual([status, type]);
});

const page = { accept: "text/html" };
const immutable = "max-age=31536000, immutable";

it.each<[string, object, number, string | null]>([
  ["/api/birds", page, 200, null],
  ["/", page, 200, "no-cache"],
  ["/swift/nests", page, 200, "no-cache"],
  ["/swift/nests", {}, 404, null],
  ["/assets/app.js", {}, 200, immutable],
  ["/assets/old.js", {}, 404, null],
  ["/members/assets/app.js", {}, 401, null],
  ["/members/assets/app.js", { cookie: "member=ada" }, 200, null],
  ["/members/nests", { ...page, cookie: "member=ada" }, 404, null],
])("a front end: GET %s with %j is answered %i", async (path, headers, status, cacheControl) => {
  const answer = await testClient(site).get(path, { headers: { ...headers } });
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([status, cacheControl]);
});

it("versions: who holds an answer is told so, and who has an old one may not change it", async () => {
  const client = testClient(versions);
  const birds = await client.get("/birds");
  const again = await client.get("/birds", { headers: { "if-none-match": birds.headers.get("etag")! } });
  expect([again.status, again.text]).toEqual([304, ""]);
  const tag = (await client.get("/note")).headers.get("etag")!;
  expect((await client.get("/note", { headers: { "if-none-match": tag } })).status).toBe(304);
  const write = (): Promise<{ status: number }> => client.put("/note", { json: "Gone", headers: { "if-match": tag } });
  expect((await write()).status).toBe(200);
  expect((await write()).status).toBe(412);
});
