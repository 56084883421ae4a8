/** What the test client sends. */
import { App, get, header } from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { testClient } from "./index.ts";

const seen = get("/seen", { input: { all: header(z.looseObject({})) } }, ({ all }) => all);
const client = testClient(new App().include({ seen }));

test("the headers that every request carries, unless they are replaced or left out", async () => {
  const usual = {
    accept: "*/*",
    "accept-encoding": "gzip, deflate",
    connection: "keep-alive",
    "user-agent": "testclient",
  };
  expect((await client.get("/seen")).json()).toEqual({ host: "testserver", ...usual });
  expect((await client.get("/seen", { headers: { Accept: "text/html" } })).json()).toMatchObject({
    accept: "text/html",
  });
  const repeated = [
    ["x-tag", "one"],
    ["x-tag", "two"],
  ] as const;
  expect((await client.get("/seen", { defaultHeaders: false, headers: repeated })).json()).toEqual({
    host: "testserver",
    "x-tag": ["one", "two"],
  });
});
