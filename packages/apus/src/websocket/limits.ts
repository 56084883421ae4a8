/** What limits a socket: sizes, rates and times, all on by default. */
import { ApusError, checkOptionNames, isTimerTime, longestTime, type OptionNames } from "../diagnostic/index.ts";

/** Limits and rules of sockets. Said by the App, by routers and by a socket; each counts where it is said innermost. */
export interface SocketLimits {
  /** Largest message in bytes that a client may send. A larger one closes the connection with 1009. Default: 1 MiB. */
  readonly maxMessageSize?: number | undefined;
  /**
   * How many messages a second a client may send on average; as many as ten seconds allow may come at once. One that sends more
   * is closed with 1008. Null for no limit. Default: 100.
   */
  readonly messageRate?: number | null | undefined;
  /**
   * As many bytes of messages as wait until the handler receives them; then nothing more is read from the client, which slows it
   * down. Default: 1 MiB.
   */
  readonly maxQueued?: number | undefined;
  /**
   * As many bytes as may wait for a client that reads slowly. To `send` while more are waiting, or to broadcast, closes that
   * client's connection with 1013. Whoever waits for each `send` never comes near it. Default: 1 MiB.
   */
  readonly maxBuffered?: number | undefined;
  /** How often clients are pinged, in ms; one that has not answered by the next time is gone. Null for never. Default: 25,000. */
  readonly pingInterval?: number | null | undefined;
  /** How long the handler may wait for a message, in ms; then the connection is closed with 1008. Default: null, for ever. */
  readonly idleTimeout?: number | null | undefined;
  /**
   * Whose pages may connect, besides those of the host that is asked: origins as browsers write them, `https://example.com`, or
   * a RegExp for the whole of one; `"*"` lets every page in. What is no browser sends no origin and is always let in.
   */
  readonly origins?: readonly (string | RegExp)[] | undefined;
}

/** The names of all of them. */
export const socketLimits: OptionNames<SocketLimits> = {
  maxMessageSize: true,
  messageRate: true,
  maxQueued: true,
  maxBuffered: true,
  pingInterval: true,
  idleTimeout: true,
  origins: true,
};

/** One value for each limit. */
export interface SettledLimits {
  readonly maxMessageSize: number;
  readonly messageRate: number | null;
  readonly maxQueued: number;
  readonly maxBuffered: number;
  readonly pingInterval: number | null;
  readonly idleTimeout: number | null;
}

const mebibyte = 1024 * 1024;

/**
 * @param layers What the App, the routers and the socket say, outermost first.
 * @throws ApusError for a limit that would silently be none.
 */
export function settleLimits(layers: readonly (SocketLimits | undefined)[], label: string): SettledLimits {
  for (const layer of layers) if (layer !== undefined) checkOptionNames(`${label}: sockets`, layer, socketLimits);
  const said = <K extends keyof SocketLimits>(name: K): SocketLimits[K] =>
    layers.findLast((each) => each?.[name] !== undefined)?.[name];
  return {
    maxMessageSize: bytes("maxMessageSize", said("maxMessageSize"), label),
    messageRate: rate(said("messageRate"), label),
    maxQueued: bytes("maxQueued", said("maxQueued"), label),
    maxBuffered: bytes("maxBuffered", said("maxBuffered"), label),
    pingInterval: time("pingInterval", said("pingInterval"), 25_000, label),
    idleTimeout: time("idleTimeout", said("idleTimeout"), null, label),
  };
}

function bytes(name: string, limit: number = mebibyte, label: string): number {
  if (Number.isSafeInteger(limit) && limit > 0) return limit;
  throw new ApusError(`APUS_LIMIT: ${label}: ${name} is ${String(limit)}; give a whole number of bytes, 1 or more.`);
}

function rate(limit: number | null = 100, label: string): number | null {
  if (limit === null || (Number.isFinite(limit) && limit > 0)) return limit;
  throw new ApusError(
    `APUS_LIMIT: ${label}: messageRate is ${String(limit)}; give a number of messages per second above 0, or null for no limit.`,
  );
}

function time(name: string, said: number | null | undefined, usual: number | null, label: string): number | null {
  const limit = said === undefined ? usual : said;
  if (limit === null || isTimerTime(limit)) return limit;
  throw new ApusError(
    `APUS_LIMIT: ${label}: ${name} is ${String(limit)}; give whole milliseconds from 1 to ${longestTime}, or null for none.`,
  );
}

/** Counts what arrives: a bucket that fills at the rate and holds ten seconds' worth. */
export class TokenBucket {
  readonly #perMs: number;
  readonly #most: number;
  #tokens: number;
  #at: number | undefined;

  constructor(perSecond: number) {
    this.#perMs = perSecond / 1000;
    // Less than one could never be taken.
    this.#most = Math.max(1, perSecond * 10);
    this.#tokens = this.#most;
  }

  /** @param at When it arrived, in ms. @returns Whether it may. */
  take(at: number): boolean {
    const passed = Math.max(0, at - (this.#at ?? at));
    this.#at = at;
    this.#tokens = Math.min(this.#most, this.#tokens + passed * this.#perMs) - 1;
    return this.#tokens >= 0;
  }
}
