// A stream that is read while it is sent, and left before its end.
import { createClient } from "apus/client";
import { testClient } from "apus/testing";
import { expect, it } from "vitest";
import { api, app } from "./streams.ts";

const client = testClient(app);

it("begins behind the event that the client saw last", async () => {
  await using answer = await client.get("/news", { headers: { "last-event-id": "0" }, stream: true });
  const events = answer.events<{ item: string }>();
  const { value } = await events.next();
  expect(value).toMatchObject({ data: { item: "cake" }, event: "price", id: "1", retry: 5_000 });
}); // the block ends, and the client leaves

it("is read whole like any other answer", async () => {
  const answer = await client.get("/export");
  expect(answer.headers.get("content-type")).toBe("application/jsonl");
  expect(answer.text).toBe('{"item":"tea","price":2.5}\n{"item":"cake","price":4}\n{"item":"jam","price":3}\n');
});

it.each([
  ["/history/tea", 200, '{"item":"tea","price":2.5}\n'],
  ["/history/coal", 404, '{"detail":"No such item"}'],
])("%s is answered %i", async (path, status, text) => {
  const answer = await client.get(path);
  expect([answer.status, answer.text]).toEqual([status, text]);
});

it("begins anew for a client whose last id is empty", async () => {
  const { status, text } = await client.get("/news", { headers: { "last-event-id": "" } });
  expect(status).toBe(200);
  expect(text).toContain("tea");
});

it("is a loop in the typed client", async () => {
  const typed = createClient<typeof api>({ baseUrl: "http://testserver", fetch: client.fetch });
  const items: string[] = [];
  for await (const { data } of (await typed.get("/news", { errors: [] })).value) {
    items.push(data.item);
    if (data.item === "cake") break; // the server stops, too
  }
  expect(items).toEqual(["tea", "cake"]);
});

it.each([
  ["/prices.csv", "text/csv; charset=utf-8", "item,price\ntea,2.5\ncake,4\njam,3\n"],
  ["/download", "text/plain; charset=utf-8", "tea\ncake\njam\n"],
])("%s", async (path, type, text) => {
  const answer = await client.get(path);
  expect([answer.headers.get("content-type"), answer.text]).toEqual([type, text]);
});
