/** `sendFile`: a file of the machine as an answer, whole or the ranges of it that are asked for, in the manner of FastAPI's FileResponse. */
import { ApusError, checkOptionNames, ofThisCopy, type OptionNames } from "../diagnostic/index.ts";
import { FileMissingError, forbidsBody, type Answer, type Exchange, type OpenFile } from "../exchange/index.ts";
import { parseRanges, type ByteRange } from "./byte-ranges.ts";
import { contentDisposition } from "./content-disposition.ts";
import { DeferredReply } from "./deferred-reply.ts";
import { fileStream } from "./file-stream.ts";
import { mediaTypeOf } from "./media-types.ts";
import { cookiePairs, hasHeader, headerPairs, withCharset, type Reply, type ReplyInit } from "./reply.ts";

/** What goes with a file. */
export interface SendFileOptions extends ReplyInit {
  /** Content-Type; `; charset=utf-8` is added to text types that name no charset. Default: by the ending of the name. */
  readonly mediaType?: string | undefined;
  /** The name under which the client may save it; it need not be that of the file. */
  readonly filename?: string | undefined;
  /** Whether browsers save it or show it. Default: `attachment` where there is a `filename`, else nothing is said. */
  readonly contentDispositionType?: "attachment" | "inline" | undefined;
  /**
   * A folder for paths that a client has a say in: the path is one below it, and nothing outside is ever sent, whatever the
   * path or a link in the folder says; nor is what is hidden there, whose name begins with a dot. What is not there is
   * answered with 404. Unlike other options it cannot be undefined:
   * a setting that is missing would leave the path without bounds.
   */
  readonly root?: string | URL;
}

/** Sends files: called it makes a reply, given as `as:` it sends the file whose path the handler returns. */
export interface SendFile {
  (path: string | URL, options?: SendFileOptions | undefined): Reply;
  readonly mediaType: null;
  readonly status: 200;
  readonly json: false;
}

const known: OptionNames<SendFileOptions> = {
  mediaType: true,
  filename: true,
  contentDispositionType: true,
  root: true,
  status: true,
  headers: true,
  cookies: true,
};

function make(path: string | URL, options: SendFileOptions = {}): Reply {
  checkOptionNames("sendFile()", options, known);
  const { filename, contentDispositionType, root, status } = options;
  check(path, options);
  const headers = headerPairs(options.headers);
  const add = (name: string, value: string): void => void (hasHeader(headers, name) || headers.push(name, value));
  add("accept-ranges", "bytes");
  if (filename !== undefined || contentDispositionType !== undefined) {
    add("content-disposition", contentDisposition(contentDispositionType ?? "attachment", filename));
  }
  add("content-type", withCharset(options.mediaType ?? mediaTypeOf(filename || String(path)))!);
  return new FileReply(status, [...headers, ...cookiePairs(options.cookies)], path, root);
}

/**
 * A file as an answer: streamed in chunks, with its media type, its length, `last-modified` and an `etag`. Ranges are
 * answered with 206, also under `If-Range`; conditional requests are not answered with 304.
 *
 * @param path Relative paths are read from the working directory, or from `root`. **A path with a client's text in it needs
 *   `root`**: without it `../` leads anywhere.
 * @throws ApusError for an option that there is not or that cannot be meant. A file that cannot be sent fails as the answer
 *   is made: a 500 that is reported and does not name it, or with `root`, where there is none, a 404.
 * @example
 * get("/report", () => sendFile("reports/2026.pdf", { filename: "Report 2026.pdf" }));
 * get("/uploads/{name:path}", { input: { name: z.string() } }, ({ name }) => sendFile(name, { root: "uploads" }));
 */
export const sendFile: SendFile = Object.assign(ofThisCopy(make), {
  mediaType: null,
  status: 200 as const,
  json: false as const,
});

function check(path: unknown, options: SendFileOptions): void {
  const { filename, contentDispositionType: type, root } = options;
  const wrong = (what: string): never => {
    throw new ApusError(`APUS_FILE: sendFile() got ${what}`);
  };
  if (typeof path === "string" ? path === "" && root === undefined : !(path instanceof URL)) {
    wrong("no path; give that of a file as text, or as a file: URL.");
  }
  // One that was meant and is not there would leave a client's path without bounds.
  if ("root" in options && (typeof root === "string" ? root === "" : !(root instanceof URL))) {
    wrong("a `root` that is none; name a folder, or leave the option out.");
  }
  if (root !== undefined && path instanceof URL) wrong("a URL beside `root`; give the path below it as text.");
  if (filename !== undefined && typeof filename !== "string") wrong("a `filename` that is no text.");
  if (type !== undefined && type !== "attachment" && type !== "inline") {
    wrong('a `contentDispositionType` that is neither "attachment" nor "inline".');
  }
}

/** No path, or one that names a folder, begins at the top, goes up or to what is hidden, or that machines read differently. */
const wayward = /^$|^\/|\/$|(?:^|\/)\.|[\\\0]/;

class FileReply extends DeferredReply {
  readonly #path: string | URL;
  readonly #root: string | URL | undefined;

  constructor(
    status: number | undefined,
    headers: readonly string[],
    path: string | URL,
    root: string | URL | undefined,
  ) {
    super(status, headers, null);
    this.#path = path;
    this.#root = root;
  }

  with(status: number | undefined, headers: readonly string[]): FileReply {
    return new FileReply(status, headers, this.#path, this.#root);
  }

  async answer(exchange: Exchange, status: number): Promise<Answer> {
    if (forbidsBody(status)) return { status, headers: this.headers, body: null };
    const file = await this.#open(exchange);
    try {
      const answer = answerOfFile(file, exchange, status, this.headers);
      if (answer.length === undefined) await file.close();
      return answer;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async #open(exchange: Exchange): Promise<OpenFile> {
    const host = exchange.site?.host?.();
    if (host?.file === undefined) {
      throw new ApusError(
        "APUS_FILE: sendFile() needs a server that gives the app its files, as serve() and testClient() do, or `app.host`; where there is none, return a Response with the bytes.",
      );
    }
    try {
      if (this.#root !== undefined && wayward.test(String(this.#path))) throw new FileMissingError("It may lead out");
      return await host.file(this.#path, this.#root);
    } catch (cause) {
      if (cause instanceof FileMissingError && this.#root !== undefined) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ApusError(`APUS_FILE: sendFile(${JSON.stringify(this.#path)}) cannot send the file: ${reason}`, {
        cause,
      });
    }
  }
}

/** The file, the ranges of it that are asked for, or why they cannot be had. Only what sends the file has a length. */
function answerOfFile(
  file: OpenFile,
  { incoming, method }: Exchange,
  status: number,
  given: readonly string[],
): Answer {
  const { size, modified } = file;
  const headers = [...given];
  const set = (name: string, value: string): string => {
    if (!hasHeader(headers, name)) headers.push(name, value);
    return headers[valueAt(headers, name)]!;
  };
  const date = set("last-modified", new Date(modified).toUTCString());
  const tag = set("etag", `"${Math.round(modified * 1000).toString(36)}-${size.toString(36)}"`);
  const range = incoming.header("range");
  const condition = incoming.header("if-range");
  const unchanged =
    condition === undefined || ((condition === date || condition === tag) && !condition.startsWith("W/"));
  const asked = status === 200 && range !== undefined && (method === "GET" || method === "HEAD") && unchanged;
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
