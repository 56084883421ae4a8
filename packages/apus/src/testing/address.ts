/** Where a request goes: the origin apart from the target, which is sent as the test wrote it. */
import { ApusError } from "../diagnostic/index.ts";
import { parseUrl } from "../wire/index.ts";

export interface Address {
  /** `http://testserver` */
  readonly origin: string;
  /** `/items?q=1`, as it goes on the wire. */
  readonly target: string;
}

export interface Base {
  readonly origin: string;
  /** In front of every path: `/api`, or an empty text. */
  readonly prefix: string;
}

/** @throws ApusError for what is no http address, or says more than a place. */
export function baseOf(baseUrl: string): Base {
  const url = parseUrl(baseUrl);
  if (url === undefined || !isHttp(url) || `${url.search}${url.hash}${url.username}` !== "") {
    throw new ApusError(
      `APUS_TEST_CLIENT: the base URL ${JSON.stringify(baseUrl)} is none; give scheme and host, and a path where there is one: "http://testserver".`,
    );
  }
  return { origin: url.origin, prefix: url.pathname.replace(/\/$/, "") };
}

/**
 * A path behind the base URL, or a whole URL. What can stand in a request line stays as it is, dots and doubled slashes
 * included; the rest is percent-encoded.
 * @throws ApusError for a URL that is none.
 */
export function addressOf(path: string | URL, { origin, prefix }: Base): Address {
  const text = encoded(String(path));
  const scheme = /^[a-z][a-z\d+.-]*:\/\//i.exec(text)?.[0];
  if (scheme === undefined) {
    const separator = text.startsWith("/") ? "" : "/";
    return { origin, target: text === "*" ? text : `${prefix}${separator}${text}` };
  }
  // A target that no app answers, as hostile clients send them: it is for the app to refuse it.
  if (!/^https?:/i.test(scheme)) return { origin, target: text };
  const url = parseUrl(text);
  if (url === undefined) throw new ApusError(`APUS_TEST_REQUEST: ${JSON.stringify(text)} is no URL; give a path.`);
  const rest = text.slice(scheme.length);
  const start = rest.search(/[/?#]/);
  const target = start < 0 ? "" : rest.slice(start).split("#", 1)[0]!;
  return { origin: url.origin, target: target.startsWith("/") ? target : `/${target}` };
}

/** The address as a URL, normalised. */
export function urlOf({ origin, target }: Address): URL {
  return new URL(target.startsWith("/") ? origin + target : origin);
}

/** The address as it stands. */
export function textOf({ origin, target }: Address): string {
  return target.startsWith("/") ? origin + target : `${origin} ${target}`;
}

function isHttp({ protocol }: URL): boolean {
  return protocol === "http:" || protocol === "https:";
}

/** What no request line can hold, as the escapes of its UTF-8. */
function encoded(path: string): string {
  return path.replaceAll(/[^\u0021-\u007e]+/g, (text) =>
    Array.from(new TextEncoder().encode(text), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(
      "",
    ),
  );
}
