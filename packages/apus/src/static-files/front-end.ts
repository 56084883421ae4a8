/** How a built front end is answered: its files, and for paths that only its own router knows, its page. */
import { HTTPException } from "../error/index.ts";
import type { Answer, Exchange, OpenFile } from "../exchange/index.ts";
import { DeferredReply, type Kind } from "../response/index.ts";
import { isNavigation } from "./navigation.ts";
import { toSlash, type ServedDirectory } from "./served-directory.ts";
import { servedPath } from "./served-path.ts";

/** What is answered where no file is: the page of the front end, a page that says so, or as the directory has one. */
export type Fallback = "auto" | "index.html" | "404.html" | null;

/** A front end and where it is. */
interface FrontEndFiles {
  /** Its path with the prefixes around it; without a slash at the end, empty for the top. */
  readonly prefix: string;
  readonly served: ServedDirectory;
  readonly fallback: Fallback;
}

/** What writes the answers of a front end, whatever its handler returns. */
export function frontEndKind(files: FrontEndFiles): Kind<unknown> {
  const make = (): FrontEndReply => new FrontEndReply(undefined, [], files);
  return Object.assign(make, { mediaType: null, status: 200, json: false });
}

class FrontEndReply extends DeferredReply {
  readonly #files: FrontEndFiles;

  constructor(status: number | undefined, headers: readonly string[], files: FrontEndFiles) {
    super(status, headers, null);
    this.#files = files;
  }

  with(status: number | undefined, headers: readonly string[]): FrontEndReply {
    return new FrontEndReply(status, headers, this.#files);
  }

  /** Dependencies add headers to it; its status is that of what is found. */
  async answer(exchange: Exchange): Promise<Answer> {
    const answer = await answerOf(this.#files, exchange);
    // A range that cannot be had is refused as an error is: without what was added to an answer.
    if (answer.status === 400 || answer.status === 416) return answer;
    const said = new Set(this.headers.filter((_, i) => i % 2 === 0));
    const own = answer.headers.filter((_, i) => !said.has(answer.headers[i - (i % 2)]!));
    return { ...answer, headers: [...own, ...this.headers] };
  }
}

async function answerOf({ prefix, served, fallback }: FrontEndFiles, exchange: Exchange): Promise<Answer> {
  const { method, incoming } = exchange;
  const asked = servedPath(exchange.target!.path.slice(prefix.length), served.dotfiles);
  const found = asked === undefined ? undefined : await served.find(exchange, asked);
  if (method !== "GET" && method !== "HEAD") {
    await found?.file.close();
    if (found === undefined) throw new HTTPException(404);
    throw new HTTPException(405, undefined, { headers: { allow: "GET, HEAD" } });
  }
  if (found !== undefined) {
    if (!found.index || asked!.slash) return served.answer(exchange, found);
    await found.file.close();
    return toSlash(exchange);
  }
  const fileOf = async (name: "index.html" | "404.html"): Promise<OpenFile | undefined> => {
    if (fallback !== "auto" && fallback !== name) return undefined;
    const file = await served.open(exchange, name);
    if (file !== undefined && file !== "directory") return file;
    return fallback === name ? served.failWithout(exchange, name) : undefined;
  };
  const missing = await fileOf("404.html");
  if (missing !== undefined) return served.answer(exchange, { file: missing, path: "404.html" }, { status: 404 });
  if (isNavigation(incoming.headerLines("accept").join(","))) {
    const page = await fileOf("index.html");
    if (page !== undefined) return served.answer(exchange, { file: page, path: "index.html" });
  }
  throw new HTTPException(404);
}
