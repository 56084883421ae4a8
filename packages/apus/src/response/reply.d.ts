/** What goes with a reply. */
export interface ReplyInit {
  /** HTTP status; the kind's own where it is left out. */
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined;
}
/** A finished answer that a handler returns. It is sent as it is; `output` does not concern it. */
export declare class Reply {
  readonly status: number | undefined;
  readonly headers: readonly string[];
  readonly body: string | Uint8Array | null;
  constructor(status: number | undefined, headers: readonly string[], body: string | Uint8Array | null);
}
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
/** Header name and value in turn, lower case, checked: what could split a header is a programming error, not an answer. */
export declare function headerPairs(headers: ReplyInit["headers"]): string[];
/**
 * Makes a way to write answers.
 * @example
 * const csv = kind<string[][]>({ mediaType: "text/csv", write: (rows) => rows.map((row) => row.join(",")).join("\n") });
 * get("/export", { as: csv }, () => [["a", "b"]]);
 */
export declare function kind<V>(options: KindOptions<V>): Kind<V>;
/** JSON of any value, unfiltered. */
export declare const json: Kind<unknown>;
/** HTML text. */
export declare const html: Kind<string>;
/** Plain text. */
export declare const text: Kind<string>;
/** A redirect, 307 unless `status` says otherwise. The URL's unsafe characters are percent-encoded. */
export declare const redirect: Kind<string | URL>;
