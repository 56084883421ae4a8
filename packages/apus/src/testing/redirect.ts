/** Which request follows a redirect: decided as httpx does, which FastAPI's test client is built on, and where it is careless as Fetch does. */
import { ApusError } from "../diagnostic/index.ts";
import { textOf, urlOf } from "./address.ts";
import { saidCookies, type Outbound } from "./outbound.ts";
import type { SetCookie } from "./set-cookie.ts";
import { parseUrl } from "../wire/index.ts";

/** How many redirects one request may lead through. */
export const mostRedirects = 20;

/** What says something of a body, and goes when that goes (Fetch, "request-body-header name"); httpx keeps all but the framing. */
const ofBody = [
  "content-encoding",
  "content-language",
  "content-length",
  "content-location",
  "content-type",
  "transfer-encoding",
];

const statuses = [301, 302, 303, 307, 308];

/** Where an answer sends the client, or undefined where it is no redirect. */
export function locationOf({ status, headers }: Response): string | undefined {
  return statuses.includes(status) ? (headers.get("location") ?? undefined) : undefined;
}

/** An answer that sends the client elsewhere. */
interface Redirect {
  readonly status: number;
  readonly location: string;
  /** The cookies that it set; they replace those of the request. */
  readonly set: readonly SetCookie[];
  /** The origin of the client's base URL. */
  readonly home: string;
}

/**
 * The request that follows. 307 and 308 keep method and body, 302 and 303 become GET, 301 does so for POST. Another origin
 * gets neither the authorization nor the cookies of the request itself, except where http becomes https on the same host.
 * @throws ApusError for a place that the app cannot be asked for: another host, or no http address.
 */
export function redirected(outbound: Outbound, { status, location, set, home }: Redirect): Outbound {
  const { method, address } = outbound;
  const what = `${method} ${textOf(address)} was redirected (${status}) to ${JSON.stringify(location)}`;
  const from = askedOf(outbound);
  const base = urlOf(address);
  const to = parseUrl(location, base);
  if (to === undefined) throw new ApusError(`APUS_TEST_REDIRECT: ${what}, which is no address.`);
  if (!/^https?:$/.test(to.protocol) || ![base, from, new URL(home)].some((each) => isRelated(to, each))) {
    throw new ApusError(
      `APUS_TEST_REDIRECT: ${what}, another host, and the test client has nobody but the app to ask. Look at the redirect with followRedirects: false, or ask for that address yourself where the app answers for it too.`,
    );
  }
  const next = { origin: to.origin, target: to.pathname + to.search };
  const same = to.origin === base.origin;
  const trusted = same || to.origin === from.origin || isUpgrade(from, to);
  const becomesGet = turnsIntoGet(method, status);
  const body = becomesGet ? undefined : outbound.body?.again();
  if (!becomesGet && outbound.body !== undefined && body === undefined) {
    throw new ApusError(
      `APUS_TEST_REDIRECT: ${what}, which asks for the body once more, but a part of its stream has been read. Give bytes, or say followRedirects: false.`,
    );
  }
  const dropped = new Set([
    "cookie",
    ...(same ? [] : ["host"]),
    ...(trusted ? [] : ["authorization"]),
    ...(becomesGet ? ofBody : []),
  ]);
  const cookies = trusted ? new Map([...saidCookies(outbound), ...outbound.cookies]) : new Map<string, string>();
  for (const { name } of set) cookies.delete(name);
  return {
    ...outbound,
    method: becomesGet ? "GET" : method,
    address: next,
    lines: outbound.lines.filter(([name]) => !dropped.has(name)),
    cookies,
    body,
  };
}

/** Whom the request names: its Host header may say another host than its URL. */
function askedOf({ address, lines }: Outbound): URL {
  const base = urlOf(address);
  const host = lines.find(([name]) => name === "host")?.[1];
  return parseUrl(`${base.protocol}//${host ?? base.host}`) ?? base;
}

function turnsIntoGet(method: string, status: number): boolean {
  if (method === "GET") return false;
  return ((status === 302 || status === 303) && method !== "HEAD") || (status === 301 && method === "POST");
}

/** One host with another scheme or port, or a host and its subdomain: `www.` comes and goes. */
function isRelated(one: URL, other: URL): boolean {
  const [a, b] = [one.hostname, other.hostname];
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}

function isUpgrade(from: URL, to: URL): boolean {
  const ports = from.port === "" && to.port === "";
  return from.hostname === to.hostname && from.protocol === "http:" && to.protocol === "https:" && ports;
}
