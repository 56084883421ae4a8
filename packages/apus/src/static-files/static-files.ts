/** `staticFiles`: a directory of files for `app.mount`, in the manner of Starlette's StaticFiles. */
import { ApusError, checkOptionNames, isOfKind, ofThisCopy, type OptionNames } from "../diagnostic/index.ts";
import { HTTPException } from "../error/index.ts";
import type { Answer, Exchange, Host } from "../exchange/index.ts";
import { ServedDirectory, toSlash, type DirectoryOptions } from "./served-directory.ts";
import { servedPath } from "./served-path.ts";

/** How a directory is served. */
export interface StaticFilesOptions extends DirectoryOptions {
  /**
   * Whether a directory is answered with its `index.html`, and what is missing with the `404.html` at the top, where they
   * are there. Default: false.
   */
  readonly html?: boolean | undefined;
  /** Whether a directory that is missing stops the start. Default: true; else requests are answered 500. */
  readonly checkDir?: boolean | undefined;
  /** Whether symbolic links may lead out of the directory. Default: false; those that stay within it are followed. */
  readonly followSymlink?: boolean | undefined;
}

/** A directory to be mounted: `app.mount("/static", staticFiles("static"))`. */
export interface StaticFiles {
  readonly kind: "staticFiles";
  readonly directory: string | URL;
}

/** As the app sees it. */
export interface ServesFiles extends StaticFiles {
  /** Fails where the directory is missing, if that is to stop the start. */
  check(host: Host | undefined): Promise<void>;
  /** Answers for the path that the exchange has below the prefix. @throws HTTPException for what is not there. */
  answer(exchange: Exchange): Promise<Answer>;
}

const known: OptionNames<StaticFilesOptions> = {
  html: true,
  checkDir: true,
  followSymlink: true,
  dotfiles: true,
  headers: true,
};

/**
 * The files of a directory, for `app.mount`. They are answered with their media type, an ETag and their date: to GET and
 * HEAD, whole, in ranges, and with 304 where the client holds them already. What is missing, hidden or outside is answered
 * with the app's own 404.
 *
 * @param directory Relative names are read from the working directory, as in FastAPI; `new URL("./static", import.meta.url)`
 *   is beside the module.
 * @throws ApusError for an option that there is not or that cannot be meant. The start fails where the directory is missing.
 * @example app.mount("/static", staticFiles(new URL("./static", import.meta.url)));
 */
export function staticFiles(directory: string | URL, options: StaticFilesOptions = {}): StaticFiles {
  checkOptionNames("staticFiles()", options, known);
  for (const name of ["html", "checkDir", "followSymlink"] as const) {
    if (options[name] !== undefined && typeof options[name] !== "boolean") {
      throw new ApusError(`APUS_DIRECTORY: staticFiles(): \`${name}\` is true or false.`);
    }
  }
  const { html = false, checkDir = true } = options;
  const served = new ServedDirectory("staticFiles()", directory, options);
  const files: ServesFiles = {
    kind: "staticFiles",
    directory,
    check: async (host) => (checkDir ? served.check(host) : undefined),
    answer: (exchange) => answer(served, exchange, html),
  };
  return ofThisCopy(files);
}

export function isStaticFiles(value: unknown): value is ServesFiles {
  return isOfKind(value, "staticFiles");
}

async function answer(served: ServedDirectory, exchange: Exchange, html: boolean): Promise<Answer> {
  if (exchange.method !== "GET" && exchange.method !== "HEAD") {
    throw new HTTPException(405, undefined, { headers: { allow: "GET, HEAD" } });
  }
  const asked = servedPath(exchange.target!.path, served.dotfiles);
  const found = asked === undefined ? undefined : await served.find(exchange, asked);
  if (found !== undefined && (html || !found.index)) {
    if (!found.index || asked!.slash) return served.answer(exchange, found);
    await found.file.close();
    return toSlash(exchange);
  }
  await found?.file.close();
  const page = html ? await served.open(exchange, "404.html") : undefined;
  if (page === undefined || page === "directory") throw new HTTPException(404);
  return served.answer(exchange, { file: page, path: "404.html" }, { status: 404, conditional: false });
}
