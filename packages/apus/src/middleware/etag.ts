/** The `etag` middleware: answers say which version they are, and a client that holds it already is not sent it again. */
import { middleware, type Middleware } from "../around/index.ts";
import { checkOptionNames } from "../diagnostic/index.ts";
import type { Outgoing } from "../exchange/index.ts";
import { isNotModified } from "../response/index.ts";
import { checkFlag } from "./checked-options.ts";
import { exchangeOf } from "./exchange-of.ts";

/** Options of `etag`. */
export interface EtagOptions {
  /**
   * Whether the tags say that two answers mean the same rather than that their bytes are equal (`W/"…"`), for a proxy behind
   * which answers are changed without their meaning. Default: false.
   */
  readonly weak?: boolean | undefined;
}

/** What speaks of the content that a 304 does not have (RFC 9110, section 15.4.5). */
const ofContent = [
  "accept-ranges",
  "content-digest",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-md5",
  "content-range",
  "content-type",
  "digest",
  "repr-digest",
];

/**
 * Gives answers to GET and HEAD an `ETag`, the digest of their bytes (SHA-256), and answers 304 without a body where the
 * request names it in `If-None-Match`. It saves sending, not the work of the handler: what is asked for is made all the same.
 *
 * An ETag or a `Last-Modified` that a handler has set is taken as it is, also where the answer is a stream or a file: then
 * `If-None-Match` and `If-Modified-Since` are compared with them. Streams are not digested, and neither is what has
 * `cache-control: no-store` or another status than 200. `If-Match`, which keeps a change from undoing another's, is left to
 * handlers: only they know the version before they change it.
 *
 * @throws ApusError for an option that cannot be one.
 * @example new App({ middleware: [compression(), etag()] });
 */
export function etag(options: EtagOptions = {}): Middleware {
  checkOptionNames("etag()", options, ["weak"]);
  checkFlag("etag", "weak", options.weak);
  const prefix = options.weak === true ? "W/" : "";
  return middleware(
    {
      onAnswer(answer, request) {
        const { headers, status, body } = answer;
        if ((request.method !== "GET" && request.method !== "HEAD") || (status !== 200 && status !== 206)) return;
        const conclude = (): void => {
          const etag = headers.get("etag") ?? undefined;
          const lastModified = headers.get("last-modified") ?? undefined;
          if (isNotModified(exchangeOf(request).incoming, { etag, lastModified })) withoutContent(answer);
        };
        if (headers.has("etag") || status !== 200 || !isBuffered(body) || isNeverKept(answer)) return conclude();
        return digestOf(body).then((digest) => {
          headers.set("etag", `${prefix}"${digest}"`);
          conclude();
        });
      },
    },
    "etag",
  );
}

function isBuffered(body: Outgoing["body"]): body is string | Uint8Array {
  return typeof body === "string" || body instanceof Uint8Array;
}

/** Whether no client may keep the answer, so that none could ask for it again by its tag. */
function isNeverKept({ headers }: Outgoing): boolean {
  return /(?:^|[\s,])no-store(?:[\s,]|$)/i.test(headers.get("cache-control") ?? "");
}

const encoder = new TextEncoder();

/** 168 bits of it: two answers that differ will not meet. */
async function digestOf(body: string | Uint8Array): Promise<string> {
  const bytes = typeof body === "string" ? encoder.encode(body) : new Uint8Array(body);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...digest.subarray(0, 21)));
}

function withoutContent(answer: Outgoing): void {
  answer.status = 304;
  answer.body = null;
  for (const name of ofContent) answer.headers.delete(name);
  if (answer.headers.has("etag")) answer.headers.delete("last-modified");
}
