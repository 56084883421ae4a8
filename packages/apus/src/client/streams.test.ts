// Streams as clients read them: the protocol's own examples, and every way to cut bytes into pieces.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEvents, readJsonLines, readLines, readPieces } from "./streams.ts";

const encoder = new TextEncoder();

async function* pieces(...given: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const each of given) yield typeof each === "string" ? encoder.encode(each) : each;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of items) found.push(each);
  return found;
}

const eventsOf = (...given: readonly (string | Uint8Array)[]) => all(readEvents(pieces(...given)));

/** An event with what it says by default. */
const said = (rawData: string, more: object = {}) => ({
  data: rawData,
  rawData,
  event: "message",
  id: "",
  retry: undefined,
  ...more,
});

describe("Server-Sent Events", () => {
  // The examples of the standard (WHATWG HTML, section 9.2.6).
  test.each<[string, string, readonly object[]]>([
    ["lines of data", "data: YHOO\ndata: +2\ndata: 10\n\n", [said("YHOO\n+2\n10", { data: "YHOO\n+2\n10" })]],
    [
      "comments, ids and spaces",
      ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
      [said("first event", { id: "1" }), said("second event"), said(" third event")],
    ],
    ["empty data, and an event that is not complete", "data\n\ndata\ndata\n\ndata:", [said(""), said("\n")]],
    ["with and without a space", "data:test\n\ndata: test\n\n", [said("test"), said("test")]],
  ])("the standard's example: %s", async (_, text, expected) => {
    expect(await eventsOf(text)).toEqual(expected);
  });

  test.each<[string, string, readonly object[]]>([
    ["CR", "data: a\rdata: b\r\rdata: c\r\r", [said("a\nb"), said("c")]],
    ["CRLF", "data: a\r\ndata: b\r\n\r\n", [said("a\nb")]],
    ["a byte order mark", "\ufeffdata: a\n\n", [said("a")]],
    ["a type, for one event alone", "event: x\ndata: a\n\ndata: b\n\n", [said("a", { event: "x" }), said("b")]],
    ["a type without data", "event: x\n\ndata: b\n\n", [said("b")]],
    [
      "an id that stays",
      "id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n",
      [said("a", { id: "1" }), said("b", { id: "1" }), said("c")],
    ],
    ["an id with NUL", "id: 1\0\ndata: a\n\n", [said("a")]],
    ["a time that stays", "retry: 10\n\nretry: x\ndata: a\n\n", [said("a", { retry: 10 })]],
    ["a time with a sign", "retry: -1\nretry: 1.5\nretry:\ndata: a\n\n", [said("a")]],
    ["fields that there are not", "foo: a\n:data: b\ndatax: c\nDATA: d\ndata: e\n\n", [said("e")]],
    ["a colon in the data", "data: a: b\n\n", [said("a: b")]],
    ["JSON", 'data: {"a":\ndata: [1]}\n\n', [said('{"a":\n[1]}', { data: { a: [1] } })]],
    ["a number", "data: 5\n\n", [said("5", { data: 5 })]],
    ["separators of other lines", "data: a\u2028b\u0085c\n\n", [said("a\u2028b\u0085c")]],
    ["nothing", "", []],
    ["the end in the midst of a line", "data: a\n\ndata: b\n", [said("a")]],
  ])("%s", async (_, text, expected) => {
    expect(await eventsOf(text)).toEqual(expected);
  });

  test("it does not matter where the bytes are cut", async () => {
    const line = fc.oneof(
      fc.constantFrom("data: é😀", "data", "id: 1", "event: x", ": ping", "retry: 5", "", "data: [1]"),
      fc.string(),
    );
    const text = fc.array(fc.tuple(line, fc.constantFrom("\n", "\r", "\r\n"))).map((lines) => lines.flat().join(""));
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(60), { maxLength: 8 }), async (whole, cuts) => {
        const bytes = encoder.encode(whole);
        const at = [0, ...cuts.toSorted((a, b) => a - b).filter((each) => each < bytes.length), bytes.length];
        const cut = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
        expect(await eventsOf(...cut)).toEqual(await eventsOf(bytes));
      }),
    );
  });
});

test.each<[string, string, readonly unknown[]]>([
  ["values", '{"a":1}\n[2]\n"x"\n', [{ a: 1 }, [2], "x"]],
  ["a last line without an end", "1\n2", [1, 2]],
  ["empty lines and CRLF", "1\r\n\r\n\n2\n", [1, 2]],
  ["a separator that JSON does not escape", '"a\u2028b"\n', ["a\u2028b"]],
])("JSON Lines: %s", async (_, text, expected) => {
  expect(await all(readJsonLines(pieces(text)))).toEqual(expected);
});

test("JSON Lines that break off", async () => {
  const lines = readJsonLines(pieces('{"a":1}\n{"b'));
  expect((await lines.next()).value).toEqual({ a: 1 });
  await expect(lines.next()).rejects.toThrow(SyntaxError);
});

test("lines of text, of a body as well", async () => {
  expect(await all(readLines(new Response("a\r\nb\n\nc").body!))).toEqual(["a", "b", "", "c"]);
});

describe("pieces", () => {
  const endless = () => {
    const ends: unknown[] = [];
    const body = new ReadableStream<Uint8Array>(
      { pull: (controller) => controller.enqueue(new Uint8Array([1])), cancel: (reason) => void ends.push(reason) },
      { highWaterMark: 0 },
    );
    return { ends, body };
  };

  test("leaving the loop cancels the body", async () => {
    const { ends, body } = endless();
    for await (const piece of readPieces(body)) if (piece.length === 1) break;
    expect(ends).toEqual([undefined]);
  });

  test("the signal ends a loop that waits, with its reason", async () => {
    const ends: unknown[] = [];
    const silent = new ReadableStream<Uint8Array>({ cancel: (reason) => void ends.push(reason) });
    const controller = new AbortController();
    const reading = readPieces(silent, controller.signal).next();
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    expect(ends).toEqual([reason]);
  });

  test("a signal that is aborted already: nothing is read", async () => {
    const { ends, body } = endless();
    await expect(readPieces(body, AbortSignal.abort(new Error("before"))).next()).rejects.toThrow("before");
    expect(ends).toHaveLength(1);
  });
});
