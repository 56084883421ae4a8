import { testClient } from "apus/testing";
import { expect, it, vi } from "vitest";
import { app } from "./own-middleware.ts";

const client = testClient(app, { raiseServerErrors: false });

it("answers early", async () => {
  expect((await client.get("/old/items")).status).toBe(410);
});

it("wraps one operation", async () => {
  const answer = await client.get("/tenant", { headers: { "x-tenant": "blue" } });
  expect(answer.json()).toBe("for blue");
  expect(answer.headers.get("x-powered-by")).toBe("swifts");
});

it("replaces the plain 500 of an error that was reported", async () => {
  const reported = vi.spyOn(console, "error").mockImplementation(() => {});
  const answer = await client.get("/broken");
  expect(answer.json()).toEqual({ detail: "Something broke", id: expect.any(String) });
  expect(reported).toHaveBeenCalledOnce();
  reported.mockRestore();
});
