/** What the compiler says of streams: what handlers may yield, and what clients read. */
import { event, events, get, json, jsonLines, router, ServerSentEvent, stream } from "apus";
import { createClient, type ReceivedEvent } from "apus/client";
import { testClient, type TestResponse, type TestStream } from "apus/testing";
import { App } from "apus";
import { describe, expectTypeOf, test } from "vitest";
import { z } from "zod";

const Item = z.object({ name: z.string(), kind: z.enum(["a", "b"]), at: z.date().optional(), n: z.int().default(1) });

describe("what handlers yield", () => {
  test("items as the schema gives them, literals without further ado", () => {
    get("/", { output: jsonLines(Item) }, function* () {
      yield { name: "x", kind: "a" };
      yield { name: "x", kind: "b", at: new Date(), n: 2 };
    });
    get("/", { output: events(Item) }, async function* () {
      yield { name: "x", kind: "a" };
      yield event({ data: { name: "x", kind: "b" }, id: "1" });
      yield event({ rawData: "[DONE]" });
      yield event({ comment: "c" });
    });
    get("/", { output: jsonLines(Item) }, () => [{ name: "x", kind: "a" }]);
    get("/", { output: jsonLines(Item) }, async () => json({ other: 1 }));
    get("/", { output: jsonLines(Item) }, async () => new ReadableStream<{ name: string; kind: "a" }>());
  });

  test("nothing else", () => {
    // @ts-expect-error a key is missing
    get("/", { output: jsonLines(Item) }, function* () { yield { name: "x" }; }); // prettier-ignore
    // @ts-expect-error another type
    get("/", { output: jsonLines(Item) }, async function* () { yield { name: 5, kind: "a" } as const; }); // prettier-ignore
    // @ts-expect-error the data of an event is an item
    get("/", { output: events(Item) }, function* () { yield event({ data: { name: "x" } }); }); // prettier-ignore
    // @ts-expect-error lines are no events
    get("/", { output: jsonLines(Item) }, function* () { yield event({ data: { name: "x", kind: "a" } }); }); // prettier-ignore
    // @ts-expect-error one item is no stream
    get("/", { output: jsonLines(Item) }, () => ({ name: "x", kind: "a" }) as const);
    // @ts-expect-error a number is no piece of a body
    get("/", { as: stream({ type: "a/b" }) }, function* () { yield 1; }); // prettier-ignore
    // @ts-expect-error a key that the items do not have
    get("/", { output: jsonLines(Item), only: ["nmae"] }, () => []);
  });

  test("bodies", () => {
    get("/", { as: stream({ type: "a/b" }) }, function* () { yield "a"; yield new Uint8Array(1); }); // prettier-ignore
    get("/", { as: stream }, async () => new ReadableStream<Uint8Array>());
    get("/", { as: stream }, () => "whole");
    get("/", () => stream({ type: "a/b" })(["a"], { status: 201 }));
    get("/", () => stream(["a"]));
  });
});

const api = router({
  lines: get("/lines", { output: jsonLines(Item) }, () => []),
  thin: get("/thin", { output: jsonLines(Item), only: ["name"] }, () => []),
  events: get("/events", { output: events(Item) }, () => []),
  untyped: get("/untyped", { output: jsonLines() }, function* () { yield { at: new Date(), tags: new Set(["a"]) }; }), // prettier-ignore
  mixed: get("/mixed", { output: events() }, async function* () { yield event({ data: 1 }); yield event({ data: "a" as string }); }), // prettier-ignore
  body: get("/body", { as: stream({ type: "image/png" }) }, () => "x"),
});
const client = createClient<typeof api>({ baseUrl: "http://a" });

test("what clients read", async () => {
  interface Read {
    name: string;
    kind: "a" | "b";
    at?: string | undefined;
    n: number;
  }
  const lines = (await client.get("/lines", { errors: [] })).value;
  expectTypeOf(lines[Symbol.asyncIterator]().next).returns.resolves.toMatchTypeOf<{ value: Read | unknown }>();
  for await (const item of lines) expectTypeOf(item).toEqualTypeOf<Read>();
  for await (const item of (await client.get("/thin", { errors: [] })).value) {
    expectTypeOf(item).toEqualTypeOf<{ name: string }>();
  }
  for await (const each of (await client.get("/events", { errors: [] })).value) {
    expectTypeOf(each).toEqualTypeOf<ReceivedEvent<Read>>();
  }
  for await (const item of (await client.get("/untyped", { errors: [] })).value) {
    expectTypeOf(item).toEqualTypeOf<{ at: string; tags: string[] }>();
  }
  for await (const { data } of (await client.get("/mixed", { errors: [] })).value) {
    expectTypeOf(data).toEqualTypeOf<string | 1>();
  }
  expectTypeOf((await client.get("/body", { errors: [] })).value).toEqualTypeOf<string>();
  expectTypeOf((await client.get("/body", { errors: [], as: "stream" })).value).toEqualTypeOf<
    AsyncIterable<Uint8Array>
  >();
});

test("events and the test client", async () => {
  expectTypeOf(event({ data: 1 })).toEqualTypeOf<ServerSentEvent<1>>();
  expectTypeOf(event({ rawData: "x" })).toEqualTypeOf<ServerSentEvent<never>>();
  const test = testClient(new App());
  expectTypeOf(test.get("/")).resolves.toEqualTypeOf<TestResponse>();
  expectTypeOf(test.get("/", { stream: true })).resolves.toEqualTypeOf<TestStream>();
  expectTypeOf(test.request("PUT", "/", { stream: true })).resolves.toEqualTypeOf<TestStream>();
});
