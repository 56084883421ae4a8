/** What `serve` takes, checked: a limit that is no number stops the start, because it would otherwise be no limit. */
import { ApusError, longestTime } from "../diagnostic/index.ts";
import type { TrustedProxies } from "../exchange/index.ts";
import { hostCheck } from "./allowed-hosts.ts";

/** Times are whole milliseconds from 1 to 2,147,483,647, sizes and counts whole numbers from 1. */
export interface ServeOptions {
  /** Address to listen on. Default: `127.0.0.1`, this machine only; `0.0.0.0` for all interfaces. */
  readonly host?: string | undefined;
  /** Port; 0 picks a free one. Default: 8000. */
  readonly port?: number | undefined;
  /** Stronger than the App's `rootPath`: the prefix that a proxy takes off the path. */
  readonly rootPath?: string | undefined;
  /** Stronger than the App's `trustedProxies`: whose `X-Forwarded-For` and `X-Forwarded-Proto` count. */
  readonly trustedProxies?: TrustedProxies | undefined;
  /**
   * The names that requests may be for, besides `localhost` and addresses; 400 for others. `.example.com` stands for every name
   * below it, `"*"` for all. Default: all, and under `apus dev` none: a page of another site could otherwise ask it under a name
   * that it points at this machine (DNS rebinding).
   */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Longest time for a request's headers to arrive, in ms; 408 after it. Default: 15,000, at most `requestTimeout`. */
  readonly headersTimeout?: number | undefined;
  /** Longest time for a whole request to arrive, in ms; 408 after it. Default: 60,000. */
  readonly requestTimeout?: number | undefined;
  /**
   * How long a client may take nothing of an answer that waits for it, in ms; its connection is cut after it. The time begins
   * anew whenever it takes a part: an answer as a whole may last, and a stream may be quiet. Default: 60,000.
   */
  readonly sendTimeout?: number | undefined;
  /** How long an idle connection is kept, in ms. Default: 5,000. */
  readonly keepAliveTimeout?: number | undefined;
  /** Most bytes of a request's line and headers together; 431 beyond. Default: 16,384. */
  readonly maxHeaderSize?: number | undefined;
  /** Most header lines; 431 beyond. Default: 100. */
  readonly maxHeadersCount?: number | undefined;
  /** Longest request target, path and query together, in bytes; 414 beyond. Default: 8,192. */
  readonly maxTargetLength?: number | undefined;
  /** Most requests on one connection, which then ends. Default: 1,000. */
  readonly maxRequestsPerSocket?: number | undefined;
  /** Most connections at once; more are closed unanswered. Default: 10,000. */
  readonly maxConnections?: number | undefined;
  /**
   * How long the server goes on taking connections once closing has begun, in ms, so that load balancers see the 503 of
   * `healthUrl` and look elsewhere first. Default: 0.
   */
  readonly drainDelay?: number | undefined;
  /** How long requests under way may then take, in ms, until they are interrupted; 0 for at once. Default: 7,000. */
  readonly drainTimeout?: number | undefined;
  /** How long what was interrupted may take to clean up, in ms, before connections are cut. Default: 2,000. */
  readonly closeTimeout?: number | undefined;
  /**
   * What reads HTTP. `"apus"`: a strict reader of HTTP/1.1 of our own, on the connections of Node or Bun, at 0.66 to 0.88 of
   * the CPU time of `node:http`. `"node:http"`: Node's server, for tools that look into it. Default: `"apus"`; on Bun an App
   * with WebSockets is served by `node:http` whatever is said here.
   */
  readonly engine?: "apus" | "node:http" | undefined;
  /** Whether SIGINT and SIGTERM drain and end the process. Default: true. */
  readonly signals?: boolean | undefined;
}

/** The same, complete. */
export type Settings = {
  readonly [K in Exclude<keyof ServeOptions, "rootPath" | "trustedProxies" | "allowedHosts">]-?: NonNullable<
    ServeOptions[K]
  >;
} & Pick<ServeOptions, "rootPath" | "trustedProxies"> & {
    /** Whether a Host header is for this server; undefined where every one is. */
    readonly allowsHost: ((host: string) => boolean) | undefined;
  };

/** A bound for what is counted otherwise, far beyond what is sensible. */
const largest = 2 ** 31 - 1;

/** Default, least and greatest value of each option that is a number, and what it counts. */
const numbers = {
  port: [8000, 0, 65_535, "number"],
  headersTimeout: [15_000, 1, longestTime, "number of milliseconds"],
  requestTimeout: [60_000, 1, longestTime, "number of milliseconds"],
  sendTimeout: [60_000, 1, longestTime, "number of milliseconds"],
  keepAliveTimeout: [5_000, 1, longestTime, "number of milliseconds"],
  maxHeaderSize: [16 * 1024, 1, largest, "number of bytes"],
  maxHeadersCount: [100, 1, 1_000_000, "number of header lines"],
  maxTargetLength: [8 * 1024, 1, largest, "number of bytes"],
  maxRequestsPerSocket: [1_000, 1, largest, "number of requests"],
  maxConnections: [10_000, 1, largest, "number of connections"],
  drainDelay: [0, 0, longestTime, "number of milliseconds"],
  drainTimeout: [7_000, 0, longestTime, "number of milliseconds"],
  closeTimeout: [2_000, 0, longestTime, "number of milliseconds"],
} as const;

type Counted = keyof typeof numbers;

const others = new Set(["host", "engine", "signals", "rootPath", "trustedProxies", "allowedHosts"]);

/** @throws ApusError that names the option which is wrong. */
export function settingsOf(options: ServeOptions): Settings {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(numbers, name) || others.has(name)) continue;
    throw wrong(`there is no option "${name}"; there are ${[...Object.keys(numbers), ...others].join(", ")}.`);
  }
  const {
    host = "127.0.0.1",
    engine = "apus",
    signals = true,
    rootPath,
    trustedProxies,
    allowedHosts = ["*"],
  } = options;
  if (typeof host !== "string" || host === "") throw wrong(`host is ${shown(host)}; give an address: "0.0.0.0".`);
  if (engine !== "apus" && engine !== "node:http") {
    throw wrong(`engine is ${shown(engine)}; give "apus" or "node:http".`);
  }
  if (typeof signals !== "boolean") throw wrong(`signals is ${shown(signals)}; give true or false.`);
  const counted = Object.fromEntries(
    Object.keys(numbers).map((name) => [name, numberOf(name as Counted, options)]),
  ) as Record<Counted, number>;
  if (counted.headersTimeout > counted.requestTimeout) {
    if (options.headersTimeout !== undefined) {
      throw wrong(
        `headersTimeout is ${counted.headersTimeout}, longer than requestTimeout, ${counted.requestTimeout}, which the headers are part of.`,
      );
    }
    counted.headersTimeout = counted.requestTimeout;
  }
  return { ...counted, host, engine, signals, rootPath, trustedProxies, allowsHost: hostCheck(allowedHosts) };
}

function numberOf(name: Counted, options: ServeOptions): number {
  const [byDefault, least, greatest, what] = numbers[name];
  const value = options[name] ?? byDefault;
  // Declared as a number, but a caller without types may give anything; `null` is no way to say "the default" either.
  if (options[name] === null || !Number.isInteger(value) || value < least || value > greatest) {
    throw wrong(`${name} is ${shown(options[name])}; give a whole ${what} from ${least} to ${greatest}.`);
  }
  return value;
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function wrong(what: string): ApusError {
  return new ApusError(`APUS_SERVE_OPTION: serve(app, options): ${what}`);
}
