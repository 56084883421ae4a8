/** `event`: one Server-Sent Event with more than its data, and the text that stands on the wire for it (WHATWG HTML, section 9.2). */
import { ApusError, checkOptionNames, ofThisCopy, type OptionNames } from "../diagnostic/index.ts";

/** What an event can say. Everything is optional; one that says nothing is an empty line. */
export interface EventFields<T = unknown> {
  /**
   * Sent as JSON, a text too: `"hello"` arrives in quotation marks. Where the stream has a schema, `data` is checked and
   * filtered by it. `undefined` stands for none, `null` is data.
   */
  readonly data?: T;
  /** Text that is sent as it is, in place of `data`; no schema concerns it. */
  readonly rawData?: string | undefined;
  /** The type, which browsers take to `addEventListener`; `message` where there is none. One line. */
  readonly event?: string | undefined;
  /** What a browser sends back as `Last-Event-ID` when it connects again. One line, without NUL. An empty one forgets the last. */
  readonly id?: string | undefined;
  /** How long a browser waits before it connects again, in whole milliseconds, 0 or more. */
  readonly retry?: number | undefined;
  /** What clients pass over. May have several lines. */
  readonly comment?: string | undefined;
}

const known: OptionNames<EventFields> = {
  data: true,
  rawData: true,
  event: true,
  id: true,
  retry: true,
  comment: true,
};

/** An event that `event()` made: yield it from a handler with `output: events()`. */
export class ServerSentEvent<out T = unknown> {
  readonly fields: EventFields<T>;

  /** @throws ApusError as `event` does. */
  constructor(fields: EventFields<T>) {
    checkOptionNames("event()", fields, known);
    const { data, rawData, event, id, retry, comment } = fields;
    if (data !== undefined && rawData !== undefined) {
      throw wrong("both `data` and `rawData`; `data` is written as JSON, `rawData` is sent as it is");
    }
    for (const [name, text] of Object.entries({ rawData, event, id, comment })) {
      if (text !== undefined && typeof text !== "string") throw wrong(`something else than text for \`${name}\``);
    }
    for (const [name, text] of Object.entries({ event, id })) {
      if (text !== undefined && /[\r\n]/.test(text)) {
        throw wrong(`an \`${name}\` of several lines, which would begin another field`);
      }
    }
    if (id?.includes("\0")) throw wrong("an `id` with NUL, which clients do not keep");
    if (retry !== undefined && !(Number.isSafeInteger(retry) && retry >= 0)) {
      throw wrong(`${String(retry)} for \`retry\`; it is in whole milliseconds, 0 or more`);
    }
    this.fields = { ...fields };
  }
}
ofThisCopy(ServerSentEvent.prototype);

function wrong(what: string): ApusError {
  return new ApusError(`APUS_EVENT: event() got ${what}.`);
}

/**
 * Makes an event that says more than its data. What a handler yields besides is the data of an event of its own.
 * @throws ApusError for `event` or `id` of several lines, an `id` with NUL, a `retry` that is no time, and both `data` and
 *   `rawData`: what a client sees is never more than the one event.
 * @example
 * get("/news", { output: events(News) }, async function* () {
 *   yield event({ comment: "news of today", retry: 5000 });
 *   for await (const news of feed()) yield event({ data: news, id: news.id });
 *   yield event({ rawData: "[DONE]" });
 * });
 */
export function event<const T = never>(fields: EventFields<T>): ServerSentEvent<T> {
  return new ServerSentEvent(fields);
}

/** @param data The data as it is to be sent, or undefined for none. */
export function eventText(data: string | undefined, { event, id, retry, comment }: EventFields = {}): string {
  let text = "";
  if (comment !== undefined) text += lines(": ", comment);
  if (event !== undefined) text += `event: ${event}\n`;
  if (data !== undefined) text += lines("data: ", data);
  if (id !== undefined) text += `id: ${id}\n`;
  if (retry !== undefined) text += `retry: ${retry}\n`;
  return `${text}\n`;
}

/** A field for each line. The protocol ends lines in three ways: a text that is split at one of them only could begin a field. */
function lines(prefix: string, text: string): string {
  if (!/[\r\n]/.test(text)) return `${prefix}${text}\n`;
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `${prefix}${line}\n`)
    .join("");
}
