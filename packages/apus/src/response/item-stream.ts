/** `events` and `jsonLines`: outputs whose items are sent one by one, each checked and written by a schema. */
import { ApusError, checkCopy, checkOptionNames, isTimerTime, longestTime, ofThisCopy } from "../diagnostic/index.ts";
import { encode, jsonText, type AnySchema } from "../schema/index.ts";
import { eventText, ServerSentEvent } from "./event.ts";

type Format = "events" | "jsonLines";

/** An output whose items are sent as they come. `F` says how, `S` is the schema of an item. */
export class ItemStream<out F extends Format = Format, out S extends AnySchema | undefined = AnySchema | undefined> {
  readonly streams: F;
  /** What checks and filters each item; without it items are sent as they are. */
  readonly item: S;
  readonly mediaType: string;
  /** Name and value in turn. */
  readonly headers: readonly string[];
  /** What is sent where no item comes, and after how many ms. */
  readonly keepAlive: { readonly text: string; readonly every: number } | undefined;

  constructor(streams: F, item: S, keepAlive?: number | null) {
    this.streams = streams;
    this.item = item;
    if (streams === "jsonLines") {
      this.mediaType = "application/jsonl";
      this.headers = ["content-type", this.mediaType];
      this.keepAlive = undefined;
      return;
    }
    this.mediaType = "text/event-stream";
    // Proxies are not to keep events back: nginx asks for that by name.
    this.headers = [
      "content-type",
      `${this.mediaType}; charset=utf-8`,
      "cache-control",
      "no-cache",
      "x-accel-buffering",
      "no",
    ];
    this.keepAlive =
      keepAlive == null ? undefined : { text: eventText(undefined, { comment: "ping" }), every: keepAlive };
  }

  /**
   * The text of an item.
   * @param write What the schema makes of a value; undefined where there is none.
   * @throws What `write` does, and EncodeError for what JSON cannot say.
   */
  textOf(item: unknown, write: ((value: unknown) => unknown) | undefined): string {
    const json = (value: unknown): string => jsonText(write === undefined ? encode(value ?? null) : write(value));
    if (this.streams === "jsonLines") return `${json(item)}\n`;
    if (!(item instanceof ServerSentEvent)) {
      if (typeof item === "object" && item !== null) checkCopy(item, "an event");
      return eventText(json(item));
    }
    const { data, rawData } = item.fields;
    return eventText(data === undefined ? rawData : json(data), item.fields);
  }
}
ofThisCopy(ItemStream.prototype);

/** An output of Server-Sent Events. */
export type Events<S extends AnySchema | undefined = AnySchema | undefined> = ItemStream<"events", S>;
/** An output of JSON Lines. */
export type JsonLines<S extends AnySchema | undefined = AnySchema | undefined> = ItemStream<"jsonLines", S>;

/** Options of `events`. */
export interface EventsOptions {
  /**
   * After how many ms without an item a comment (`: ping`) is sent, so that no proxy takes the connection for dead; null for
   * none. Default: 15,000, as in FastAPI.
   */
  readonly keepAlive?: number | null | undefined;
}

/**
 * An output of Server-Sent Events (WHATWG HTML, section 9.2): `output: events(Item)` with a generator for a handler, or one
 * that returns an (async) iterable. What it yields is the data of an event; `event({ … })` says more.
 *
 * The status and the headers are sent before the generator begins. It is asked for an item only when the client has taken what
 * was sent, and it is closed when the client leaves.
 * @param item Checks and filters each item, as `output` does; items without a schema are sent as they are.
 * @throws ApusError for an option that there is not, or a time that is none.
 * @example
 * get("/prices", { output: events(Price) }, async function* () {
 *   for await (const price of feed()) yield price;
 * });
 */
export function events<S extends AnySchema | undefined = undefined>(item?: S, options: EventsOptions = {}): Events<S> {
  checkOptionNames("events()", options, ["keepAlive"]);
  const { keepAlive = 15_000 } = options;
  if (keepAlive !== null && !isTimerTime(keepAlive)) {
    throw new ApusError(
      `APUS_LIMIT: events(): keepAlive is ${String(keepAlive)}; give whole milliseconds from 1 to ${longestTime}, or null for none.`,
    );
  }
  return new ItemStream("events", item as S, keepAlive);
}

/**
 * An output of JSON Lines (`application/jsonl`): `output: jsonLines(Item)` with a generator for a handler, or one that returns
 * an (async) iterable. Each item is one line of JSON.
 * @param item Checks and filters each item, as `output` does; items without a schema are sent as they are.
 * @example
 * get("/export", { input: { db }, output: jsonLines(Item) }, async function* ({ db }) {
 *   yield* db.items();
 * });
 */
export function jsonLines<S extends AnySchema | undefined = undefined>(item?: S): JsonLines<S> {
  return new ItemStream("jsonLines", item as S);
}

/** Whether an output is one of items. @throws ApusError for one that another copy of the package made. */
export function isItemStream(output: unknown): output is ItemStream {
  if (output instanceof ItemStream) return true;
  if (typeof output === "object" && output !== null) checkCopy(output, "what `output` names");
  return false;
}
