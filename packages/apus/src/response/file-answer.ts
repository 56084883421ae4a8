/** An open file as an answer: whole, the ranges of it that are asked for, or nothing where the client holds it already. */
import type { Answer, Exchange, OpenFile } from "../exchange/index.ts";
import { parseRanges, type ByteRange } from "./byte-ranges.ts";
import { isNotModified, notModified } from "./conditional.ts";
import { fileStream } from "./file-stream.ts";
import { hasHeader } from "./reply.ts";

/**
 * Answers with the file, and gives it back unless it is sent.
 * @param headers Name and value in turn, with a `content-type`; `last-modified` and `etag` are the file's where they are missing.
 * @param conditional Whether a client that holds the file already is answered with 304.
 */
export async function answerOfFile(
  file: OpenFile,
  exchange: Exchange,
  {
    status,
    headers,
    conditional,
  }: { readonly status: number; readonly headers: readonly string[]; readonly conditional: boolean },
): Promise<Answer> {
  try {
    const answer = made(file, exchange, status, headers, conditional);
    if (answer.length === undefined) await file.close();
    return answer;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Only what sends the file has a length. */
function made(
  file: OpenFile,
  { incoming, method }: Exchange,
  status: number,
  given: readonly string[],
  conditional: boolean,
): Answer {
  const { size, modified } = file;
  const headers = [...given];
  const set = (name: string, value: string): string => {
    if (!hasHeader(headers, name)) headers.push(name, value);
    return headers[valueAt(headers, name)]!;
  };
  const date = set("last-modified", new Date(modified).toUTCString());
  const tag = set("etag", `"${Math.round(modified * 1000).toString(36)}-${size.toString(36)}"`);
  const safe = method === "GET" || method === "HEAD";
  if (conditional && safe && isNotModified(incoming, { etag: tag, lastModified: date })) return notModified(headers);
  const range = incoming.header("range");
  const condition = incoming.header("if-range");
  const unchanged =
    condition === undefined || ((condition === date || condition === tag) && !condition.startsWith("W/"));
  const asked = status === 200 && range !== undefined && safe && unchanged;
  const ranges = asked ? parseRanges(range, size) : [];
  if ("status" in ranges) return refusal(ranges, size);
  if (ranges.length === 0) {
    return { status, headers, body: fileStream(file, size === 0 ? [] : [[0, size]]), length: size };
  }
  if (ranges.length === 1) {
    const [[start, end]] = ranges as [ByteRange];
    headers.push("content-range", contentRange(start, end, size));
    return { status: 206, headers, body: fileStream(file, [[start, end]]), length: end - start };
  }
  const boundary = Array.from(crypto.getRandomValues(new Uint8Array(13)), hex).join("");
  const at = valueAt(headers, "content-type");
  const pieces = partsOf(ranges, boundary, headers[at]!, size);
  headers[at] = `multipart/byteranges; boundary=${boundary}`;
  const length = pieces.reduce(
    (sum, each) => sum + (each instanceof Uint8Array ? each.byteLength : each[1] - each[0]),
    0,
  );
  return { status: 206, headers, body: fileStream(file, pieces), length };
}

/** Where the first value of a header that is there stands. */
function valueAt(headers: readonly string[], name: string): number {
  return headers.findIndex((each, i) => i % 2 === 0 && each === name) + 1;
}

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");

function contentRange(start: number, end: number, size: number): string {
  return `bytes ${start}-${end - 1}/${size}`;
}

const encoder = new TextEncoder();

/** Several ranges as the parts of a `multipart/byteranges` (RFC 9110, section 14.6). */
function partsOf(
  ranges: readonly ByteRange[],
  boundary: string,
  type: string,
  size: number,
): (Uint8Array | ByteRange)[] {
  const parts = ranges.flatMap(([start, end]): (Uint8Array | ByteRange)[] => {
    const head = `--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: ${contentRange(start, end, size)}\r\n\r\n`;
    return [encoder.encode(head), [start, end], encoder.encode("\r\n")];
  });
  return [...parts, encoder.encode(`--${boundary}--`)];
}

/** Without the headers of the file: they may allow caches to keep it, and this is not the file. */
function refusal(why: Exclude<ReturnType<typeof parseRanges>, readonly ByteRange[]>, size: number): Answer {
  const headers = ["content-type", "text/plain; charset=utf-8"];
  if (why.status === 400) return { status: 400, headers, body: why.detail };
  return { status: 416, headers: [...headers, "content-range", `bytes */${size}`], body: "" };
}
