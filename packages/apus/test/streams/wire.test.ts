// Streams on the wire, the same through every adapter: what is sent, what is said before it, and what cannot be sent.
import { App, depends, event, events, header, HTTPException, json, jsonLines, response, stream } from "apus";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";

const Item = z.object({ name: z.string(), price: z.number().default(1), at: z.date().optional() });
const eventHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache",
  "x-accel-buffering": "no",
};

const outcome = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => "whole",
    () => "broken off",
  );

scenarios("Streams", (ask) => {
  test("JSON Lines: each item checked, filtered and written by its schema", async () => {
    const app = new App();
    app.get("/", { output: jsonLines(Item), status: 201 }, function* () {
      yield { name: "é\n", secret: "x" };
      yield { name: "b", price: 2.5, at: new Date(0) };
    });
    const answer = await ask(app, "GET /");
    expect([answer.status, answer.headers]).toEqual([201, { "content-type": "application/jsonl" }]);
    expect(answer.text).toBe('{"name":"é\\n","price":1}\n{"name":"b","price":2.5,"at":"1970-01-01T00:00:00Z"}\n');
  });

  test("without a schema items are written as they are", async () => {
    const app = new App();
    app.get("/", { output: jsonLines() }, async function* () {
      yield { a: new Set([1]), at: new Date(0) };
      yield "text";
      yield undefined;
      yield 2n ** 60n;
    });
    const { text } = await ask(app, "GET /");
    expect(text).toBe('{"a":[1],"at":"1970-01-01T00:00:00+00:00"}\n"text"\nnull\n1152921504606846976\n');
  });

  test("events: plain items and those that say more", async () => {
    const app = new App();
    app.get("/", { output: events(Item) }, async function* () {
      yield event({ comment: "begin" });
      yield { name: "a" };
      yield event({ data: { name: "b", secret: "x" } as { name: string }, event: "item", id: "1", retry: 50 });
      yield event({ rawData: "[DONE]\r\nevent: evil" });
    });
    const answer = await ask(app, "GET /");
    expect(answer.headers).toEqual(eventHeaders);
    expect(answer.text).toBe(
      [
        ": begin\n\n",
        'data: {"name":"a","price":1}\n\n',
        'event: item\ndata: {"name":"b","price":1}\nid: 1\nretry: 50\n\n',
        "data: [DONE]\ndata: event: evil\n\n",
      ].join(""),
    );
  });

  test("what the output leaves out is left out of items", async () => {
    const app = new App();
    app.get("/a", { output: jsonLines(Item), excludeUnset: true }, () => [{ name: "a" }]);
    app.get("/b", { output: events(Item), only: ["price"] }, () => [event({ data: { name: "a" } })]);
    app.get("/c", { output: events(Item), without: ["price"] }, () => [{ name: "a" }]);
    expect((await ask(app, "GET /a")).text).toBe('{"name":"a"}\n');
    expect((await ask(app, "GET /b")).text).toBe('data: {"price":1}\n\n');
    expect((await ask(app, "GET /c")).text).toBe('data: {"name":"a"}\n\n');
  });

  const sources: readonly [string, () => unknown][] = [
    ["a generator", function* () { yield* ["a", "b"]; }],
    ["an async generator", async function* () { yield* ["a", "b"]; }],
    ["a list", () => ["a", "b"]],
    ["a set, later", async () => new Set(["a", "b"])],
    ["an iterable", () => ({ *[Symbol.iterator]() { yield* ["a", "b"]; } })],
    ["an async iterable", () => ({ async *[Symbol.asyncIterator]() { yield* ["a", "b"]; } })],
    ["a ReadableStream", () => new ReadableStream({ start(c) { c.enqueue("a"); c.enqueue("b"); c.close(); } })],
  ]; // prettier-ignore

  test.each(sources)("%s is a source of items, and of a body", async (_, source) => {
    const app = new App();
    app.get("/lines", { output: jsonLines(z.string()) }, source as () => string[]);
    app.get("/events", { output: events(z.string()) }, source as () => string[]);
    app.get("/stream", { as: stream({ type: "text/plain" }) }, source as () => string[]);
    expect((await ask(app, "GET /lines")).text).toBe('"a"\n"b"\n');
    expect((await ask(app, "GET /events")).text).toBe('data: "a"\n\ndata: "b"\n\n');
    expect((await ask(app, "GET /stream")).text).toBe("ab");
  });

  test("bodies: with a type and without, of bytes and of text, declared and returned", async () => {
    const app = new App();
    const bytes = new Uint8Array([0, 255]);
    app.get("/png", { as: stream({ type: "image/png" }) }, function* () {
      yield bytes;
      yield "";
      yield new Uint8Array(0);
      yield "é";
    });
    app.get("/untyped", { as: stream, status: 202 }, () => bytes);
    app.get("/text", { as: stream({ type: "text/csv" }) }, () => "a,b");
    app.get("/value", () =>
      stream({ type: "text/csv" })(["a"], { status: 206, headers: { "X-A": "1" }, cookies: { c: "1" } }),
    );
    app.get("/plain", async () => stream(["a"], { headers: { "content-type": "text/x" } }));
    const png = await ask(app, "GET /png");
    expect([png.headers, [...png.bytes]]).toEqual([{ "content-type": "image/png" }, [0, 255, 0xc3, 0xa9]]);
    const untyped = await ask(app, "GET /untyped");
    expect([untyped.status, untyped.headers, [...untyped.bytes]]).toEqual([202, {}, [0, 255]]);
    const text = await ask(app, "GET /text");
    expect([text.headers, text.text]).toEqual([{ "content-type": "text/csv; charset=utf-8" }, "a,b"]);
    const value = await ask(app, "GET /value");
    expect([value.status, value.headers["x-a"], value.cookies[0]]).toEqual([206, "1", expect.stringMatching(/^c=1/)]);
    expect((await ask(app, "GET /plain")).headers).toEqual({ "content-type": "text/x" });
  });

  test("what dependencies say of the answer holds; in the midst of the stream it is too late", async () => {
    const app = new App();
    const headers = depends({ response }, ({ response }) => {
      response.status = 203;
      response.headers.set("x-a", "1");
      response.cookies.set("c", "1");
    });
    app.get("/", { input: { response }, dependencies: [headers], output: events() }, async function* ({ response }) {
      response.status = 418;
      response.headers.set("x-a", "2");
      yield 1;
    });
    const answer = await ask(app, "GET /");
    expect([answer.status, answer.headers["x-a"], answer.cookies]).toEqual([203, "1", [expect.stringMatching(/^c=1/)]]);
  });

  test("inputs and guards are asked before anything is sent, and replies are sent as they are", async () => {
    const app = new App();
    const begun: number[] = [];
    const guard = depends({ x_key: header(z.string().optional()) }, ({ x_key }) => {
      if (x_key === undefined) throw new HTTPException(401);
    });
    app.get("/", { input: { n: z.int() }, dependencies: [guard], output: events(z.int()) }, async function* ({ n }) {
      begun.push(n);
      yield n;
    });
    app.get("/reply", { output: jsonLines(Item) }, () => json({ any: 1 }, { status: 409 }));
    expect((await ask(app, "GET /?n=1")).status).toBe(401);
    expect((await ask(app, "GET /?n=x", { headers: { "x-key": "k" } })).status).toBe(422);
    expect(begun).toEqual([]);
    expect((await ask(app, "GET /?n=1", { headers: { "x-key": "k" } })).text).toBe("data: 1\n\n");
    const reply = await ask(app, "GET /reply");
    expect([reply.status, reply.text]).toEqual([409, '{"any":1}']);
  });

  test.each<[string, string | undefined, string]>([
    ["none", undefined, "0 1 2"],
    ["one", "0", "1 2"],
    ["the last", "2", ""],
  ])("Last-Event-ID: %s", async (_, last, expected) => {
    const app = new App();
    const input = { last_event_id: header(z.int().nullable().default(null)) };
    app.get("/", { input, output: events() }, function* ({ last_event_id }) {
      for (let i = (last_event_id ?? -1) + 1; i < 3; i++) yield event({ data: i, id: String(i) });
    });
    const answer = await ask(app, "GET /", last === undefined ? {} : { headers: { "last-event-id": last } });
    expect([...answer.text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id).join(" ")).toBe(expected);
    // An empty one is a value, as any other empty header is.
    expect((await ask(app, "GET /", { headers: { "last-event-id": "" } })).status).toBe(422);
  });

  test("an id that is empty or not ASCII comes as text", async () => {
    const app = new App();
    const input = { last_event_id: header(z.string().default("none")) };
    app.get("/", { input, output: events() }, function* ({ last_event_id }) {
      yield last_event_id;
    });
    expect((await ask(app, "GET /")).text).toBe('data: "none"\n\n');
    expect((await ask(app, "GET /", { headers: { "last-event-id": "" } })).text).toBe('data: ""\n\n');
  });

  test("HEAD has the headers, and nothing begins", async () => {
    const app = new App();
    const lines: string[] = [];
    const r = depends(function* () {
      yield "r";
      lines.push("leave r");
    });
    const handler = async function* (): AsyncGenerator<string> {
      lines.push("begin");
      yield "a";
    };
    app.get("/events", { input: { r }, output: events() }, handler);
    app.get("/lines", { output: jsonLines() }, handler);
    app.get("/stream", { as: stream({ type: "text/plain" }) }, handler);
    for (const path of ["/events", "/lines", "/stream"]) {
      const head = await ask(app, `HEAD ${path}`);
      expect([head.status, head.text]).toEqual([200, ""]);
      expect(lines.splice(0)).toEqual(path === "/events" ? ["leave r"] : []);
      expect((await ask(app, `GET ${path}`)).headers).toEqual(head.headers);
      lines.splice(0);
    }
  });

  test.each([204, 205, 304])(
    "a status of %d, which has no body: nothing begins, and the source is closed",
    async (status) => {
      const app = new App();
      const lines: string[] = [];
      const source = (): Iterable<string> & Iterator<string> => ({
      [Symbol.iterator]() { return this; },
      next: () => (lines.push("next"), { done: false, value: "a" }),
      return: () => (lines.push("return"), { done: true, value: undefined }),
    }); // prettier-ignore
      const says = depends({ response }, ({ response }) => void (response.status = status));
      app.get("/lines", { dependencies: [says], output: jsonLines() }, source);
      app.get("/stream", { dependencies: [says], as: stream }, source);
      for (const path of ["/lines", "/stream"]) {
        const answer = await ask(app, `GET ${path}`);
        expect([answer.status, answer.text, lines.splice(0)]).toEqual([status, "", ["return"]]);
      }
    },
  );

  describe("what is no stream is a 500, and the log says why", () => {
    test.each<[string, unknown, RegExp]>([
      ["nothing", undefined, /^APUS_STREAM: GET \/ \(read\) returned nothing to stream; make the handler a generator/],
      ["a number", 5, /^APUS_STREAM: GET \/ \(read\)/],
      ["an object", { a: 1 }, /^APUS_STREAM: GET \/ \(read\)/],
      ["options", { type: "text/plain" }, /^APUS_STREAM: GET \/ \(read\)/],
    ])("%s", async (_, value, message) => {
      for (const options of [{ output: events() }, { output: jsonLines() }, { as: stream }]) {
        const { found, report } = reports();
        const app = new App({ report });
        app.get(
          "/",
          { ...options, name: "read" } as object as { output: ReturnType<typeof events> },
          () => value as never,
        );
        expect((await ask(app, "GET /")).status).toBe(500);
        expect(found.map(({ error }) => (error as Error).message)).toEqual([expect.stringMatching(message)]);
      }
    });

    test.each<[string, () => unknown, RegExp]>([
      ["text for items", () => "abc", /^APUS_STREAM/],
      ["bytes for items", () => new Uint8Array(3), /^APUS_STREAM/],
    ])("%s", async (_, handler, message) => {
      const { found, report } = reports();
      const app = new App({ report });
      app.get("/", { output: jsonLines() }, handler as () => string[]);
      expect((await ask(app, "GET /")).status).toBe(500);
      expect((found[0]!.error as Error).message).toMatch(message);
    });

    test("an async iterator that nobody declared, and a stream that is read already", async () => {
      const { found, report } = reports();
      const app = new App({ report });
      const read = new ReadableStream<string>();
      read.getReader();
      app.get("/undeclared", () => (async function* () {})());
      app.get("/read", { as: stream }, () => read);
      expect((await ask(app, "GET /undeclared")).status).toBe(500);
      expect((await ask(app, "GET /read")).status).toBe(500);
      expect((found[0]!.error as Error).message).toMatch(/^APUS_GENERATOR: GET \/undeclared .*output: events\(\)/);
      expect(found[1]!.error).toBeInstanceOf(TypeError);
    });
  });

  describe("an error in the midst breaks the connection, is reported once, and is seen by request-scoped clean-up", () => {
    const boom = new Error("secret");
    const notFound = new HTTPException(404);
    const cases: readonly [string, () => unknown, unknown][] = [
      ["thrown by an async generator", async function* () { yield "a"; throw boom; }, boom],
      ["thrown by a generator", function* () { yield "a"; throw boom; }, boom],
      ["thrown before the first item", async function* () { if (boom.message !== "") throw boom; yield "a"; }, boom],
      ["an HTTPException", async function* () { yield "a"; throw notFound; }, notFound],
      ["of a ReadableStream", () => new ReadableStream({ pull(c) { c.error(boom); } }), boom],
      ["no error at all", async function* () { yield "a"; throw undefined; }, undefined],
    ]; // prettier-ignore

    test.each(cases)("%s", async (_, source, error) => {
      for (const options of [{ output: events(z.string()) }, { output: jsonLines(z.string()) }, { as: stream }]) {
        const { found, report } = reports();
        const seen: unknown[] = [];
        const app = new App({ report });
        const r = depends(async function* () {
          try {
            yield "r";
          } catch (caught) {
            seen.push(["caught", caught]);
            throw caught;
          }
        });
        const declared = { input: { r }, ...options } as object as { output: ReturnType<typeof jsonLines> };
        app.get("/", declared, source as () => string[]);
        expect(await outcome(ask(app, "GET /"))).toBe("broken off");
        await ask.close(app);
        expect(found).toHaveLength(1);
        if (error === notFound) {
          const message = /^APUS_LATE_ANSWER: HTTPException \(404\) was thrown when the answer had begun/;
          expect(found[0]!.error).toMatchObject({ message: expect.stringMatching(message), cause: notFound });
        } else expect(found[0]!.error).toBe(error);
        expect(seen).toEqual([["caught", error]]);
      }
    });

    test.each<[string, object, unknown, RegExp]>([
      [
        "an item that the schema does not allow",
        { output: jsonLines(Item) },
        { name: 5 },
        /^APUS_OUTPUT_MISMATCH: GET \/ .*response\.name/,
      ],
      ["the data of an event", { output: events(Item) }, event({ data: { name: 5 } }), /^APUS_OUTPUT_MISMATCH/],
      ["what JSON cannot say", { output: events() }, Number.NaN, /^APUS_NOT_JSON/],
      [
        "a piece that is neither text nor bytes",
        { as: stream },
        { a: 1 },
        /^APUS_STREAM: a stream got an object for a piece/,
      ],
      ["a piece that is not there", { as: stream }, undefined, /^APUS_STREAM: a stream got undefined/],
    ])("%s: the generator is closed", async (_, options, item, message) => {
      const { found, report } = reports();
      const lines: string[] = [];
      const app = new App({ report });
      app.get("/", options as { output: ReturnType<typeof jsonLines> }, async function* () {
        try {
          yield item as never;
          lines.push("went on");
        } finally {
          lines.push("closed");
        }
      });
      expect(await outcome(ask(app, "GET /"))).toBe("broken off");
      await ask.close(app);
      expect(lines).toEqual(["closed"]);
      expect(found.map(({ error }) => (error as Error).message)).toEqual([expect.stringMatching(message)]);
    });

    test("a wrong event is refused where it is made", async () => {
      const { found, report } = reports();
      const app = new App({ report });
      app.get("/", { output: events() }, async function* () {
        yield event({ id: "a\nb" });
      });
      expect(await outcome(ask(app, "GET /"))).toBe("broken off");
      expect((found[0]!.error as Error).message).toMatch(/^APUS_EVENT/);
    });
  });

  test("a long stream arrives whole and in order", async () => {
    const app = new App();
    app.get("/", { output: jsonLines(z.int()) }, function* () {
      for (let i = 0; i < 20_000; i++) yield i;
    });
    const { text } = await ask(app, "GET /");
    expect(text).toBe(Array.from({ length: 20_000 }, (_, i) => `${i}\n`).join(""));
  });
});
