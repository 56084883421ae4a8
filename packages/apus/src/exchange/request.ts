/** A request as handlers, dependencies and middleware see it: the values of `request` and `connection`. */
import { ApusError } from "../diagnostic/index.ts";
import { onePiece } from "./body-stream.ts";
import { BodyTooLargeError } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { checkedHeader } from "./header-list.ts";
import type { Incoming } from "./incoming.ts";
import { dropPrototypeKeys, mayHoldPrototypeKeys, parseJson } from "./json.ts";
import type { Pairs } from "./query.ts";
import { encodedPath } from "./target.ts";

/** What an operation and a socket know alike. */
export interface Connection {
  /** The id under which failures of this request are reported. */
  readonly id: string;
  /** Where the client thinks it is: scheme and host by the trusted proxies' word, the root path in front. */
  readonly url: URL;
  /** The canonical path that was matched, without the root path. */
  readonly path: string;
  /** The request target as it stood on the wire: `/items?q=1`. For redirects; `path` is what was matched. */
  readonly rawTarget: string;
  /** The prefix that a proxy took off the path, such as `/api/v1`; empty where there is none. */
  readonly rootPath: string;
  readonly scheme: "http" | "https";
  readonly headers: RequestHeaders;
  /** Cookies by name; of equal names the last. No prototype. */
  readonly cookies: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The path parameters as texts. No prototype. */
  readonly pathParams: Readonly<Record<string, string>>;
  /** The client's address, as the trusted proxies say; null where the runtime does not tell. */
  readonly client: { readonly host: string; readonly port: number } | null;
  /** Values of this request that middleware, dependencies and handlers share. No prototype. */
  readonly state: Record<string, unknown>;
  /** Aborted when the client leaves, at the deadline of `timeout`, and when a closing server's time is up. */
  readonly signal: AbortSignal;
  /** What the runtime gave to `app.fetch` besides the request, such as the bindings of a worker; undefined on a server of one's own. */
  readonly env: unknown;
  /**
   * Calls `listener` when the guards have let the request through and a body is still to be read, and waits for it: time to
   * give back what must not be held while a slow client sends, such as a connection of a pool.
   */
  beforeBody(listener: () => unknown): void;
  /**
   * The address of an operation by its name, the root path included.
   * @throws ApusError for a name that there is not, and for missing parameters.
   * @example request.urlFor("readItem", { item_id: 5 }).href
   */
  urlFor(name: string, params?: Readonly<Record<string, string | number>>): URL;
}

/** What only a request has. */
export interface HttpRequest extends Connection {
  readonly method: string;
  /** The body, read under the operation's limit; the same bytes for everyone who asks. */
  bytes(): Promise<Uint8Array>;
  /**
   * The body piece by piece, as it arrives and under the operation's limit: a large one never lies in memory as a whole. For
   * one reader, and not beside `bytes`; one that was read as a whole before is a single piece. The client is not read faster
   * than the pieces are taken, and `bodyTimeout` is the longest wait for the next one.
   * @throws From the loop, and answered where nothing catches it: what is too large 413, too slow 408, cut short 400.
   * @example for await (const piece of request.stream()) hash.update(piece);
   */
  stream(): AsyncIterable<Uint8Array>;
  /** The body as UTF-8 text. */
  text(): Promise<string>;
  /** The body as JSON, whatever its Content-Type; keys called `__proto__` are left out. Malformed JSON is answered 422. */
  json(): Promise<unknown>;
  /**
   * The same request with another body or other headers, for `next` in `around`. A new body has its own length; say
   * yourself what else it is (`content-type`, `content-encoding`).
   * @throws ApusError for a header that cannot be one, and for a body that is no bytes.
   * @example around(async (request, next) => next(request.with({ body: await inflate(await request.bytes()) })));
   */
  with(change: RequestChange): HttpRequest;
}

/** What `with` replaces. */
export interface RequestChange {
  readonly body?: Uint8Array | undefined;
  /** Header lines to set; null takes a header away. */
  readonly headers?: Readonly<Record<string, string | null>> | undefined;
}

/** Header lines of a request; repeated ones stay apart. */
export class RequestHeaders {
  readonly #incoming: Incoming;

  constructor(incoming: Incoming) {
    this.#incoming = incoming;
  }

  /** The value of a header, its lines joined by commas (cookies: semicolons); null where there is none. */
  get(name: string): string | null {
    const lines = this.getAll(name);
    return lines.length === 0 ? null : lines.join(name.toLowerCase() === "cookie" ? "; " : ", ");
  }

  /** Each line of a header. */
  getAll(name: string): readonly string[] {
    return this.#incoming.headerLines(name.toLowerCase());
  }

  has(name: string): boolean {
    return this.getAll(name).length > 0;
  }

  *[Symbol.iterator](): IterableIterator<[name: string, value: string]> {
    const pairs = this.#incoming.headers();
    for (let i = 0; i < pairs.length; i += 2) yield [pairs[i]!, pairs[i + 1]!];
  }
}

/** A record without a prototype; of equal names the last wins. */
function recordOf(pairs: Pairs): Record<string, string> {
  const found = Object.create(null) as Record<string, string>;
  for (let i = 0; i < pairs.length; i += 2) found[pairs[i]!] = pairs[i + 1]!;
  return found;
}

/** The query as inputs read it, not read a second time: `URLSearchParams` would drop a leading "?" of it. */
function searchParamsOf(pairs: Pairs): URLSearchParams {
  const found = new URLSearchParams();
  for (let i = 0; i < pairs.length; i += 2) found.append(pairs[i]!, pairs[i + 1]!);
  return found;
}

const host = /^(?:[a-zA-Z0-9\-._~%!$&'()*+,;=]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?$/;
const utf8 = new TextDecoder("utf-8");

/** The view of an exchange; everything is read when it is first asked for. */
export class RequestView implements HttpRequest {
  readonly exchange: Exchange;
  #url: URL | undefined;
  #cookies: Record<string, string> | undefined;
  #query: URLSearchParams | undefined;
  #headers: RequestHeaders | undefined;

  constructor(exchange: Exchange) {
    this.exchange = exchange;
  }

  get id(): string {
    return this.exchange.course.requestId;
  }
  get method(): string {
    return this.exchange.method;
  }
  get path(): string {
    return this.exchange.target?.path ?? "/";
  }
  get rawTarget(): string {
    return this.exchange.incoming.target;
  }
  get rootPath(): string {
    return this.exchange.rootPath;
  }
  get scheme(): "http" | "https" {
    return this.exchange.scheme;
  }
  get client(): Incoming["client"] {
    return this.exchange.client;
  }
  get signal(): AbortSignal {
    return this.exchange.course.signal;
  }
  get env(): unknown {
    return this.exchange.course.env;
  }
  get state(): Record<string, unknown> {
    return this.exchange.course.state;
  }
  get headers(): RequestHeaders {
    return (this.#headers ??= new RequestHeaders(this.exchange.incoming));
  }
  get cookies(): Readonly<Record<string, string>> {
    return (this.#cookies ??= recordOf(this.exchange.cookies));
  }
  get query(): URLSearchParams {
    return (this.#query ??= searchParamsOf(this.exchange.query));
  }
  get pathParams(): Readonly<Record<string, string>> {
    const { pathNames, pathValues } = this.exchange;
    return recordOf(pathNames.flatMap((name, i) => [name, pathValues[i] ?? ""]));
  }
  /** Host decides only what the address looks like, never the path; a malformed one is not used at all. */
  get url(): URL {
    return (this.#url ??= this.#makeUrl());
  }
  #makeUrl(): URL {
    const { target, incoming } = this.exchange;
    const said = incoming.header("host");
    const origin = `${this.scheme}://${said ?? ""}`;
    // The pattern keeps anything but an authority out; what it lets through may still be none: `a:99999`, `[::::]`.
    const valid = said !== undefined && host.test(said) && URL.canParse(origin);
    const url = new URL(valid ? origin : `${this.scheme}://localhost`);
    url.pathname = this.rootPath + encodedPath(target?.path ?? "/");
    url.search = target?.query ?? "";
    return url;
  }

  beforeBody(listener: () => unknown): void {
    this.exchange.course.beforeBody(listener);
  }

  urlFor(name: string, params: Readonly<Record<string, string | number>> = {}): URL {
    return new URL(this.rootPath + this.exchange.pathFor(name, params), this.url.origin);
  }

  bytes(): Promise<Uint8Array> {
    return this.exchange.body(this.exchange.bodyLimit);
  }
  stream(): AsyncIterable<Uint8Array> {
    return this.exchange.stream(this.exchange.bodyLimit);
  }
  async text(): Promise<string> {
    return utf8.decode(await this.bytes());
  }
  async json(): Promise<unknown> {
    const text = await this.text();
    const value = parseJson(text);
    if (mayHoldPrototypeKeys(text)) dropPrototypeKeys(value);
    return value;
  }

  with({ body, headers = {} }: RequestChange): HttpRequest {
    const changed = new ChangedIncoming(this.exchange.incoming, headers, body);
    return this.exchange.changed(changed, body !== undefined).request;
  }
}

/** An incoming request with some headers, and perhaps the body, replaced. */
class ChangedIncoming implements Incoming {
  readonly #original: Incoming;
  readonly #pairs: Pairs;
  readonly #body: Uint8Array | undefined;

  constructor(original: Incoming, headers: NonNullable<RequestChange["headers"]>, body: Uint8Array | undefined) {
    this.#original = original;
    this.#body = body;
    const changes: (readonly [string, string | null])[] = Object.entries(headers).map(([name, value]) => [
      checkedHeader(name, value ?? ""),
      value,
    ]);
    if (body !== undefined && !(body instanceof Uint8Array)) {
      throw new ApusError(
        "APUS_MIDDLEWARE: request.with({ body }) takes bytes; encode text: new TextEncoder().encode(text).",
      );
    }
    if (body !== undefined) changes.push(["content-length", String(body.byteLength)], ["transfer-encoding", null]);
    const replaced = new Set(changes.map(([name]) => name));
    const kept = original.headers().filter((_, i, all) => !replaced.has(all[i - (i % 2)]!));
    this.#pairs = [...kept, ...changes.flatMap(([name, value]) => (value === null ? [] : [name, value]))];
  }

  get method(): string {
    return this.#original.method;
  }
  get target(): string {
    return this.#original.target;
  }
  get scheme(): "http" | "https" {
    return this.#original.scheme;
  }
  get client(): Incoming["client"] {
    return this.#original.client;
  }
  get signal(): AbortSignal {
    return this.#original.signal;
  }
  header(name: string): string | undefined {
    return this.headerLines(name)[0];
  }
  headerLines(name: string): readonly string[] {
    return this.#pairs.filter((_, i) => i % 2 === 1 && this.#pairs[i - 1] === name);
  }
  headers(): Pairs {
    return this.#pairs;
  }
  read(limit: number): Promise<Uint8Array> {
    const body = this.#body;
    if (body === undefined) return this.#original.read(limit);
    return body.byteLength > limit ? Promise.reject(new BodyTooLargeError(limit)) : Promise.resolve(body);
  }
  chunks(limit: number): AsyncIterable<Uint8Array> {
    return this.#body === undefined ? this.#original.chunks(limit) : onePiece(this.read(limit));
  }
}
