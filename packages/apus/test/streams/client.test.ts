// Streams through the typed client, over a real server and in process.
import { createClient, NetworkError, UnexpectedAnswer } from "apus/client";
import { testClient } from "apus/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { serve } from "../serve.ts";
import { api, closings, streaming } from "./api.ts";

const ways: readonly [string, () => Promise<{ baseUrl: string; fetch?: typeof fetch }>][] = [
  [
    "a server",
    async () => {
      const server = await serve(streaming(), { port: 0, signals: false });
      onTestFinished(() => server.close());
      return { baseUrl: server.url };
    },
  ],
  ["an app in process", async () => ({ baseUrl: "http://testserver", fetch: testClient(streaming()).fetch })],
];

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of items) found.push(each);
  return found;
}

describe.each(ways)("%s", (way, open) => {
  const client = async () => createClient<typeof api>(await open());

  test("items and events arrive one by one, with their types", async () => {
    const { value } = await (await client()).get("/items", { errors: [] });
    const items: { name: string; price: number }[] = await all(value);
    expect(items).toEqual([
      { name: "a", price: 1 },
      { name: "b", price: 2 },
    ]);
    const events = await all((await (await client()).get("/news", { errors: [] })).value);
    const [first]: { data: { name: string; price: number }; event: string; id: string }[] = events;
    expect(first).toEqual({ data: { name: "a", price: 1 }, rawData: '{"name":"a","price":1}', event: "new", id: "7", retry: undefined }); // prettier-ignore
    expect(events.map(({ id }) => id)).toEqual(["7", "7"]);
  });

  test("leaving the loop closes the generator", async () => {
    const closed = closings.next();
    const seen: number[] = [];
    for await (const { data } of (await (await client()).get("/endless", { errors: [] })).value) {
      if (seen.push(data) === 3) break;
    }
    await closed;
    expect(seen).toEqual([0, 1, 2]);
  });

  test("so does the signal, which the loop throws, long after the call", async () => {
    const closed = closings.next();
    const controller = new AbortController();
    const { value } = await (await client()).get("/endless", { errors: [], signal: controller.signal, timeout: 5000 });
    const reading = (async () => {
      for await (const { data } of value) if (data === 3) controller.abort(new Error("enough"));
    })();
    await expect(reading).rejects.toThrow("enough");
    await closed;
  });

  test("the time-out is over when the stream begins", async () => {
    const { value } = await (await client()).get("/slow", { errors: [], timeout: 1000 });
    const numbers = value[Symbol.asyncIterator]();
    expect((await numbers.next()).value).toBe(1);
  });

  test("a stream that breaks off", async () => {
    const { value } = await (await client()).get("/broken", { errors: [] });
    const numbers = value[Symbol.asyncIterator]();
    expect((await numbers.next()).value).toBe(1);
    const error: unknown = await numbers.next().catch((thrown: unknown) => thrown);
    if (way === "a server") expect(error).toBeInstanceOf(NetworkError);
    else expect(error).toMatchObject({ message: "boom" });
  });

  test("bytes while they arrive, or the whole as text or bytes", async () => {
    const asked = await client();
    const pieces: Uint8Array[] = await all((await asked.get("/logo", { as: "stream", errors: [] })).value);
    expect(Buffer.concat(pieces).toString()).toBe("logo");
    expect((await asked.get("/logo", { errors: [] })).value).toBe("logo");
    expect((await asked.get("/items", { as: "text", errors: [] })).value).toBe(
      '{"name":"a","price":1}\n{"name":"b","price":2}\n',
    );
    expect((await asked.get("/news", { as: "bytes", errors: [] })).value).toBeInstanceOf(Uint8Array);
  });

  test("errors before the stream are those of any call, and HEAD has no value", async () => {
    const asked = await client();
    const refused = await asked.get("/guarded", { query: { n: 1 } });
    expect(refused).toMatchObject({ ok: false, status: 404, body: { detail: "No such feed" } });
    const wrong = await asked.get("/guarded", { query: { n: "x" as unknown as number } });
    expect(wrong.status).toBe(422);
    await expect(asked.get("/guarded", { query: { n: 1 }, errors: [] })).rejects.toBeInstanceOf(UnexpectedAnswer);
    expect((await asked.head("/items")).value).toBeUndefined();
  });
});
