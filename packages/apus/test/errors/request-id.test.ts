// The id under which a failure is reported is the one that the client gets.
import { App } from "apus";
import { serve } from "apus/server";
import { testClient } from "apus/testing";
import { expect, onTestFinished, test } from "vitest";
import { reports } from "../scenario.ts";

const make = (): { app: App; found: ReturnType<typeof reports>["found"] } => {
  const { found, report } = reports();
  const app = new App({ report });
  app.get("/", () => {
    throw new Error("secret");
  });
  return { app, found };
};

test("through testClient", async () => {
  const { app, found } = make();
  const { headers } = await testClient(app, { raiseServerErrors: false }).get("/");
  expect(headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
  expect(found.map((each) => each.requestId)).toEqual([headers.get("x-request-id")]);
});

test("through app.fetch", async () => {
  const { app, found } = make();
  const { headers } = await app.fetch(new Request("http://testserver/"));
  expect(found.map((each) => each.requestId)).toEqual([headers.get("x-request-id")]);
});

test("through a server, and each failure has its own", async () => {
  const { app, found } = make();
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  const ids = [await fetch(server.url), await fetch(server.url)].map(({ headers }) => headers.get("x-request-id"));
  expect(found.map((each) => each.requestId)).toEqual(ids);
  expect(new Set(ids).size).toBe(2);
});

test("testClient throws the error itself unless told otherwise", async () => {
  const { app } = make();
  await expect(testClient(app).get("/")).rejects.toThrow("secret");
});
