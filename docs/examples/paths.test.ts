// What docs/applications.md says of paths.
import { App, get } from "apus";
import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { z } from "zod";
import { app } from "./paths.ts";

it.each([
  ["/sheets/march.json", 200, { name: "march" }],
  ["/sheets/march.csv", 404, { detail: "Not Found" }],
  ["/places/52.5,13.4", 200, { lat: 52.5, lon: 13.4 }],
  ["/places/here", 404, { detail: "Not Found" }],
  ["/files/2026/march.csv/versions", 200, { file: "2026/march.csv" }],
])("GET %s is answered %i, %j", async (path, status, body) => {
  const answer = await testClient(app).get(path);
  expect([answer.status, answer.json()]).toEqual([status, body]);
});

it("divides a path so that the first parameter has the most", async () => {
  const between = get("/{from}-{to}", { input: { from: z.string(), to: z.string() } }, (values) => values);
  expect((await testClient(new App().include({ between })).get("/a-b-c")).json()).toEqual({ from: "a-b", to: "c" });
});
