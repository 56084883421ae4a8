// What the compiler says of streams: what handlers may yield, and what clients read.
import { App, event, events, get, json, jsonLines, router, stream, type ServerSentEvent } from "apus";
import { createClient, type ReceivedEvent } from "apus/client";
import { testClient, type TestResponse, type TestStream } from "apus/testing";
import { z } from "zod";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};

const Item = z.object({ name: z.string(), kind: z.enum(["a", "b"]), at: z.date().optional(), n: z.int().default(1) });

// what handlers yield
{
  // items as the schema gives them, literals without further ado
  {
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
  }

  // nothing else
  {
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
  }

  // bodies
  {
    get("/", { as: stream({ type: "a/b" }) }, function* () { yield "a"; yield new Uint8Array(1); }); // prettier-ignore
    get("/", { as: stream }, async () => new ReadableStream<Uint8Array>());
    get("/", { as: stream }, () => "whole");
    get("/", () => stream({ type: "a/b" })(["a"], { status: 201 }));
    get("/", () => stream(["a"]));
  }
}

const api = router({
  lines: get("/lines", { output: jsonLines(Item) }, () => []),
  thin: get("/thin", { output: jsonLines(Item), only: ["name"] }, () => []),
  events: get("/events", { output: events(Item) }, () => []),
  untyped: get("/untyped", { output: jsonLines() }, function* () { yield { at: new Date(), tags: new Set(["a"]) }; }), // prettier-ignore
  mixed: get("/mixed", { output: events() }, async function* () { yield event({ data: 1 }); yield event({ data: "a" as string }); }), // prettier-ignore
  body: get("/body", { as: stream({ type: "image/png" }) }, () => "x"),
});
const client = createClient<typeof api>({ baseUrl: "http://a" });

// what clients read
interface Read {
  name: string;
  kind: "a" | "b";
  at?: string | undefined;
  n: number;
}
const lines = (await client.get("/lines", { errors: [] })).value;
for await (const item of lines) same<typeof item, Read>(true);
for await (const item of (await client.get("/thin", { errors: [] })).value) same<typeof item, { name: string }>(true);
for await (const each of (await client.get("/events", { errors: [] })).value) {
  same<typeof each, ReceivedEvent<Read>>(true);
}
for await (const item of (await client.get("/untyped", { errors: [] })).value) {
  same<typeof item, { at: string; tags: string[] }>(true);
}
for await (const { data } of (await client.get("/mixed", { errors: [] })).value) same<typeof data, string | 1>(true);
const body = (await client.get("/body", { errors: [] })).value;
same<typeof body, string>(true);
const pieces = (await client.get("/body", { errors: [], as: "stream" })).value;
same<typeof pieces, AsyncIterable<Uint8Array>>(true);

// events and the test client
const numbered = event({ data: 1 });
same<typeof numbered, ServerSentEvent<1>>(true);
const raw = event({ rawData: "x" });
same<typeof raw, ServerSentEvent<never>>(true);
const asking = testClient(new App());
const whole = await asking.get("/");
same<typeof whole, TestResponse>(true);
const read = await asking.get("/", { stream: true });
same<typeof read, TestStream>(true);
const put = await asking.request("PUT", "/", { stream: true });
same<typeof put, TestStream>(true);
