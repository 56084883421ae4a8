// What docs/dependencies.md says of its examples.
import { testClient } from "apus/testing";
import { expect, it, onTestFinished, vi } from "vitest";
import { app } from "./dependencies.ts";
import { statements } from "./pool.ts";
import { app as reports, mails } from "./reports.ts";

it("one transaction is what guards and the handler share, given back before the body, committed before the answer", async () => {
  statements.splice(0);
  const client = testClient(app);
  await client.start();
  const headers = { authorization: "Bearer ada" };
  expect((await client.post("/notes", { headers, json: { text: "hi" } })).json()).toBe("ada: hi");
  expect(statements.splice(0)).toEqual(["open", "begin", "select user", "commit", "begin", "insert", "commit"]);
  expect((await client.get("/notes?limit=1")).json()).toEqual(["ada: hi"]);
  expect(statements.splice(0)).toEqual(["begin", "select notes", "commit"]);
  const stranger = await client.post("/notes", { headers: { authorization: "Bearer bob" }, body: "{" });
  expect([stranger.status, statements.splice(0)]).toEqual([403, ["begin", "select user", "rollback"]]);
  expect((await client.post("/notes", { body: "{" })).status).toBe(401);
  await client.close();
  expect(statements).toEqual(["close"]);
});

it("a report is told of once it is done, and stopped after its time", async () => {
  const client = testClient(reports);
  const answer = await client.get("/reports/3");
  expect([answer.json(), answer.headers.get("x-size"), mails]).toEqual([{ total: 6 }, "3", ["The report is ready: 6"]]);
  const told = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => told.mockRestore());
  expect((await client.get("/reports/1000000000")).status).toBe(503);
  expect([mails.length, told.mock.calls.length]).toEqual([1, 1]);
});
