/** `sendFile`: a file of the machine as an answer, whole or the ranges of it that are asked for, in the manner of FastAPI's FileResponse. */
import { ApusError, checkOptionNames, ofThisCopy, type OptionNames } from "../diagnostic/index.ts";
import { FileMissingError, forbidsBody, type Answer, type Exchange, type OpenFile } from "../exchange/index.ts";
import { contentDisposition } from "./content-disposition.ts";
import { DeferredReply } from "./deferred-reply.ts";
import { answerOfFile } from "./file-answer.ts";
import { mediaTypeOf } from "./media-types.ts";
import { cookiePairs, hasHeader, headerPairs, withCharset, type Reply, type ReplyInit } from "./reply.ts";
import { isWayward } from "./wayward.ts";

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
  /**
   * Whether a client that holds the file already, by the ETag or the date it sends (`If-None-Match`, `If-Modified-Since`), is
   * answered with 304 in place of the file. Default: false, as in FastAPI's FileResponse.
   */
  readonly conditional?: boolean | undefined;
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
  conditional: true,
  status: true,
  headers: true,
  cookies: true,
};

function make(path: string | URL, options: SendFileOptions = {}): Reply {
  checkOptionNames("sendFile()", options, known);
  const { filename, contentDispositionType, root, conditional = false, status } = options;
  check(path, options);
  const headers = headerPairs(options.headers);
  const add = (name: string, value: string): void => void (hasHeader(headers, name) || headers.push(name, value));
  add("accept-ranges", "bytes");
  if (filename !== undefined || contentDispositionType !== undefined) {
    add("content-disposition", contentDisposition(contentDispositionType ?? "attachment", filename));
  }
  add("content-type", withCharset(options.mediaType ?? mediaTypeOf(filename || String(path)))!);
  return new FileReply(status, [...headers, ...cookiePairs(options.cookies)], { path, root, conditional });
}

/**
 * A file as an answer: streamed in chunks, with its media type, its length, `last-modified` and an `etag`. Ranges are
 * answered with 206, also under `If-Range`; conditional requests with 304 where `conditional` says so.
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
  const { filename, contentDispositionType: type, root, conditional } = options;
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
  if (conditional !== undefined && typeof conditional !== "boolean") wrong("a `conditional` that is no boolean.");
}

interface Sent {
  readonly path: string | URL;
  readonly root: string | URL | undefined;
  readonly conditional: boolean;
}

class FileReply extends DeferredReply {
  readonly #sent: Sent;

  constructor(status: number | undefined, headers: readonly string[], sent: Sent) {
    super(status, headers, null);
    this.#sent = sent;
  }

  with(status: number | undefined, headers: readonly string[]): FileReply {
    return new FileReply(status, headers, this.#sent);
  }

  async answer(exchange: Exchange, status: number): Promise<Answer> {
    if (forbidsBody(status)) return { status, headers: this.headers, body: null };
    const file = await this.#open(exchange);
    return answerOfFile(file, exchange, { status, headers: this.headers, conditional: this.#sent.conditional });
  }

  async #open(exchange: Exchange): Promise<OpenFile> {
    const { path, root } = this.#sent;
    const host = exchange.site?.host?.();
    if (host?.file === undefined) {
      throw new ApusError(
        "APUS_FILE: sendFile() needs a server that gives the app its files, as serve() and testClient() do, or `app.host`; where there is none, return a Response with the bytes.",
      );
    }
    try {
      if (root !== undefined && isWayward(String(path))) throw new FileMissingError("It may lead out");
      return await host.file(path, root);
    } catch (cause) {
      if (cause instanceof FileMissingError && root !== undefined) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ApusError(`APUS_FILE: sendFile(${JSON.stringify(path)}) cannot send the file: ${reason}`, {
        cause,
      });
    }
  }
}
