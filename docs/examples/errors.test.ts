// What docs/error-handling.md says of its examples.
import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { app, seen } from "./errors.ts";
import { app as failing, clock, counts } from "./failing-middleware.ts";

const client = testClient(app);

it("errors are answers, with their detail, their status and their headers", async () => {
  const unicorn = await client.get("/items/unicorn");
  expect([unicorn.status, unicorn.json(), unicorn.headers.get("x-error")]).toEqual([
    418,
    { detail: { reason: "there are none" } },
    "myth",
  ]);
  expect((await client.get("/items/table")).json()).toEqual({ detail: "Item not found" });
  const chair = await client.get("/items/chair");
  expect([chair.status, chair.json()]).toEqual([409, { detail: { left: 0 } }]);
  expect((await client.get("/items/lamp")).json()).toEqual({ name: "lamp", left: 2 });
});

it("handlers answer errors, the router's before the App's", async () => {
  expect((await client.get("/labels/lamp")).status).toBe(403);
  const labels = await client.get("/labels/lamp", { headers: { "x-role": "staff" } });
  expect([labels.status, labels.json()]).toEqual([503, { detail: "Call the porter" }]);
  seen.length = 0;
  expect((await client.get("/nowhere")).json()).toEqual({ detail: "Not Found" });
  await client.get("/items/table");
  expect(seen).toEqual(["GET /nowhere: 404", "GET /items/table: 404"]);
});

it("typed errors are documented", () => {
  const responses = (path: string): string[] =>
    Object.keys((app.openapi().paths[path]!["get"] as { responses: object }).responses);
  expect(responses("/items/{name}")).toEqual(["200", "403", "404", "409", "422"]);
  expect(responses("/labels/{name}")).toEqual(["200", "403", "422"]);
});

it("middleware sees what failed", async () => {
  const asking = testClient(failing, { raiseServerErrors: false });
  expect((await asking.get("/")).json()).toBe("open");
  const broken = await asking.get("/broken");
  expect([broken.status, broken.text]).toEqual([
    500,
    expect.stringMatching(/^Sorry\. Tell us the number [\w-]{36}\.$/),
  ]);
  clock.hour = 23;
  const closed = await asking.get("/");
  expect([closed.status, closed.json(), closed.headers.get("retry-after")]).toEqual([
    503,
    { detail: "We are closed" },
    "28800",
  ]);
  expect(counts).toEqual(["200", "500 failed", "503"]);
});
