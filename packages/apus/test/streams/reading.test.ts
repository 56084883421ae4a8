// `stream: true` of the test client: answers that are read while they are sent, and left before their end.
import { App, event, events, json, jsonLines, redirect, signal, stream } from "apus";
import { testClient, type TestStream } from "apus/testing";
import { describe, expect, test } from "vitest";
import { tracing } from "../dependencies/trace.ts";

const decoder = new TextDecoder();

function counting() {
  const { lines, scoped } = tracing();
  const app = new App({ report: () => {} });
  app.get("/", { input: { r: scoped("r", "request"), signal }, output: events() }, async function* ({ signal }) {
    try {
      for (let i = 0; ; i++) yield i;
    } finally {
      lines.push(`closed, aborted: ${signal.aborted}`);
    }
  });
  app.get("/three", { output: jsonLines() }, () => [1, 2, 3]);
  app.get("/events", { output: events() }, function* () {
    yield event({ comment: "c", data: { a: 1 }, event: "x", id: "1", retry: 5 });
    yield event({ rawData: "a\nb" });
  });
  app.get("/text", { as: stream({ type: "text/plain" }) }, () => ["a\nb", "\r\nc"]);
  app.get("/json", () => json({ a: 1 }, { cookies: { c: "1" } }));
  app.get("/elsewhere", () => redirect("/three"));
  app.get("/none", { status: 204 }, () => {});
  app.get("/broken", { output: jsonLines() }, function* () {
    yield 1;
    throw new Error("boom");
  });
  return { app, lines, client: testClient(app) };
}

const left = ["enter r", "closed, aborted: true", "leave r"];

test("what an answer says is there before its body", async () => {
  const { client, lines } = counting();
  const answer = await client.get("/", { stream: true });
  expect([answer.status, answer.ok, answer.url]).toEqual([200, true, "http://testserver/"]);
  expect(answer.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(lines).toEqual(["enter r"]);
  await answer.close();
  await answer.close();
});

const leaving: readonly [string, (answer: TestStream) => Promise<void>][] = [
  ["closing it unread", (answer) => answer.close()],
  [
    "closing it after two events, one by one",
    async (answer) => {
      const events = answer.events<number>();
      expect((await events.next()).value).toMatchObject({ data: 0 });
      expect((await events.next()).value).toMatchObject({ data: 1 });
      await answer.close();
      expect(await events.next()).toEqual({ done: true, value: undefined });
    },
  ],
  [
    "leaving the loop",
    async (answer) => {
      for await (const { data } of answer.events<number>()) if (data === 2) break;
    },
  ],
  [
    "the end of the block",
    async (answer) => {
      await using used = answer;
      await used.chunks().next();
    },
  ],
];

test.each(leaving)("%s is leaving the server, which has let go of everything then", async (how, leave) => {
  const { client, lines } = counting();
  await leave(await client.get("/", { stream: true }));
  // What was never begun is never closed either.
  expect(lines).toEqual(how === "closing it unread" ? ["enter r", "leave r"] : left);
});

test("the test's own signal leaves as well, and the loop throws its reason", async () => {
  const { client, lines } = counting();
  const controller = new AbortController();
  const answer = await client.get("/", { stream: true, signal: controller.signal });
  const reading = (async () => {
    for await (const { data } of answer.events<number>()) if (data === 3) controller.abort(new Error("enough"));
  })();
  await expect(reading).rejects.toThrow("enough");
  expect(lines).toEqual(left);
});

describe("four ways to read", () => {
  const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
    const found: T[] = [];
    for await (const each of items) found.push(each);
    return found;
  };

  test("chunks, as the app sends them", async () => {
    const { client } = counting();
    const chunks = await all((await client.get("/three", { stream: true })).chunks());
    expect(chunks.map((each) => decoder.decode(each))).toEqual(["1\n", "2\n", "3\n"]);
  });

  test("lines, JSON Lines and events", async () => {
    const { client } = counting();
    expect(await all((await client.get("/text", { stream: true })).lines())).toEqual(["a", "b", "c"]);
    expect(await all((await client.get("/three", { stream: true })).jsonLines<number>())).toEqual([1, 2, 3]);
    expect(await all((await client.get("/events", { stream: true })).events())).toEqual([
      { data: { a: 1 }, rawData: '{"a":1}', event: "x", id: "1", retry: 5 },
      { data: "a\nb", rawData: "a\nb", event: "message", id: "1", retry: 5 },
    ]);
  });

  test("once: what has been read is not there any more", async () => {
    const { client } = counting();
    const answer = await client.get("/three", { stream: true });
    expect(await all(answer.lines())).toEqual(["1", "2", "3"]);
    expect(await all(answer.lines())).toEqual([]);
  });

  test("answers that are no streams, after redirects and without a body", async () => {
    const { client } = counting();
    const answer = await client.get("/json", { stream: true });
    expect([answer.cookies.get("c")?.value, await all(answer.lines())]).toEqual(["1", ['{"a":1}']]);
    const redirected = await client.get("/elsewhere", { stream: true });
    expect([redirected.history.length, redirected.url]).toEqual([1, "http://testserver/three"]);
    expect(await all(redirected.jsonLines())).toEqual([1, 2, 3]);
    const none = await client.get("/none", { stream: true });
    expect([none.status, await all(none.chunks())]).toEqual([204, []]);
    await none.close();
  });
});

test.each<[string, boolean, string]>([
  ["as it was thrown", true, "boom"],
  ["as a break", false, "The stream broke off"],
])("a stream that breaks off is seen %s", async (_, raiseServerErrors, message) => {
  const client = counting().client.with({ raiseServerErrors });
  const items = (await client.get("/broken", { stream: true })).jsonLines();
  expect((await items.next()).value).toBe(1);
  await expect(items.next()).rejects.toThrow(message);
});
