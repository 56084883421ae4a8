/** The answer of an operation whose items are sent as they come: `output: events()` and `output: jsonLines()`. */
import { ApusError } from "../diagnostic/index.ts";
import { forbidsBody, type Answer, type Exchange } from "../exchange/index.ts";
import { isSource, produce, type ItemStream } from "../response/index.ts";
import type { Plan } from "./plan.ts";
import { written } from "./written.ts";

const encoder = new TextEncoder();

/** @throws ApusError for what has no items. */
export function itemsOf(plan: Plan, items: ItemStream, exchange: Exchange, returned: unknown, status: number): Answer {
  if (!isSource(returned)) throw notStreamed(plan, "items");
  const write = plan.write === undefined ? undefined : (value: unknown): unknown => written(plan, value);
  const keepAlive = items.keepAlive && { bytes: encoder.encode(items.keepAlive.text), every: items.keepAlive.every };
  const bytesOf = (item: unknown): Uint8Array => encoder.encode(items.textOf(item, write));
  const { body, after } = produce(returned, { bytesOf, keepAlive }, exchange);
  if (!forbidsBody(status)) return { status, headers: items.headers, body, after };
  void body.cancel();
  return { status, headers: items.headers, body: null, after };
}

/** @param of What it should have streamed. */
export function notStreamed({ settings }: Plan, of: string): ApusError {
  return new ApusError(
    `APUS_STREAM: ${settings.label} returned nothing to stream; make the handler a generator of ${of}, or return an (async) iterable or a ReadableStream.`,
  );
}
