/**
 * URLs as pydantic's `AnyUrl` and `HttpUrl` read them: parsed and normalised by the platform's WHATWG parser. That one says
 * only that a text is no URL; the reason, in pydantic's words, is found by walking the same steps again.
 */
import { notUnicode, Refusal, unparsable } from "./refusal.ts";

export interface UrlLimits {
  /** The schemes that are allowed, in lower case; all where there is none. */
  readonly schemes?: readonly string[] | undefined;
  /** The most bytes of UTF-8 that may be sent. */
  readonly maxLength?: number | undefined;
}

/** The limits of pydantic's `HttpUrl`. */
export const httpLimits: UrlLimits = { schemes: ["http", "https"], maxLength: 2083 };

const special = new Set(["http", "https", "ws", "wss", "ftp"]);

/** The normalised text of a URL, or what is wrong with it. */
export function normalizeUrl(text: string, limits: UrlLimits): string | Refusal {
  if (/[\ud800-\udfff]/u.test(text)) return notUnicode;
  const { maxLength, schemes } = limits;
  if (maxLength !== undefined && text.length * 3 > maxLength && new TextEncoder().encode(text).length > maxLength) {
    return new Refusal("url_too_long", `URL should have at most ${maxLength} characters`, { max_length: maxLength });
  }
  const url = parsed(text);
  if (url === undefined) return unparsable("url_parsing", "Input should be a valid URL", reason(text));
  if (schemes !== undefined && !schemes.includes(url.protocol.slice(0, -1))) {
    const expected = listed(schemes);
    return new Refusal("url_scheme", `URL scheme should be ${expected}`, { expected_schemes: expected });
  }
  return special.has(url.protocol.slice(0, -1)) ? url.href : withRoot(url.href, text);
}

/** A path that was sent but came to nothing (`/..`) is the root; not every platform's parser writes it. */
function withRoot(href: string, text: string): string {
  const rootless = /^[^:]*:\/\/[^/?#]+(?=[?#]|$)/.exec(href);
  if (rootless === null || !/^[^:]*:\/\/[^/?#]*\//.test(trimmed(text))) return href;
  return `${rootless[0]}/${href.slice(rootless[0].length)}`;
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** `'http', 'https' or 'ws'`. */
function listed(schemes: readonly string[]): string {
  const quoted = schemes.map((scheme) => `'${scheme}'`);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`;
}

/** Why a text that the platform refused is no URL. */
function reason(text: string): string {
  if (text === "") return "input is empty";
  const bare = trimmed(text).replace(/[\t\n\r]/g, "");
  const scheme = /^[a-z][a-z\d+.-]*(?=:)/i.exec(bare)?.[0].toLowerCase();
  if (scheme === undefined) return "relative URL without a base";
  const rest = bare.slice(scheme.length + 1);
  if (scheme === "file") return hostError(/^[^/\\?#]*/.exec(rest.replace(/^[/\\]*/, ""))![0], true);
  if (special.has(scheme)) return authorityError(/^[^/\\?#]*/.exec(rest.replace(/^[/\\]*/, ""))![0], true);
  return authorityError(/^[^/?#]*/.exec(rest.replace(/^\/\//, ""))![0], false);
}

/** Without the spaces and control characters that do not count at either end. */
function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text.charCodeAt(start) <= 0x20) start++;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(start, end);
}

function authorityError(authority: string, isSpecial: boolean): string {
  const hostAndPort = authority.slice(authority.lastIndexOf("@") + 1);
  const end = endOfHost(hostAndPort);
  const host = hostAndPort.slice(0, end);
  if (host === "") return "empty host";
  const wrong = hostError(host, isSpecial, false);
  if (wrong !== "") return wrong;
  return "invalid port number";
}

/** A colon ends the host unless it stands inside brackets. */
function endOfHost(text: string): number {
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "[") inside = true;
    else if (text[i] === "]") inside = false;
    else if (text[i] === ":" && !inside) return i;
  }
  return text.length;
}

/** @param certain Nothing but the host can be wrong; otherwise an empty text says that it is right. */
function hostError(host: string, isSpecial: boolean, certain = true): string {
  if (host.startsWith("[")) {
    return certain || parsed(`http://${host}/`) === undefined ? "invalid IPv6 address" : "";
  }
  if (!isSpecial) return certain || parsed(`x://${host}/`) === undefined ? "invalid domain character" : "";
  if (!certain && parsed(`http://${host}/`) !== undefined) return "";
  if (ignored.test(host)) return "empty host";
  return endsInNumber(host) ? "invalid IPv4 address" : "invalid international domain name";
}

/** Nothing but characters that internationalized domain names pass over. */
const ignored = /^(?:\u00ad|\u034f|\u200b|\u2060|\u2064|\ufeff|\p{Variation_Selector}|%c2%ad)+$/iu;

/** Whether the last label is a number, which makes the whole host an IPv4 address. */
function endsInNumber(host: string): boolean {
  const labels = host
    .normalize("NFKC")
    .replace(/[。．｡]/g, ".")
    .replace(/\.$/, "")
    .split(".");
  const last = labels.at(-1)!;
  return /^(?:\d+|0x[\da-f]*)$/i.test(last) && !/[\0-\x20"#%/:<>?@[\\\]^`{|}\x7f]/.test(host);
}
