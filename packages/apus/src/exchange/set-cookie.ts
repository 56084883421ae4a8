/** Writes Set-Cookie lines (RFC 6265): attributes in FastAPI's order, and everything checked that could end the line early. */
import { ApusError, checkOptionNames, type OptionNames } from "../diagnostic/index.ts";
import { HeaderList } from "./header-list.ts";
import { isToken } from "./token.ts";

/** What goes with a cookie. */
export interface CookieOptions {
  /** Default: `/`. */
  readonly path?: string | undefined;
  readonly domain?: string | undefined;
  /** In seconds. Without it and `expires` the cookie ends with the browser's session. */
  readonly maxAge?: number | undefined;
  readonly expires?: Date | undefined;
  /** Sent over HTTPS only. Default: false, as in FastAPI. */
  readonly secure?: boolean | undefined;
  /** Out of reach of scripts. Default: false, as in FastAPI. */
  readonly httpOnly?: boolean | undefined;
  /** Default: `lax`. */
  readonly sameSite?: "lax" | "strict" | "none" | undefined;
  /** A jar of its own for each top-level site (CHIPS); browsers want `secure` with it. */
  readonly partitioned?: boolean | undefined;
}

const known: OptionNames<CookieOptions> = {
  path: true,
  domain: true,
  maxAge: true,
  expires: true,
  secure: true,
  httpOnly: true,
  sameSite: true,
  partitioned: true,
};
/** What Python's cookie writer leaves without quotes, and what it leaves as it is within them. */
const plain = /^[!#$%&'*+\-.^_`|~:\w]+$/;
const unescaped = /^[!#$%&'*+\-.^_`|~:\w ()/<=>?@[\]{}]$/;
const attribute = /^[\u0020-\u003a\u003c-\u007e]*$/;

/**
 * One Set-Cookie line.
 * @throws ApusError for a name that is no token, or an attribute with a semicolon or a control character.
 */
export function setCookieLine(name: string, value: string, options: CookieOptions = {}): string {
  if (!isToken(name)) {
    throw new ApusError(`APUS_COOKIE: ${JSON.stringify(name)} is no cookie name (RFC 6265, section 4.1.1).`);
  }
  if (typeof value !== "string") {
    throw new ApusError(`APUS_COOKIE: the value of the cookie "${name}" is ${typeof value}; give a text.`);
  }
  checkOptionNames(`the cookie "${name}"`, options, known);
  const { path = "/", domain, maxAge, expires, sameSite = "lax" } = options;
  for (const [what, text] of Object.entries({ path, domain: domain ?? "" })) {
    if (attribute.test(text)) continue;
    throw new ApusError(`APUS_COOKIE: the ${what} of the cookie "${name}" holds a character that would end it.`);
  }
  if (maxAge !== undefined && !Number.isInteger(maxAge)) {
    throw new ApusError(`APUS_COOKIE: maxAge of the cookie "${name}" is ${maxAge}; give whole seconds.`);
  }
  if (expires !== undefined && Number.isNaN(expires.getTime())) {
    throw new ApusError(`APUS_COOKIE: expires of the cookie "${name}" is no date.`);
  }
  if (!["lax", "strict", "none"].includes(sameSite)) {
    throw new ApusError(`APUS_COOKIE: sameSite of the cookie "${name}" is lax, strict or none.`);
  }
  const parts = [`${name}=${plain.test(value) ? value : quoted(name, value)}`];
  if (domain !== undefined) parts.push(`Domain=${domain}`);
  if (expires !== undefined) parts.push(`expires=${expires.toUTCString()}`);
  if (options.httpOnly === true) parts.push("HttpOnly");
  if (maxAge !== undefined) parts.push(`Max-Age=${maxAge}`);
  if (options.partitioned === true) parts.push("Partitioned");
  if (path !== "") parts.push(`Path=${path}`);
  parts.push(`SameSite=${sameSite}`);
  if (options.secure === true) parts.push("Secure");
  return parts.join("; ");
}

/** Quotes a value as Python's cookie writer does, so that both read what the other wrote: octal escapes of Latin-1. */
function quoted(name: string, value: string): string {
  let text = "";
  for (const char of value) {
    const code = char.codePointAt(0)!;
    if (code > 255) {
      throw new ApusError(
        `APUS_COOKIE: the value of the cookie "${name}" holds a character beyond Latin-1; write it with encodeURIComponent().`,
      );
    }
    if (char === '"' || char === "\\") text += `\\${char}`;
    else text += unescaped.test(char) ? char : `\\${code.toString(8).padStart(3, "0")}`;
  }
  return `"${text}"`;
}

/** The cookies that an answer sets. */
export class CookiesToSet {
  readonly #headers: HeaderList;

  constructor(headers: HeaderList) {
    this.#headers = headers;
  }

  /** @throws ApusError for a name or an attribute that cannot be one. */
  set(name: string, value: string, options?: CookieOptions): void {
    this.#headers.append("set-cookie", setCookieLine(name, value, options));
  }

  /** Makes the browser forget a cookie; `path` and `domain` have to be those it was set with. */
  delete(name: string, options: CookieOptions = {}): void {
    this.set(name, "", { ...options, maxAge: 0, expires: new Date() });
  }
}
