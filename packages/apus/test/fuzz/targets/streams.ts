/**
 * Server-Sent Events against a reader written from WHATWG HTML, section 9.2.6, and JSON Lines against lines: whatever a handler
 * yields, a client sees one event or one line, with that in it.
 */
import { ApusError, event, events, jsonLines, type ServerSentEvent } from "apus";
import type { Random } from "../random.ts";
import { holds, same, type Target } from "../target.ts";

interface Fields {
  readonly data?: string;
  readonly rawData?: string;
  readonly event?: string;
  readonly id?: string;
  readonly retry?: number;
  readonly comment?: string;
}

interface Told {
  readonly event: string | undefined;
  readonly line: string;
}

const examples = ["", "a", "two\nlines", "a\r\nb", "a\rb", "\n", "data: x", ": x", " a", "\u2028", "id: 1\n\nevent: x", "{}", "\0", "\u{1f600}", "\ufeff"]; // prettier-ignore
const tokens = [
  "\n",
  "\r",
  "\r\n",
  "\n\n",
  ":",
  " ",
  "data:",
  "event:",
  "id:",
  "retry:",
  "a",
  "\0",
  "\u0085",
  "\u2029",
];

function fields(random: Random): Fields {
  const text = (): string => random.written(examples, tokens, true);
  const line = (): string => (random.oneIn(4) ? text() : random.pick(["", "a", "message", "7", " x", "a: b"]));
  return {
    ...(random.oneIn(3) ? {} : random.oneIn(2) ? { data: text() } : { rawData: text() }),
    ...(random.oneIn(2) ? { event: line() } : {}),
    ...(random.oneIn(2) ? { id: line() } : {}),
    ...(random.oneIn(3) ? { retry: random.pick([0, 1, 5000, -1, 1.5, 2 ** 53]) } : {}),
    ...(random.oneIn(3) ? { comment: text() } : {}),
  };
}

/** What a browser makes of a stream. */
function received(stream: string): { events: { data: string; type: string }[]; id: string; retry: number | undefined } {
  const found: { data: string; type: string }[] = [];
  let [data, type, id, retry] = ["", "", "", undefined as number | undefined];
  const lines = stream.replaceAll("\r\n", "\n").replaceAll("\r", "\n").split("\n").slice(0, -1);
  for (const line of lines) {
    if (line === "") {
      if (data !== "") found.push({ data: data.slice(0, -1), type: type === "" ? "message" : type });
      [data, type] = ["", ""];
      continue;
    }
    const colon = line.indexOf(":");
    if (colon === 0) continue;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") data += `${value}\n`;
    if (name === "event") type = value;
    if (name === "id" && !value.includes("\0")) id = value;
    if (name === "retry" && /^[0-9]+$/.test(value)) retry = Number(value);
  }
  return { events: found, id, retry };
}

const [eventStream, lineStream] = [events(), jsonLines()];

export const streams: Target<Fields, Told> = {
  name: "streams",
  cost: 2,
  make: fields,
  read(given) {
    const line = lineStream.textOf(given, undefined);
    let made: ServerSentEvent<string>;
    try {
      made = event(given);
    } catch (error) {
      if (error instanceof ApusError) return { event: undefined, line };
      throw error;
    }
    return { event: eventStream.textOf(made, undefined), line };
  },
  judge(given, told) {
    holds("a line of JSON is one line", told.line.endsWith("\n") && !/[\r\n]/.test(told.line.slice(0, -1)));
    same("what the line says", JSON.parse(told.line), given);
    const { data, rawData, event: type = "", id, retry } = given;
    const possible =
      !/[\r\n]/.test(type) &&
      !/[\r\n\0]/.test(id ?? "") &&
      (retry === undefined || (Number.isSafeInteger(retry) && retry >= 0));
    if (told.event === undefined) return holds("an event is refused", !possible);
    holds("an event that cannot be is written", possible);
    // Another event behind it arrives as itself.
    const arrived = received(`${told.event}data: after\n\n`);
    const text = data === undefined ? rawData?.replaceAll(/\r\n?/g, "\n") : JSON.stringify(data);
    const own = text === undefined ? [] : [{ data: text, type: type === "" ? "message" : type }];
    same("what arrives", arrived.events, [...own, { data: "after", type: "message" }]);
    same("the id", arrived.id, id ?? "");
    same("the time to wait", arrived.retry, retry);
  },
  series: [
    (size) => ({ rawData: "\n".repeat(size) }),
    (size) => ({ rawData: "\r".repeat(size) }),
    (size) => ({ comment: "\r\n".repeat(size / 2) }),
    (size) => ({ data: "\n".repeat(size) }),
    (size) => ({ id: " ".repeat(size) }),
  ],
};
