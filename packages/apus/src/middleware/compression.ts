/** The `compression` middleware: answers compressed as the client accepts it, in the manner of FastAPI's GZipMiddleware. */
import { middleware, type Middleware } from "../around/index.ts";
import { ApusError, checkOptionNames } from "../diagnostic/index.ts";
import type { HttpRequest, Outgoing } from "../exchange/index.ts";
import { checkTexts } from "./checked-options.ts";
import { compressBytes, compressStream } from "./compression-body.ts";
import { chooseCoding, type ContentCoding } from "./compression-choice.ts";
import { exchangeOf } from "./exchange-of.ts";

/** Options of `compression`. */
export interface CompressionOptions {
  /** Bodies of fewer bytes stay as they are; streams are compressed at any size. Default: 500. */
  readonly minimumSize?: number | undefined;
  /**
   * 1 (fastest) to 9 (smallest). Default: 6 for gzip, 4 for Brotli. Where no server gives `app.host`, gzip has the one level
   * of the runtime.
   */
  readonly level?: number | undefined;
  /**
   * The codings to offer, the preferred first; it decides where a client likes several equally. Default: `["gzip"]`. Brotli
   * needs a server that gives `app.host`; elsewhere the next one is taken.
   */
  readonly encodings?: readonly ContentCoding[] | undefined;
  /** Media types that stay as they are, `type/*` for all of a type. Default: those that are compressed already, and event streams. */
  readonly excludeContentTypes?: readonly string[] | undefined;
}

/** Starlette's, so that an answer is compressed here where it is there. */
const compressedAlready: readonly string[] = [
  "application/grpc",
  "application/gzip",
  "application/x-gzip",
  "application/zip",
  "audio/*",
  "font/woff",
  "font/woff2",
  "image/avif",
  "image/gif",
  "image/jpeg",
  "image/png",
  "image/webp",
  "text/event-stream",
  "video/*",
];

/** Headers that speak of the bytes as they are: a coding or a digest they have, a part they are of a whole. */
const aboutBytes = ["content-encoding", "content-range", "content-digest", "repr-digest", "digest", "content-md5"];

/**
 * Compresses answers for clients that accept it. Left as they are: short bodies, what is compressed already, event streams,
 * parts (206), and answers that have a `content-encoding`, a digest of their bytes, or `cache-control: no-transform`. A strong
 * ETag becomes a weak one, and `accept-ranges` goes, because the bytes are no longer those they speak of (RFC 9110, section
 * 8.8.1).
 *
 * Streams are compressed where pieces can be flushed: on Apus' server, and wherever `app.host` is given. The web's
 * CompressionStream would hold them back, so elsewhere they stay as they are.
 *
 * Compression tells an attacker who can both see the length of an encrypted answer and put text of his own into it what else
 * stands in it (BREACH). Do not answer with a secret beside what a request said; give such an answer
 * `cache-control: no-transform`, or use this on the routers that have none.
 *
 * @throws ApusError for an option that cannot be one.
 * @example
 * const app = new App({ middleware: [compression({ minimumSize: 1000 })] });
 */
export function compression(options: CompressionOptions = {}): Middleware {
  check(options);
  const { minimumSize = 500, level, encodings = ["gzip"], excludeContentTypes = compressedAlready } = options;
  const excluded = new Set(excludeContentTypes.map((each) => essence(each)));

  const onAnswer = (answer: Outgoing, request: HttpRequest): void | Promise<void> => {
    const { headers, body, status } = answer;
    const isLeft =
      aboutBytes.some((name) => headers.has(name)) ||
      isExcluded(headers.get("content-type"), excluded) ||
      /(?:^|[\s,])no-transform(?:[\s,]|$)/i.test(headers.get("cache-control") ?? "");
    if (isLeft) return;
    if (status !== 304 && (body === null || status < 200 || status === 204 || status === 205 || status === 206)) return;
    const host = exchangeOf(request).site?.host?.();
    const canFlush = host?.compressor !== undefined;
    const offered = canFlush ? encodings : encodings.filter((coding) => coding === "gzip");
    const coding = chooseCoding(request.headers.get("accept-encoding"), offered);
    if (body === null) return notModified(answer, request, coding);
    if (body instanceof ReadableStream) {
      headers.vary("Accept-Encoding");
      if (coding === undefined || !canFlush) return;
      answer.body = compressStream(body, () => host.compressor!(coding, level));
      return encoded(answer, coding);
    }
    const bytes = atLeast(body, minimumSize);
    if (bytes === undefined) return;
    headers.vary("Accept-Encoding");
    if (coding === undefined) return;
    return compressBytes(bytes, coding, level, host).then((made) => {
      answer.body = made;
      encoded(answer, coding);
    });
  };
  return middleware({ onAnswer }, "compression");
}

function check(options: CompressionOptions): void {
  checkOptionNames("compression()", options, ["minimumSize", "level", "encodings", "excludeContentTypes"]);
  const { minimumSize = 0, level = 1, encodings } = options;
  if (!Number.isSafeInteger(minimumSize) || minimumSize < 0) {
    throw new ApusError("APUS_MIDDLEWARE: compression({ minimumSize }) is a number of bytes, 0 or more.");
  }
  if (!Number.isInteger(level) || level < 1 || level > 9) {
    throw new ApusError("APUS_MIDDLEWARE: compression({ level }) is an integer from 1 (fastest) to 9 (smallest).");
  }
  checkTexts("compression", "encodings", encodings, (coding) =>
    coding === "gzip" || coding === "br" ? undefined : 'is neither "gzip" nor "br"',
  );
  if (encodings?.length === 0) {
    throw new ApusError("APUS_MIDDLEWARE: compression({ encodings }) lists nothing; leave the middleware out.");
  }
  checkTexts("compression", "excludeContentTypes", options.excludeContentTypes, (type) =>
    type.includes("/") ? undefined : 'is no media type such as "image/png" or "image/*"',
  );
}

/** The media type without its parameters. */
function essence(contentType: string): string {
  const end = contentType.indexOf(";");
  return (end < 0 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

function isExcluded(contentType: string | null, excluded: ReadonlySet<string>): boolean {
  if (contentType === null) return false;
  const type = essence(contentType);
  if (excluded.has(type) || excluded.has(`${type.split("/", 1)[0]!}/*`)) return true;
  return type.startsWith("application/grpc+") && excluded.has("application/grpc");
}

const encoder = new TextEncoder();

/** The bytes of a body that has at least so many, and at least one. */
function atLeast(body: string | Uint8Array, minimumSize: number): Uint8Array | undefined {
  // A code unit is at most three bytes: most short texts need not be encoded to be told short.
  if (typeof body === "string" && body.length * 3 < minimumSize) return undefined;
  const bytes = typeof body === "string" ? encoder.encode(body) : body;
  return bytes.byteLength < Math.max(1, minimumSize) ? undefined : bytes;
}

function encoded({ headers }: Outgoing, coding: ContentCoding): void {
  headers.set("content-encoding", coding);
  // Ranges would be of other bytes than these.
  headers.delete("accept-ranges");
  const tag = headers.get("etag");
  if (tag?.startsWith('"')) headers.set("etag", `W/${tag}`);
}

/**
 * A 304 has the ETag and the Vary of the answer it stands for (RFC 9110, section 15.4.5): the client says which it holds. One
 * that accepts a coding and holds the strong tag holds what is not compressed for anybody.
 */
function notModified({ headers }: Outgoing, request: HttpRequest, coding: ContentCoding | undefined): void {
  const tag = headers.get("etag");
  const held = request.headers.get("if-none-match") ?? "";
  if (tag?.startsWith('"') && held.includes(`W/${tag}`)) headers.set("etag", `W/${tag}`);
  else if (tag?.startsWith('"') && coding !== undefined && held.includes(tag)) return;
  headers.vary("Accept-Encoding");
}
