/** Conditional requests (RFC 9110, section 13): whether a client already holds what it asks for, and what is said then. */
import type { Answer, Incoming } from "../exchange/index.ts";
import { parseHttpDate } from "./http-date.ts";

/** What an answer says of its version: its headers under these names. */
interface Version {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/**
 * Whether the client of a GET or HEAD request already holds this version. If-Modified-Since is looked at only where there
 * is no If-None-Match, of which weak and strong tags count alike.
 */
export function isNotModified(
  request: Pick<Incoming, "header" | "headerLines">,
  { etag, lastModified }: Version,
): boolean {
  const tags = request.headerLines("if-none-match").join(",").trim();
  if (tags !== "") return tags === "*" || (etag !== undefined && holdsTag(tags, etag));
  const since = request.header("if-modified-since");
  if (since === undefined || lastModified === undefined) return false;
  const [held, current] = [parseHttpDate(since), parseHttpDate(lastModified)];
  return held !== undefined && current !== undefined && held >= current;
}

/** Whether a list of tags holds one, by weak comparison. A tag may have commas in it. */
function holdsTag(list: string, etag: string): boolean {
  const opaque = etag.replace(/^W\//, "");
  for (const [tag] of list.matchAll(/"[^"]*"/g)) if (tag === opaque) return true;
  return false;
}

/** What a 304 says again of the answer it stands for (RFC 9110, section 15.4.5). */
const kept: ReadonlySet<string> = new Set(["cache-control", "content-location", "date", "etag", "expires", "vary"]);

/** The 304 for an answer with these headers, name and value in turn. */
export function notModified(headers: readonly string[]): Answer {
  return { status: 304, headers: headers.filter((_, i) => kept.has(headers[i - (i % 2)]!)), body: null };
}
