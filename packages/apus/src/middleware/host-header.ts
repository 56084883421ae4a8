/** The Host header, read strictly: what decides who is trusted and where a redirect leads must not be open to readings. */
import type { HttpRequest } from "../exchange/index.ts";
import { exchangeOf } from "./exchange-of.ts";

/** The authority that a request names. */
interface Authority {
  /** As received; an IPv6 address in brackets. */
  readonly host: string;
  /** Digits, or undefined where there is none. */
  readonly port: string | undefined;
}

const authority = /^([a-z0-9._-]+|\[[a-f0-9]*:[a-f0-9:.]+\])(?::(\d{1,5}))?$/i;

/**
 * @returns undefined for a Host that is absent, repeated or malformed (RFC 9112, section 3.2). Of the characters that
 *   RFC 3986 allows in names only those are taken that names of DNS and of containers have.
 */
export function authorityOf(request: HttpRequest): Authority | undefined {
  const said = request.headers.getAll("host");
  const found = said.length === 1 ? authority.exec(said[0]!) : null;
  // What looks like an address and is none, such as [::g] or port 99999, no URL can hold.
  return found === null || !URL.canParse(`http://${found[0]}`) ? undefined : { host: found[1]!, port: found[2] };
}

/**
 * Where a redirect to another scheme or host leads: path and query stand in it as they were received, and what no URI may
 * hold raw is percent-encoded. It begins with a scheme and a host, so that a path such as `//evil.example` stays a path.
 * @returns undefined for a target that the app refuses anyway.
 */
export function locationOf(scheme: string, { host, port }: Authority, request: HttpRequest): string | undefined {
  const { incoming, target, rootPath } = exchangeOf(request);
  if (target === null) return undefined;
  const [raw = ""] = incoming.target.replace(/^https?:\/\/[^/?#\\]*/i, "").split("#");
  const rooted = raw.startsWith("/") ? raw : `/${raw}`;
  // A proxy may have taken the root path off; the client does not know of it.
  const outside = rootPath === "" || rooted.startsWith(`${rootPath}/`) ? rooted : rootPath + rooted;
  // What is no visible ASCII are the bytes of the wire, read as Latin-1.
  const visible = outside.replace(
    /[^!-~]/g,
    (char) => `%${char.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`,
  );
  return `${scheme}://${host}${port === undefined ? "" : `:${port}`}${visible}`;
}
