/** Reads Set-Cookie lines as browsers do (RFC 6265, section 5.2). */
import { parseCookieDate } from "./cookie-date.ts";

/** What one Set-Cookie line says. */
export interface SetCookie {
  readonly name: string;
  /** As it stands on the wire, quotes included. */
  readonly value: string;
  /** In lower case, without a leading dot; undefined for the host that set it alone. */
  readonly domain: string | undefined;
  /** Undefined for the folder of the path that was asked. */
  readonly path: string | undefined;
  readonly expires: Date | undefined;
  /** In seconds; stronger than `expires`. */
  readonly maxAge: number | undefined;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: "strict" | "lax" | "none" | undefined;
  readonly partitioned: boolean;
}

const sites = ["strict", "lax", "none"] as const;

/** @returns undefined for a line that sets nothing: without a name, or without "=". */
export function parseSetCookie(line: string): SetCookie | undefined {
  const [first = "", ...rest] = line.split(";");
  const [name, value] = pairOf(first);
  if (value === undefined || name === "") return undefined;
  const said = new Map<string, string>();
  // The last of equal attributes counts, unless it says nothing that can be read.
  for (const each of rest) {
    const [attribute, text = ""] = pairOf(each);
    const key = attribute.toLowerCase();
    if (isReadable(key, text)) said.set(key, text);
  }
  const domain = said.get("domain")?.toLowerCase().replace(/^\./, "");
  const path = said.get("path");
  const expires = said.get("expires");
  const maxAge = said.get("max-age");
  const site = said.get("samesite")?.toLowerCase();
  return {
    name,
    value,
    domain: domain === "" ? undefined : domain,
    path: path?.startsWith("/") === true ? path : undefined,
    expires: expires === undefined ? undefined : parseCookieDate(expires),
    maxAge: maxAge === undefined ? undefined : Number(maxAge),
    secure: said.has("secure"),
    httpOnly: said.has("httponly"),
    sameSite: sites.find((each) => each === site),
    partitioned: said.has("partitioned"),
  };
}

function pairOf(text: string): [name: string, value: string | undefined] {
  const equals = text.indexOf("=");
  return equals < 0 ? [text.trim(), undefined] : [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
}

/** RFC 6265bis, section 5.6: a longer attribute is passed over. */
const longestAttribute = 1024;

function isReadable(attribute: string, text: string): boolean {
  if (text.length > longestAttribute) return false;
  if (attribute === "max-age") return /^-?\d+$/.test(text);
  if (attribute === "expires") return parseCookieDate(text) !== undefined;
  return true;
}
