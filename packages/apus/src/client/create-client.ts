/** Calls the operations of a router over `fetch`. Types come from the operations; no code of the server is loaded. */
import type { CallOptions, Client } from "./types.ts";

export interface ClientOptions {
  /** Where the server is: `http://127.0.0.1:8000`, with a path in front of everything if it has one. */
  readonly baseUrl: string;
  /** Sent with every call. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Makes the requests. Default: the platform's `fetch`. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/** The server answered what no operation declares: a status without a declared error, or a body that is no JSON. */
export class UnexpectedAnswer extends Error {
  override readonly name = "UnexpectedAnswer";
  readonly response: Response;
  readonly text: string;

  constructor(what: string, response: Response, text: string) {
    super(`${what} answered ${response.status}, which the operation does not declare: ${text.slice(0, 200)}`);
    this.response = response;
    this.text = text;
  }
}

interface Sent extends CallOptions {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, unknown>>;
}

/**
 * Makes a client.
 *
 * Inputs are sent as they are declared: a `Date` as ISO 8601 text, a `Set` as a list, a `Map` as an object, a bigint with all
 * its digits. Answers are what `JSON.parse` makes of them: dates are text, and integers beyond 2^53 are rounded.
 *
 * @typeParam T The router: `typeof api`, imported as a type only.
 * @example
 * const client = createClient<typeof api>({ baseUrl: "http://127.0.0.1:8000" });
 * const answer = await client.get("/items/{item_id}", { path: { item_id: 3 } });
 * if (answer.ok) console.log(answer.value.name);
 * else console.log(answer.status, answer.body.detail);
 */
export function createClient<T>(options: ClientOptions): Client<T> {
  const call =
    (method: string) =>
    (path: string, sent: Sent = {}): Promise<unknown> =>
      answerOf(method, path, sent, options);
  return {
    get: call("GET"),
    post: call("POST"),
    put: call("PUT"),
    patch: call("PATCH"),
    delete: call("DELETE"),
  } as unknown as Client<T>;
}

async function answerOf(method: string, path: string, sent: Sent, options: ClientOptions): Promise<unknown> {
  const url = options.baseUrl.replace(/\/$/, "") + fill(path, sent.path ?? {}) + queryOf(sent.query);
  const headers = new Headers(options.headers);
  for (const [name, value] of Object.entries(sent.headers ?? {}))
    if (value !== undefined) headers.set(name, textOf(value));
  const cookies = Object.entries(sent.cookies ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => cookieOf(name, textOf(value)));
  if (cookies.length > 0) headers.set("cookie", cookies.join("; "));
  const init: RequestInit = { method, headers, signal: sent.signal ?? null };
  if (sent.body !== undefined) {
    headers.set("content-type", "application/json");
    init.body = jsonOf(sent.body) ?? null;
  } else if (sent.form !== undefined) init.body = pairsOf(sent.form);
  const response = await (options.fetch ?? fetch)(new Request(url, init));
  return resultOf(`${method} ${path}`, response);
}

/**
 * Puts the values into a template. Everything that is not unreserved is encoded, and dot segments are refused, so that a
 * value can never become another path; only `{name:path}` takes slashes.
 */
function fill(template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replaceAll(/\{([^{}:]+)(?::([^{}]*))?\}/g, (_, name: string, convertor: string | undefined) => {
    const value = values[name];
    if (value === undefined || value === null) {
      throw new TypeError(`APUS_CLIENT_PATH: the path parameter "${name}" of ${template} is missing.`);
    }
    if (value === "" && convertor !== "path") {
      throw new TypeError(`APUS_CLIENT_PATH: the path parameter "${name}" of ${template} is empty.`);
    }
    const text = textOf(value);
    const segments = convertor === "path" ? text.split("/") : [text];
    if (segments.includes(".") || segments.includes("..")) {
      throw new TypeError(
        `APUS_CLIENT_PATH: the path parameter "${name}" of ${template} cannot hold the segment "." or "..".`,
      );
    }
    return segments.map(encodeURIComponent).join("/");
  });
}

/** One cookie; a value that would end it and begin another is refused (RFC 6265, section 4.1.1). */
function cookieOf(name: string, value: string): string {
  if (/[;\s]/.test(value) || /[=;\s]/.test(name)) {
    throw new TypeError(`APUS_CLIENT_COOKIE: the cookie "${name}" holds a space or a semicolon; encode it first.`);
  }
  return `${name}=${value}`;
}

function queryOf(query: Readonly<Record<string, unknown>> = {}): string {
  const text = pairsOf(query).toString();
  return text === "" ? "" : `?${text}`;
}

/** Lists become repeated names; what is null or undefined is left out. */
function pairsOf(values: Readonly<Record<string, unknown>>): URLSearchParams {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const each of Array.isArray(value) || value instanceof Set ? (value as Iterable<unknown>) : [value]) {
      if (each !== undefined && each !== null) pairs.append(name, textOf(each));
    }
  }
  return pairs;
}

function textOf(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

const deepest = 2000;

/**
 * JSON text; undefined for what JSON leaves out. It has no word for sets and maps, which are sent as lists and objects, and
 * the platform has none for integers of any length, which are sent digit by digit.
 */
function jsonOf(value: unknown, depth = 0): string | undefined {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (depth > deepest) {
    throw new TypeError(`APUS_CLIENT_BODY: the body is nested deeper than ${deepest} levels, or contains itself.`);
  }
  if ("toJSON" in value && typeof value.toJSON === "function") return jsonOf(value.toJSON(), depth + 1);
  if (Array.isArray(value) || value instanceof Set) {
    return `[${Array.from(value as Iterable<unknown>, (each) => jsonOf(each, depth + 1) ?? "null").join()}]`;
  }
  const members: string[] = [];
  for (const [key, each] of value instanceof Map ? (value as Map<unknown, unknown>) : Object.entries(value)) {
    const text = jsonOf(each, depth + 1);
    if (text !== undefined) members.push(`${JSON.stringify(String(key))}:${text}`);
  }
  return `{${members.join()}}`;
}

async function resultOf(what: string, response: Response): Promise<unknown> {
  const { ok, status } = response;
  const text = await response.text();
  const type = response.headers.get("content-type") ?? "";
  if (!/\bjson\b/.test(type)) {
    if (ok) return { ok, status, value: text === "" ? undefined : text };
    throw new UnexpectedAnswer(what, response, text);
  }
  // Servers name the type of the body that a 204 does not have.
  if (ok && text === "") return { ok, status, value: undefined };
  let body: unknown;
  try {
    body = JSON.parse(text) as unknown;
  } catch {
    throw new UnexpectedAnswer(what, response, text);
  }
  return ok ? { ok, status, value: body } : { ok, status, body };
}
