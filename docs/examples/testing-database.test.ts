// One pool for the file, and a transaction for each test that is rolled back after it.
import { depends } from "apus";
import { testClient } from "apus/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { app, currentUser, session } from "./dependencies.ts";
import { openPool, type Pool } from "./pool.ts";

let pool: Pool;
let transaction: ReturnType<Pool["transaction"]>;
beforeAll(async () => void (pool = await openPool()));
afterAll(() => pool.close());
beforeEach(() => void (transaction = pool.transaction()));
afterEach(() => transaction.rollback());

// Asked at each request, so that it is the transaction of the test which runs.
const client = testClient(app, {
  overrides: [
    [session, depends(() => transaction)],
    [currentUser, depends(() => ({ name: "Grace", scopes: ["notes:write"] }))],
  ],
});

it("adds a note", async () => {
  expect((await client.post("/notes", { json: { text: "A moth!" } })).json()).toBe("Grace: A moth!");
});

it("finds nothing of the test before it", async () => {
  expect((await client.get("/notes")).json()).toEqual([]);
});
