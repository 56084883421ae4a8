/** A directory of the machine whose files are served: looked at when the app starts, opened file by file after that. */
import { ApusError } from "../diagnostic/index.ts";
import { HTTPException } from "../error/index.ts";
import {
  encodedPath,
  FileForbiddenError,
  FileMissingError,
  type Answer,
  type Exchange,
  type Host,
  type OpenFile,
  type Place,
} from "../exchange/index.ts";
import { answerOfFile, headerPairs, mediaTypeOf, withCharset } from "../response/index.ts";
import type { ServedPath } from "./served-path.ts";

/** What every directory that is served can say. */
export interface DirectoryOptions {
  /**
   * Whether files and directories whose names begin with a dot are served (`.env`, `.git`). Default: `"ignore"`, they are not
   * there; `.well-known` at the top always is.
   */
  readonly dotfiles?: "ignore" | "allow" | undefined;
  /**
   * Headers for the files, such as `cache-control`: a record, or a function of the file's path below the directory. What
   * they say is stronger than what is found out, such as `content-type`.
   */
  readonly headers?: Headers | ((path: string) => Headers | undefined) | undefined;
}

type Headers = Readonly<Record<string, string>>;

export class ServedDirectory {
  readonly dotfiles: "ignore" | "allow";
  /** What messages call it: `app.frontend("/")`. */
  readonly #label: string;
  readonly #directory: string | URL;
  readonly #followSymlink: boolean;
  /** Header name and value in turn. */
  readonly #headersOf: (path: string) => readonly string[];

  /** @throws ApusError for what is no directory's name, and for options that cannot be meant. */
  constructor(
    label: string,
    directory: string | URL,
    {
      dotfiles = "ignore",
      headers,
      followSymlink = false,
    }: DirectoryOptions & { readonly followSymlink?: boolean | undefined },
  ) {
    const isName = typeof directory === "string" ? directory !== "" && !directory.includes("\0") : isFileUrl(directory);
    if (!isName) {
      throw new ApusError(
        `APUS_DIRECTORY: ${label}: the directory is named as text, or as a file: URL: new URL("./static", import.meta.url).`,
      );
    }
    if (dotfiles !== "ignore" && dotfiles !== "allow") {
      throw new ApusError(`APUS_DIRECTORY: ${label}: \`dotfiles\` is "ignore" or "allow".`);
    }
    this.dotfiles = dotfiles;
    this.#label = label;
    this.#directory = directory;
    this.#followSymlink = followSymlink;
    const same = typeof headers === "function" ? undefined : headerPairs(headers);
    this.#headersOf = typeof headers === "function" ? (path) => headerPairs(headers(path)) : () => same!;
  }

  /**
   * @param file One that has to be in it.
   * @throws ApusError where the directory, or the file in it, is missing, or nobody gives files.
   */
  async check(host: Host | undefined, file?: string): Promise<void> {
    if (host?.directory === undefined || host.file === undefined) throw this.#withoutHost();
    const place = await host.directory(this.#directory);
    if (!place.exists) throw this.#missing(place);
    if (file === undefined) return;
    try {
      await (await host.file(file, this.#directory, this.#followSymlink)).close();
    } catch (error) {
      if (error instanceof FileMissingError) throw this.#without(file, place);
      throw error;
    }
  }

  /** @returns The file, "directory" where one is there, undefined where nothing is. @throws HTTPException 401 for what the machine refuses, 404 for a name that is too long. */
  async open(exchange: Exchange, path: string): Promise<OpenFile | "directory" | undefined> {
    const host = exchange.site?.host?.();
    if (host?.file === undefined) throw this.#withoutHost();
    if (path === "") return "directory";
    try {
      return await host.file(path, this.#directory, this.#followSymlink);
    } catch (error) {
      if (error instanceof FileMissingError) {
        // No page stands for it, as in FastAPI.
        if (error.why === "long name") throw new HTTPException(404);
        return error.why;
      }
      if (error instanceof FileForbiddenError) throw new HTTPException(401);
      const place = await host.directory?.(this.#directory);
      throw place?.exists === false ? this.#missing(place) : error;
    }
  }

  /** The file at the path, or the index of the directory that is there. */
  async find(exchange: Exchange, { path, slash }: ServedPath): Promise<Found | undefined> {
    const found = await this.open(exchange, path);
    if (found === undefined) return undefined;
    if (found !== "directory") {
      if (!slash) return { file: found, path, index: false };
      // What a file's name with a slash behind it names is nothing.
      await found.close();
      return undefined;
    }
    const index = path === "" ? "index.html" : `${path}/index.html`;
    const file = await this.open(exchange, index);
    return file === undefined || file === "directory" ? undefined : { file, path: index, index: true };
  }

  /** Answers with a file, which is given back once it is sent or will not be. */
  async answer(
    exchange: Exchange,
    { file, path }: Pick<Found, "file" | "path">,
    { status = 200, conditional = true }: { readonly status?: number; readonly conditional?: boolean } = {},
  ): Promise<Answer> {
    try {
      const given = this.#headersOf(path);
      const own = ["accept-ranges", "bytes", "content-type", withCharset(mediaTypeOf(path))!];
      const headers = [...own.filter((_, i) => !isNamed(given, own[i - (i % 2)]!)), ...given];
      return await answerOfFile(file, exchange, { status, headers, conditional });
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** @throws ApusError: there is no file to fall back on. */
  async failWithout(exchange: Exchange, file: string): Promise<never> {
    const place = await exchange.site?.host?.()?.directory?.(this.#directory);
    throw this.#without(file, place ?? { path: String(this.#directory), exists: true });
  }

  #withoutHost(): ApusError {
    return new ApusError(
      `APUS_DIRECTORY: ${this.#label} needs a server that gives the app its files, as serve() and testClient() do, or \`app.host\`; where there is none, let what stands in front of the app serve them.`,
    );
  }

  #missing({ path, file }: Place): ApusError {
    if (file === true) {
      return new ApusError(
        `APUS_DIRECTORY: ${this.#label}: '${String(this.#directory)}' is a file, not a directory; name the directory it is in, or answer it with sendFile(path). Resolved absolute path: '${path}'.`,
      );
    }
    return new ApusError(
      `APUS_DIRECTORY: ${this.#label}: the directory '${String(this.#directory)}' does not exist. Resolved absolute path: '${path}'.`,
    );
  }

  #without(file: string, { path }: Place): ApusError {
    return new ApusError(
      `APUS_DIRECTORY: ${this.#label}: the fallback file '${file}' does not exist in the directory '${String(this.#directory)}'. Resolved absolute directory: '${path}'.`,
    );
  }
}

/** A file that was opened, and where it lies below the directory. */
interface Found {
  readonly file: OpenFile;
  readonly path: string;
  /** Whether it stands for its directory. */
  readonly index: boolean;
}

function isFileUrl(value: unknown): boolean {
  return value instanceof URL && value.protocol === "file:";
}

function isNamed(pairs: readonly string[], name: string): boolean {
  return pairs.some((each, i) => i % 2 === 0 && each === name);
}

/**
 * Sends a client from a directory to the same with a slash, so that what its page names is found beside it. The address is
 * relative to the authority; the path has no empty names in it, so that it cannot be read as another authority.
 */
export function toSlash({ rootPath, target }: Exchange): Answer {
  const { path, query } = target!;
  const location = `${rootPath}${encodedPath(path)}/${query === "" ? "" : `?${query}`}`;
  return { status: 307, headers: ["location", location], body: null };
}
