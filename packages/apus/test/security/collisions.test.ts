// Names that a stranger chooses: as many as a hash table can take even where all of them fall on one place.
import { App, body, form, get, post, query, request } from "apus";
import { testClient } from "apus/testing";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `k${i}`);
const objectOf = (count: number): string => JSON.stringify(Object.fromEntries(names(count).map((name) => [name, 1])));

describe("names of strangers", () => {
  const app = new App();
  app.include({
    record: post(
      "/record",
      { input: { given: body(z.record(z.string(), z.int())) } },
      ({ given }) => Object.keys(given).length,
    ),
    free: post("/free", { input: { given: body(z.unknown()) } }, () => "taken"),
    raw: post(
      "/raw",
      { input: { request } },
      async (given) => Object.keys((await given.request.json()) as object).length,
    ),
    fields: post("/fields", { input: { k1: form(z.string()) } }, ({ k1 }) => k1),
    model: post("/model", { input: { all: form(z.object({ k1: z.string() })) } }, ({ all }) => all.k1),
    found: get("/found", { input: { k1: query(z.string()) } }, ({ k1 }) => k1),
  });
  const client = testClient(app);

  test.each(["/record", "/free", "/raw"])("row 48: an object of JSON at %s has 10,000 at most", async (path) => {
    const json = { "content-type": "application/json" };
    expect((await client.post(path, { body: objectOf(10_000), headers: json })).status).toBe(200);
    for (const text of [objectOf(10_001), `[{"a":[${objectOf(10_001)}]}]`, `{"k":NaN,${objectOf(10_000).slice(1)}`]) {
      const answer = await client.post(path, { body: text, headers: json });
      expect([answer.status, answer.json()]).toEqual([400, { detail: "There was an error parsing the body" }]);
    }
  });

  test.each(["/fields", "/model"])("row 48: a form at %s has 1,000", async (path) => {
    const of = (count: number): Promise<{ status: number; text: string }> =>
      client.post(path, {
        body: names(count)
          .map((name) => `${name}=1`)
          .join("&"),
        headers: { "content-type": "application/x-www-form-urlencoded" },
      });
    expect((await of(1000)).status).toBe(200);
    const more = await of(1001);
    expect([more.status, more.text]).toEqual([400, '{"detail":"Too many fields. Maximum number of fields is 1000."}']);
  });

  test("row 48: query parameters and cookies are looked up in the order they came, in no table", async () => {
    const many = names(1000);
    const answer = await client.get(`/found?${many.map((name) => `${name}=${name}`).join("&")}`, {
      headers: { cookie: many.map((name) => `${name}=1`).join("; ") },
    });
    expect([answer.status, answer.json()]).toEqual([200, "k1"]);
  });
});
