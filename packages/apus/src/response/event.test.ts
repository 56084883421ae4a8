// Events as text. What FastAPI makes of the same was compared with it, event by event.
import { expect, test } from "vitest";
import { event, eventText, ServerSentEvent, type EventFields } from "./event.ts";

test.each<[string | undefined, EventFields | undefined, string]>([
  [undefined, undefined, "\n"],
  [undefined, {}, "\n"],
  ["1", undefined, "data: 1\n\n"],
  ["", undefined, "data: \n\n"],
  ["a\nb", undefined, "data: a\ndata: b\n\n"],
  ["a\r\nb\rc", undefined, "data: a\ndata: b\ndata: c\n\n"],
  ["a\n", undefined, "data: a\ndata: \n\n"],
  ["\n\r", undefined, "data: \ndata: \ndata: \n\n"],
  // Separators of lines elsewhere, but not in this protocol.
  ["a\u2028b\u0085c\vd\fe", undefined, "data: a\u2028b\u0085c\vd\fe\n\n"],
  ["x", { comment: "c", event: "e", id: "i", retry: 3 }, ": c\nevent: e\ndata: x\nid: i\nretry: 3\n\n"],
  [undefined, { comment: "a\nb" }, ": a\n: b\n\n"],
  // What would be a field of another event stays in its own.
  [undefined, { comment: "a\r\rdata: evil" }, ": a\n: \n: data: evil\n\n"],
  ["a\r\n\r\nevent: evil", undefined, "data: a\ndata: \ndata: event: evil\n\n"],
  [undefined, { id: "", event: "", retry: 0 }, "event: \nid: \nretry: 0\n\n"],
])("%j with %j is %j", (data, fields, text) => expect(eventText(data, fields)).toBe(text));

test.each<[string, EventFields, RegExp]>([
  ["both kinds of data", { data: 1, rawData: "x" }, /both `data` and `rawData`/],
  ["null beside raw data", { data: null, rawData: "x" }, /both `data` and `rawData`/],
  ["LF in the type", { event: "a\nb" }, /an `event` of several lines/],
  ["CR in the type", { event: "a\rdata: evil" }, /an `event` of several lines/],
  ["LF in the id", { id: "1\n" }, /an `id` of several lines/],
  ["CR in the id", { id: "\r" }, /an `id` of several lines/],
  ["NUL in the id", { id: "a\0b" }, /NUL/],
  ["a negative time", { retry: -1 }, /-1 for `retry`/],
  ["half a millisecond", { retry: 1.5 }, /1.5 for `retry`/],
  ["no time", { retry: Number.NaN }, /NaN for `retry`/],
  ["a time that is text", { retry: "1\ndata: evil" as never }, /for `retry`/],
  ["an id that is no text", { id: 5 as never }, /something else than text for `id`/],
  ["raw data that is no text", { rawData: { toString: () => "x" } as never }, /text for `rawData`/],
  ["a comment that is no text", { comment: ["a"] as never }, /text for `comment`/],
])("refused: %s", (_, fields, message) => {
  expect(() => event(fields)).toThrow(/^APUS_EVENT: event\(\) got /);
  expect(() => event(fields)).toThrow(message);
});

test("an option that there is not, in FastAPI's spelling", () => {
  expect(() => event({ raw_data: "x" } as never)).toThrow("did you mean `rawData`?");
});

test("an event stays what it was when what it was made of changes", () => {
  const fields = { event: "a" };
  const made = event(fields);
  fields.event = "a\ndata: evil";
  expect(made).toBeInstanceOf(ServerSentEvent);
  expect(eventText(undefined, made.fields)).toBe("event: a\n\n");
});
