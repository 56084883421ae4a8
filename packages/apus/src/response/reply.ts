/**
 * Ways to write an answer other than by a schema: `json`, `html`, `text`, `redirect` and one's own. Each is a value for
 * `as:` and a function that makes a reply at once.
 */
import { ApusError, checkOptionNames, ofThisCopy, type OptionNames } from "../diagnostic/index.ts";
import { checkedHeader, setCookieLine, type CookieOptions } from "../exchange/index.ts";
import { encode, jsonText } from "../schema/index.ts";

/** What goes with a reply. */
export interface ReplyInit {
  /** HTTP status; the kind's own where it is left out. */
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** Cookies to set, by name. */
  readonly cookies?: Readonly<Record<string, ReplyCookie>> | undefined;
}

/** A finished answer that a handler returns. It is sent as it is; `output` does not concern it. */
export class Reply {
  readonly status: number | undefined;
  readonly headers: readonly string[];
  readonly body: string | Uint8Array | null;

  /**
   * @param headers Name and value in turn.
   * @throws ApusError for what no header can be.
   */
  constructor(status: number | undefined, headers: readonly string[], body: string | Uint8Array | null) {
    this.status = status;
    this.headers = headers.flatMap((name, i) => {
      const value = headers[i + 1]!;
      return i % 2 === 0 ? [checkedHeader(name, value), value] : [];
    });
    this.body = body;
  }
}
ofThisCopy(Reply.prototype);

/** A way to write values of type `V`: called it makes a reply, given as `as:` it writes and documents what a handler returns. */
export interface Kind<in V = never> {
  (value: V, init?: ReplyInit | undefined): Reply;
  /** The Content-Type it writes, or null for one that has none. */
  readonly mediaType: string | null;
  /** The status it answers with where nothing else says. */
  readonly status: number;
  /** Whether what it documents is JSON. */
  readonly json: boolean;
}

/** What describes a kind of one's own. */
export interface KindOptions<V> {
  /** Content-Type; `; charset=utf-8` is added to text types that name no charset. Null for none. */
  readonly mediaType: string | null;
  /** Default status: 200. */
  readonly status?: number | undefined;
  /** Turns the value into text or bytes. */
  readonly write: (value: V) => string | Uint8Array | null;
  /** Headers that belong to every reply of this kind. */
  readonly headers?: ((value: V) => Readonly<Record<string, string>>) | undefined;
}

const known: OptionNames<ReplyInit> = { status: true, headers: true, cookies: true };

/** Header name and value in turn, lower case, checked. @throws ApusError for what could split a header. */
export function headerPairs(headers: ReplyInit["headers"]): string[] {
  if (headers !== undefined && Symbol.iterator in headers) {
    throw new ApusError(
      'APUS_HEADER: `headers` is a record: { "x-name": "value" }. Of entries, Object.fromEntries() makes one.',
    );
  }
  const pairs: string[] = [];
  for (const [name, values] of Object.entries(headers ?? {})) {
    for (const value of typeof values === "string" ? [values] : values) pairs.push(checkedHeader(name, value), value);
  }
  return pairs;
}

/** A cookie of a reply: its value, or its value with attributes. */
export type ReplyCookie = string | (CookieOptions & { readonly value: string });

export function cookiePairs(cookies: ReplyInit["cookies"]): string[] {
  return Object.entries(cookies ?? {}).flatMap(([name, cookie]) => {
    const { value, ...options } = typeof cookie === "string" ? { value: cookie } : cookie;
    return ["set-cookie", setCookieLine(name, value, options)];
  });
}

/** Whether header pairs hold a name. Names stand at even places: a value may read like a name. */
export function hasHeader(pairs: readonly string[], name: string): boolean {
  return pairs.some((each, i) => i % 2 === 0 && each === name);
}

/** The pairs whose names `others` does not have: a header of the kind gives way to one that the caller sets. */
function without(pairs: readonly string[], others: readonly string[]): string[] {
  return pairs.filter((_, i) => !hasHeader(others, pairs[i - (i % 2)]!));
}

export function withCharset(mediaType: string | null): string | null {
  return mediaType?.startsWith("text/") && !mediaType.includes("charset") ? `${mediaType}; charset=utf-8` : mediaType;
}

/**
 * Makes a way to write answers.
 * @example
 * const csv = kind<string[][]>({ mediaType: "text/csv", write: (rows) => rows.map((row) => row.join(",")).join("\n") });
 * get("/export", { as: csv }, () => [["a", "b"]]);
 */
export function kind<V>(options: KindOptions<V>): Kind<V> {
  const status = options.status ?? 200;
  const mediaType = withCharset(options.mediaType);
  const make = (value: V, init?: ReplyInit): Reply => {
    if (init !== undefined) checkOptionNames("a reply", init, known);
    const given = headerPairs(init?.headers);
    const headers = [...without(headerPairs(options.headers?.(value)), given), ...given, ...cookiePairs(init?.cookies)];
    if (mediaType !== null && !hasHeader(headers, "content-type")) headers.push("content-type", mediaType);
    return new Reply(init?.status ?? (status === 200 ? undefined : status), headers, options.write(value));
  };
  return Object.assign(ofThisCopy(make), {
    mediaType: options.mediaType,
    status,
    json: options.mediaType?.includes("json") ?? false,
  });
}

/** JSON of any value, unfiltered. */
export const json: Kind<unknown> = kind<unknown>({
  mediaType: "application/json",
  write: (value) => jsonText(encode(value ?? null)),
});

/** HTML text. */
export const html: Kind<string> = kind<string>({ mediaType: "text/html", write: (value) => value });

/** Plain text. */
export const text: Kind<string> = kind<string>({ mediaType: "text/plain", write: (value) => value });

/** A redirect, 307 unless `status` says otherwise. The URL's unsafe characters are percent-encoded. */
export const redirect: Kind<string | URL> = kind<string | URL>({
  mediaType: null,
  status: 307,
  write: () => null,
  headers: (value) => ({
    location: encodeURI(String(value)).replaceAll("%25", "%").replaceAll("%5B", "[").replaceAll("%5D", "]"),
  }),
});
