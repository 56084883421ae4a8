/** A test request on its way: what the client adds to what the test says, checked before anything is sent. */
import { ApusError, checkOptionNames, type OptionNames } from "../diagnostic/index.ts";
import { isToken, type Incoming } from "../exchange/index.ts";
import { addressOf, urlOf, type Address, type Base } from "./address.ts";
import { checkCookie, type Jar } from "./cookie-jar.ts";
import { linesOf, pairsOf, type Fields, type HeaderFields } from "./fields.ts";
import { bodyOf, type BodyOptions, type SentBody } from "./request-body.ts";

/** What a request carries. At most one of `json`, `form` and `body`. */
export interface TestRequest extends BodyOptions {
  /** Added to the path: fields by name, lists for repeated names, pairs, or a raw query string. */
  readonly query?: Fields | string | undefined;
  /** Added to those of the client, in place of one of the same name; null leaves one out. */
  readonly headers?: HeaderFields | undefined;
  /** Sent with this request on top of the client's cookies. */
  readonly cookies?: Readonly<Record<string, string>> | undefined;
  /** User and password of HTTP Basic. */
  readonly auth?: Credentials | undefined;
  /** Whether redirects are followed. Default: what the client says. */
  readonly followRedirects?: boolean | undefined;
  /** Aborted when the client leaves; the request is then rejected with its reason, once the app has let go of it. */
  readonly signal?: AbortSignal | undefined;
  /** False leaves out the headers that every request carries (accept, accept-encoding, connection, user-agent). Default: true. */
  readonly defaultHeaders?: boolean | undefined;
}

/** What asks for an answer that is read while it is sent. */
export interface Streaming {
  readonly stream: true;
}

export type Credentials = readonly [user: string, password: string];

const requestNames: OptionNames<TestRequest & Streaming> = {
  query: true,
  headers: true,
  json: true,
  form: true,
  files: true,
  body: true,
  cookies: true,
  auth: true,
  followRedirects: true,
  signal: true,
  defaultHeaders: true,
  stream: true,
};

type Line = readonly [name: string, value: string];

/** One request. */
export interface Outbound {
  readonly method: string;
  readonly address: Address;
  readonly client: Incoming["client"];
  readonly signal: AbortSignal | undefined;
  /** Header lines, names in lower case. */
  readonly lines: readonly Line[];
  /** Sent on top of the jar's. */
  readonly cookies: ReadonlyMap<string, string>;
  readonly body: SentBody | undefined;
}

/** What a client says of all its requests. */
export interface Sender {
  readonly base: Base;
  readonly client: Incoming["client"];
  /** Those that `headers` and `auth` of the client say, in place of the usual ones. */
  readonly headers: { readonly lines: readonly Line[]; readonly without: readonly string[] };
}

/** What every request carries unless the test says otherwise, as FastAPI's test client sends it. */
const usual: readonly Line[] = [
  ["accept", "*/*"],
  ["accept-encoding", "gzip, deflate"],
  ["connection", "keep-alive"],
  ["user-agent", "testclient"],
];

/** @throws ApusError for what no request can say, or says twice. */
export async function outboundOf(
  method: string,
  path: string | URL,
  init: TestRequest,
  sender: Sender,
): Promise<Outbound> {
  if (typeof method !== "string" || !isToken(method)) {
    throw new ApusError(`APUS_TEST_REQUEST: ${JSON.stringify(method)} is no method; request(method, path, options).`);
  }
  if (typeof path !== "string" && !(path instanceof URL)) {
    throw new ApusError(
      `APUS_TEST_REQUEST: ${method} is given a ${typeof path} for a path; give a text such as "/items".`,
    );
  }
  const what = `${method} ${String(path)}`;
  checkOptionNames(what, init, requestNames);
  const { query, cookies = {}, signal, defaultHeaders = true } = init;
  for (const [name, value] of Object.entries(cookies)) checkCookie(name, value);
  const body = await bodyOf(what, init);
  const own = ownHeaders(what, init);
  return {
    method,
    address: addressOf(withQuery(what, String(path), query), sender.base),
    client: sender.client,
    signal,
    lines: merged([...(defaultHeaders ? usual : []), ...bodyLines(method, body, defaultHeaders)], sender.headers, own),
    cookies: new Map(Object.entries(cookies)),
    body,
  };
}

/** The headers of a web Request, on top of the client's. Its own word on cookies counts as that of a test. */
export function outboundOfWeb(request: Request, body: SentBody | undefined, sender: Sender): Outbound {
  return {
    method: request.method,
    address: addressOf(request.url, sender.base),
    client: sender.client,
    signal: request.signal,
    lines: merged(usual, sender.headers, linesOf(`${request.method} ${request.url}`, request.headers)),
    cookies: new Map(),
    body,
  };
}

/** `headers` and `auth`, of a client or of a request. @throws ApusError where both give the authorization. */
export function ownHeaders(
  what: string,
  { headers = {}, auth }: Pick<TestRequest, "headers" | "auth">,
): ReturnType<typeof linesOf> {
  const own = linesOf(`the headers of ${what}`, headers);
  for (const [name, value] of own.lines) checkHeader(what, name, value);
  if (auth === undefined) return own;
  if (!Array.isArray(auth) || auth.length !== 2 || !auth.every((each) => typeof each === "string")) {
    throw new ApusError(`APUS_TEST_REQUEST: the auth of ${what} is a pair of texts: [user, password].`);
  }
  if (own.lines.some(([name]) => name === "authorization")) {
    throw new ApusError(`APUS_TEST_REQUEST: ${what} has both auth and an authorization header; give one of them.`);
  }
  own.lines.push(["authorization", basic(auth)]);
  return own;
}

/** Less strict than a client of the network: a test may send what an adapter should never let through. */
function checkHeader(what: string, name: string, value: unknown): void {
  if (!isToken(name)) {
    throw new ApusError(
      `APUS_TEST_REQUEST: ${what}: ${JSON.stringify(name)} is no header name (RFC 9110, section 5.1).`,
    );
  }
  if (typeof value !== "string" || /[\u0100-\uffff]/.test(value)) {
    throw new ApusError(
      `APUS_TEST_REQUEST: ${what}: the header "${name}" is given something else than text in Latin-1.`,
    );
  }
}

/** RFC 7617, in UTF-8. */
function basic([user, password]: Credentials): string {
  return `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${user}:${password}`)))}`;
}

/** A later group of headers replaces those of the same name in earlier ones. */
function merged(first: readonly Line[], ...more: readonly Sender["headers"][]): Line[] {
  return more.reduce<Line[]>(
    (all, { lines, without }) => {
      const replaced = new Set([...without, ...lines.map(([name]) => name)]);
      return [...all.filter(([name]) => !replaced.has(name)), ...lines];
    },
    [...first],
  );
}

/** What says how long a body is and what is in it. */
function bodyLines(method: string, body: SentBody | undefined, defaultHeaders: boolean): Line[] {
  if (body === undefined) {
    return defaultHeaders && ["POST", "PUT", "PATCH"].includes(method) ? [["content-length", "0"]] : [];
  }
  const framing: Line =
    body.length === undefined ? ["transfer-encoding", "chunked"] : ["content-length", String(body.length)];
  return body.type === undefined ? [framing] : [framing, ["content-type", body.type]];
}

function withQuery(what: string, path: string, query: TestRequest["query"]): string {
  if (query === undefined) return path;
  const text =
    typeof query === "string" ? query : new URLSearchParams(pairsOf(`the query of ${what}`, query)).toString();
  return text === "" ? path : `${path}${path.includes("?") ? "&" : "?"}${text}`;
}

/** The request as it is sent: with the Host and with the cookies that the jar has for it by now. */
export function complete(outbound: Outbound, jar: Jar | undefined): Outbound {
  const { lines, address } = outbound;
  const said = lines.filter(([name]) => name === "cookie").map(([, value]) => value);
  const own = saidCookies(outbound);
  const kept = (jar?.matching(urlOf(address)) ?? []).filter(
    ({ name }) => !own.has(name) && !outbound.cookies.has(name),
  );
  const added = [...kept.map(({ name, value }) => `${name}=${value}`), ...pairTexts(outbound.cookies)];
  const host: readonly Line[] = lines.some(([name]) => name === "host") ? [] : [["host", urlOf(address).host]];
  // One line, as HTTP wants it, unless the test itself says several.
  const [first, ...others] = added.length === 0 ? said : [[...added, ...said.slice(0, 1)].join("; "), ...said.slice(1)];
  const cookie: Line[] = (first === undefined ? [] : [first, ...others]).map((value) => ["cookie", value]);
  return { ...outbound, lines: [...host, ...lines.filter(([name]) => name !== "cookie"), ...cookie] };
}

function pairTexts(cookies: ReadonlyMap<string, string>): string[] {
  return [...cookies].map(([name, value]) => `${name}=${value}`);
}

/** The cookies of `cookie` headers that the test itself gives. */
export function saidCookies({ lines }: Outbound): Map<string, string> {
  const said = new Map<string, string>();
  for (const [name, value] of lines) {
    if (name !== "cookie") continue;
    for (const part of value.split(";")) {
      const equals = part.indexOf("=");
      if (equals > 0) said.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
    }
  }
  return said;
}
