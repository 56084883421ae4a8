// Streams: what is sent is what was yielded, nothing is made that nobody takes, and nothing goes on for a client that left.
import { connect } from "node:net";
import { App, event, events, get, jsonLines, stream } from "apus";
import { testClient } from "apus/testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { serve } from "../serve.ts";

const breaks = ["\n", "\r", "\r\n", "\n\n", "\r\r", "\u2028", "\u2029", "\u0085", "\0"];

describe("events", () => {
  test.each(breaks)("row 35: data with %j is data of one event", async (ends) => {
    const text = `a${ends}event: admin${ends}data: b${ends}${ends}id: 7${ends}retry: 1${ends}: c`;
    const app = new App();
    app.include({
      raw: get("/raw", { output: events() }, function* () {
        yield event({ rawData: text, event: "mine" });
      }),
      json: get("/json", { output: events(z.string()) }, function* () {
        yield text;
      }),
      comment: get("/comment", { output: events() }, function* () {
        yield event({ comment: text, data: 1 });
      }),
    });
    const client = testClient(app);
    const seen = async (
      path: string,
    ): Promise<readonly { event: string; data: unknown; id: string; retry?: number | undefined }[]> => {
      await using answer = await client.get(path, { stream: true });
      const found = [];
      for await (const each of answer.events()) found.push(each);
      return found;
    };
    expect(await seen("/json")).toEqual([expect.objectContaining({ data: text })]);
    expect(await seen("/comment")).toEqual([expect.objectContaining({ data: 1 })]);
    const [first, ...more] = (await client.get("/raw")).text.split("\n\n");
    expect(more).toEqual([""]);
    expect(
      first!.split(/\r\n|\r|\n/).every((line, i) => (i === 0 ? line === "event: mine" : line.startsWith("data: "))),
    ).toBe(true);
  });

  test.each(["\n", "\r", "\r\n"])("row 35: an event or id with %j is refused where it is made", (ends) => {
    for (const name of ["event", "id"]) {
      expect(() => event({ [name]: `a${ends}data: b` })).toThrow(/^APUS_EVENT: /);
    }
    expect(() => event({ id: "a\0b" })).toThrow(/^APUS_EVENT: /);
    expect(() => event({ retry: `1${ends}data: b` as never })).toThrow(/^APUS_EVENT: /);
  });

  test.each(breaks)("row 35: a line of JSON Lines with %j is one line", async (ends) => {
    const app = new App();
    const value = { a: `b${ends}{"admin":true}${ends}` };
    app.include(
      get("/", { output: jsonLines() }, function* () {
        yield value;
        yield value;
      }),
    );
    const { text } = await testClient(app).get("/");
    expect(text.split("\n").map((line) => (line === "" ? "" : JSON.parse(line)))).toEqual([value, value, ""]);
  });
});

describe("back-pressure", () => {
  const piece = "x".repeat(64 * 1024);
  const endings: Promise<string>[] = [];
  let made = 0;

  /** Counts what it made, and says when it is let go. */
  function source<T>(item: T): AsyncGenerator<T> {
    let told!: (how: string) => void;
    endings.push(new Promise((resolve) => (told = resolve)));
    return (async function* () {
      try {
        for (;;) {
          made++;
          yield item;
          await new Promise(setImmediate);
        }
      } finally {
        told("closed");
      }
    })();
  }
  const bytes = new TextEncoder().encode(piece);
  const app = new App();
  app.include({
    pieces: get("/pieces", { as: stream({ type: "text/plain" }) }, () => source(piece)),
    events: get("/events", { output: events(z.string()) }, () => source(piece)),
    lines: get("/lines", { output: jsonLines(z.string()) }, () => source(piece)),
    response: get("/response", () => {
      const from = source(bytes);
      return new Response(
        new ReadableStream<Uint8Array>(
          {
            pull: async (controller) => controller.enqueue((await from.next()).value as Uint8Array),
            cancel: async () => void (await from.return(undefined)),
          },
          { highWaterMark: 0 },
        ),
      );
    }),
  });

  test.each(["/pieces", "/events", "/lines", "/response"])(
    "row 45: of %s no more is made than the client takes, and nothing once it has left",
    async (path) => {
      made = 0;
      endings.length = 0;
      const server = await serve(app, { port: 0, signals: false });
      onTestFinished(() => server.close());
      const socket = connect({ host: server.host, port: server.port });
      onTestFinished(() => void socket.destroy());
      let read = 0;
      socket.on("data", (chunk) => (read += chunk.length));
      await new Promise((resolve) => socket.once("connect", resolve));
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      await vi.waitFor(() => expect(read).toBeGreaterThan(10 * piece.length));
      socket.pause();
      // It stands still once what lies between the two is full: buffers of both systems and one piece of the stream.
      let before = -1;
      await vi.waitFor(
        () => {
          const still = before === made;
          before = made;
          expect(still).toBe(true);
        },
        { interval: 300, timeout: 20_000 },
      );
      expect(made * piece.length - read).toBeLessThan(32 * 1024 * 1024);
      socket.destroy();
      expect(await endings[0]).toBe("closed");
      const last = made;
      await new Promise(setImmediate);
      expect(made).toBe(last);
    },
  );

  test.each(["/pieces", "/events", "/lines", "/response"])(
    "row 45: %s through app.fetch is not begun before it is read, and ends when it is cancelled",
    async (path) => {
      made = 0;
      endings.length = 0;
      const answer = await app.fetch(new Request(`http://localhost${path}`));
      for (let i = 0; i < 20; i++) await new Promise(setImmediate);
      expect(made).toBeLessThanOrEqual(1);
      const reader = answer.body!.getReader();
      await reader.read();
      await reader.cancel();
      expect(await endings[0]).toBe("closed");
      expect(made).toBeLessThanOrEqual(3);
    },
  );
});
