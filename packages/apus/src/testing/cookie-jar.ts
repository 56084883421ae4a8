/** The cookies of one test client: kept, sent and forgotten as a browser would (RFC 6265, sections 5.3 and 5.4, and its successor RFC 6265bis). */
import { ApusError, checkOptionNames, type OptionNames } from "../diagnostic/index.ts";
import type { SetCookie } from "./set-cookie.ts";

/** A cookie that a client keeps. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  /** Whether it is sent to `domain` alone; otherwise to its subdomains as well. */
  readonly hostOnly: boolean;
  readonly path: string;
  /** Undefined for one that stays as long as the client. */
  readonly expires: Date | undefined;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: SetCookie["sameSite"];
}

/** What can be said of a cookie that a test sets itself. */
export interface CookieAttributes {
  /** Default: the host of the client's base URL, without its subdomains. */
  readonly domain?: string | undefined;
  /** Default: `/`. */
  readonly path?: string | undefined;
  readonly expires?: Date | undefined;
  /** Sent over https only. Default: false. */
  readonly secure?: boolean | undefined;
  /** Default: false. */
  readonly httpOnly?: boolean | undefined;
  readonly sameSite?: SetCookie["sameSite"];
}

/** The cookies of a client. What has expired is not among them. */
export interface CookieJar extends Iterable<Cookie> {
  readonly size: number;
  /** The value under a name, as it stands on the wire; of several cookies of that name, the one that was set last. */
  get(name: string): string | undefined;
  /**
   * Sets a cookie, in place of one with the same name, path and domain.
   * @throws ApusError for a name or a value that would be several in the header.
   */
  set(name: string, value: string, attributes?: CookieAttributes): void;
  /** Forgets all cookies of a name. Returns whether there were any. */
  delete(name: string): boolean;
  /** Forgets all. */
  clear(): void;
}

const attributeNames: OptionNames<CookieAttributes> = {
  domain: true,
  path: true,
  expires: true,
  secure: true,
  httpOnly: true,
  sameSite: true,
};

export class Jar implements CookieJar {
  readonly #host: string;
  /** By what makes a cookie the same one. An entry that is replaced keeps its place, as its creation time counts. */
  readonly #cookies = new Map<string, Cookie>();
  readonly #lastSet = new Map<string, string>();

  /** @param host Of the base URL. */
  constructor(host: string) {
    this.#host = host;
  }

  get size(): number {
    return this.#alive().length;
  }

  get(name: string): string | undefined {
    const alive = this.#alive().filter((each) => each.name === name);
    const last = alive.find((each) => keyOf(each) === this.#lastSet.get(name)) ?? alive.at(-1);
    return last?.value;
  }

  set(name: string, value: string, attributes: CookieAttributes = {}): void {
    checkOptionNames(`the cookie "${name}"`, attributes, attributeNames);
    checkCookie(name, value);
    const { domain, path = "/", expires, secure = false, httpOnly = false, sameSite } = attributes;
    if (!path.startsWith("/")) throw new ApusError(`APUS_COOKIE: the path of the cookie "${name}" begins with "/".`);
    this.#put({
      name,
      value,
      domain: domain?.toLowerCase().replace(/^\./, "") ?? this.#host,
      hostOnly: domain === undefined,
      path,
      expires,
      secure,
      httpOnly,
      sameSite,
    });
  }

  delete(name: string): boolean {
    const found = this.#alive().filter((each) => each.name === name);
    for (const each of found) this.#cookies.delete(keyOf(each));
    return found.length > 0;
  }

  clear(): void {
    this.#cookies.clear();
  }

  [Symbol.iterator](): Iterator<Cookie> {
    return this.#alive()[Symbol.iterator]();
  }

  /** Keeps what an answer set, as far as the host that was asked may set it. */
  store(set: readonly SetCookie[], url: URL): void {
    for (const each of set) {
      const cookie = accepted(each, url);
      if (cookie !== undefined) this.#put(cookie);
    }
  }

  /** The cookies that belong into a request: longer paths first, then older ones. */
  matching(url: URL): Cookie[] {
    return this.#alive()
      .filter(
        ({ domain, hostOnly, path, secure }) =>
          (hostOnly ? url.hostname === domain : domainMatches(url.hostname, domain)) &&
          pathMatches(url.pathname, path) &&
          (!secure || url.protocol === "https:"),
      )
      .sort((one, other) => other.path.length - one.path.length);
  }

  #put(cookie: Cookie): void {
    const key = keyOf(cookie);
    this.#lastSet.set(cookie.name, key);
    if (isAlive(cookie)) this.#cookies.set(key, cookie);
    else this.#cookies.delete(key);
  }

  #alive(): Cookie[] {
    for (const [key, cookie] of this.#cookies) if (!isAlive(cookie)) this.#cookies.delete(key);
    return [...this.#cookies.values()];
  }
}

/** @throws ApusError for what would be several cookies in the header, or no header at all. */
export function checkCookie(name: string, value: unknown): void {
  if (name === "" || /[^\u0021-\u007e]|[;=,]/.test(name)) {
    throw new ApusError(`APUS_COOKIE: ${JSON.stringify(name)} is no cookie name (RFC 6265, section 4.1.1).`);
  }
  if (typeof value !== "string") {
    throw new ApusError(`APUS_COOKIE: the value of the cookie "${name}" is ${typeof value}; give a text.`);
  }
  if (/[^\t\u0020-\u007e\u0080-\u00ff]|;/.test(value)) {
    throw new ApusError(
      `APUS_COOKIE: the value of the cookie "${name}" holds a semicolon, a control character or one beyond Latin-1.`,
    );
  }
}

/** As RFC 6265bis has it: what a host keeps for itself is not what it shares with its subdomains. */
function keyOf({ name, domain, hostOnly, path }: Cookie): string {
  return JSON.stringify([name, domain, hostOnly, path]);
}

function isAlive({ expires }: Cookie): boolean {
  return expires === undefined || expires.getTime() > Date.now();
}

/** In bytes, which those of a name and a value on the wire are. */
const longestCookie = 4096;

/** @returns undefined for a cookie that browsers refuse: of another domain, too long, or less safe than it says it is. */
function accepted(set: SetCookie, url: URL): Cookie | undefined {
  const { name, value, secure, httpOnly, sameSite, domain } = set;
  const host = url.hostname;
  // A domain of one label, such as `com`, would be shared with strangers: only the host itself may name it.
  if (domain !== undefined && domain !== host && (!domain.includes(".") || !domainMatches(host, domain))) {
    return undefined;
  }
  if (name.length + value.length > longestCookie) return undefined;
  if (!secure && (sameSite === "none" || set.partitioned)) return undefined;
  // In any case, as a server that compares names so would be misled by another.
  const prefix = name.toLowerCase();
  if (prefix.startsWith("__secure-") && !secure) return undefined;
  if (prefix.startsWith("__host-") && !(secure && domain === undefined && set.path === "/")) return undefined;
  return {
    name,
    value,
    domain: domain ?? host,
    hostOnly: domain === undefined,
    path: set.path ?? folderOf(url.pathname),
    expires: expiryOf(set),
    secure,
    httpOnly,
    sameSite,
  };
}

/** No date that there is lies further ahead. */
const lastMoment = 8.64e15;

function expiryOf({ maxAge, expires }: SetCookie): Date | undefined {
  if (maxAge === undefined) return expires;
  return new Date(maxAge <= 0 ? 0 : Math.min(Date.now() + maxAge * 1000, lastMoment));
}

/** RFC 6265, section 5.1.4: the path without its last segment. */
function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end <= 0 ? "/" : path.slice(0, end);
}

function pathMatches(path: string, of: string): boolean {
  return path === of || (path.startsWith(of) && (of.endsWith("/") || path[of.length] === "/"));
}

/** Addresses have no subdomains. */
function domainMatches(host: string, domain: string): boolean {
  return host === domain || (host.endsWith(`.${domain}`) && !/^[\d.]+$/.test(host));
}
