import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { app } from "./middleware.ts";

const client = testClient(app, { baseUrl: "https://api.example.com" });
const origin = "https://pr-7.preview.example.com";

it("answers with what every middleware adds", async () => {
  const answer = await client.get("/", { headers: { origin } });
  expect(answer.json()).toEqual({ id: answer.headers.get("x-request-id") });
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "access-control-allow-origin": origin,
    "permissions-policy": "camera=(), microphone=()",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    vary: "Origin",
  });
  expect(Number(answer.headers.get("x-process-time"))).toBeGreaterThanOrEqual(0);
  expect(answer.headers.get("server-timing")).toMatch(/^total;dur=/);
});

it("answers a refused host with an id and to the page that asked", async () => {
  const { status, headers } = await client.get("/", { headers: { host: "evil.example", origin } });
  expect(status).toBe(400);
  expect(headers.get("access-control-allow-origin")).toBe(origin);
  expect(headers.has("x-request-id")).toBe(true);
});

it("sends plain http to https", async () => {
  const plain = testClient(app, { baseUrl: "http://api.example.com", followRedirects: false });
  expect((await plain.get("/items?q=1")).headers.get("location")).toBe("https://api.example.com/items?q=1");
});
