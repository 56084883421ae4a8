/** The `sessions` middleware: sessions in a signed cookie, interchangeable with those of Starlette's SessionMiddleware. */
import { middleware, type Middleware } from "../around/index.ts";
import { ApusError, checkOptionNames } from "../diagnostic/index.ts";
import { setCookieLine, type Connection, type Outgoing } from "../exchange/index.ts";
import { checkFlag } from "./checked-options.ts";
import { layReady, LazySession } from "./session.ts";
import { SessionSigner } from "./session-signer.ts";
import { readPayload, SessionValues } from "./session-values.ts";

/** Options of `sessions`. */
export interface SessionsOptions {
  /**
   * At least 32 bytes that nobody can guess, from the environment: `openssl rand -hex 32` makes some. Of a list the first
   * signs and all of them are believed: put a new one in front, and take the old one away after `maxAge`.
   */
  readonly secretKey: string | readonly string[];
  /** The cookie's name. Default: `session`. */
  readonly sessionCookie?: string | undefined;
  /** In seconds since the session was last changed; null ends it with the browser's session. Default: 14 days. */
  readonly maxAge?: number | null | undefined;
  /** Default: `/`. */
  readonly path?: string | undefined;
  /** Default: `lax`. */
  readonly sameSite?: "lax" | "strict" | "none" | undefined;
  /** Whether browsers send the cookie over HTTPS only. Default: where the request came over HTTPS. */
  readonly httpsOnly?: boolean | undefined;
  readonly domain?: string | undefined;
  /** A jar of its own for each top-level site (CHIPS). Default: false. */
  readonly partitioned?: boolean | undefined;
}

/** In bytes: what every browser keeps of a name, a value and its attributes (RFC 6265, section 6.1). */
const largestCookie = 4096;
const shortestSecret = 32;
const twoWeeks = 14 * 24 * 60 * 60;

/**
 * Gives the operations inside it a `session` in a cookie. The cookie is signed, not encrypted: its reader can see what the
 * session holds, and change nothing. There is no list of sessions on the server, so clearing one does not take back a copy
 * of the cookie that somebody has kept; only `maxAge` ends that.
 *
 * The cookie is written when the session was changed, and never with the answer to an unhandled error. A signature that is
 * wrong or too old makes an empty session. Answers of operations that read the session vary by `Cookie`.
 *
 * @throws ApusError for a secret that is too short, and for other options that cannot be.
 * @example
 * const app = new App({ middleware: [sessions({ secretKey: settings.secretKey })] });
 */
export function sessions(options: SessionsOptions): Middleware {
  check(options);
  const { sessionCookie = "session", maxAge = twoWeeks } = options;
  const signer = new SessionSigner(secretsOf(options.secretKey));
  // By the state of the request: a second `sessions` further in lays another one ready.
  const own = new WeakMap<Connection["state"], LazySession>();

  const open = async (cookie: string | undefined): Promise<SessionValues> => {
    const payload = cookie === undefined ? undefined : await signer.unsign(cookie, maxAge, seconds());
    return new SessionValues(payload === undefined ? undefined : readPayload(payload));
  };
  const write = async (values: SessionValues, { headers }: Outgoing, attributes: string): Promise<void> => {
    const value = await signer.sign(values.payload(), seconds());
    headers.append("set-cookie", checkSize(`${sessionCookie}=${value}; ${attributes}`));
  };

  return middleware(
    {
      onRequest(request) {
        const lazy = new LazySession(() => open(request.cookies[sessionCookie]));
        own.set(request.state, lazy);
        layReady(request, lazy);
      },
      onAnswer(answer, request) {
        const lazy = own.get(request.state);
        lazy?.close();
        const values = lazy?.values;
        if (values === undefined || answer.error !== undefined) return;
        answer.headers.vary("Cookie");
        if (!values.modified) return;
        const { path = "/", httpsOnly = request.scheme === "https" } = options;
        const flags = flagsOf(options, httpsOnly);
        if (values.size > 0) return write(values, answer, `path=${path}; ${lasting(maxAge)}${flags}`);
        if (values.existed) answer.headers.append("set-cookie", `${sessionCookie}=null; path=${path}; ${past}${flags}`);
      },
    },
    "sessions",
  );
}

const past = "expires=Thu, 01 Jan 1970 00:00:00 GMT; ";

function lasting(maxAge: number | null): string {
  return maxAge === null ? "" : `Max-Age=${maxAge}; `;
}

/** In Starlette's order and letters. */
function flagsOf({ sameSite = "lax", domain, partitioned = false }: SessionsOptions, secure: boolean): string {
  const parts = ["httponly", `samesite=${sameSite}`];
  if (secure) parts.push("secure");
  if (domain !== undefined) parts.push(`domain=${domain}`);
  if (partitioned) parts.push("partitioned");
  return parts.join("; ");
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

function checkSize(line: string): string {
  if (line.length <= largestCookie) return line;
  throw new ApusError(
    `APUS_SESSION_SIZE: the session's cookie has ${line.length} bytes, and browsers keep no more than ${largestCookie}; keep an id in it, and the rest in a database.`,
  );
}

const encoder = new TextEncoder();

function secretsOf(secretKey: unknown): readonly string[] {
  const secrets: readonly unknown[] = Array.isArray(secretKey) ? secretKey : [secretKey];
  const long = (each: unknown): boolean =>
    typeof each === "string" && encoder.encode(each).byteLength >= shortestSecret;
  if (secrets.length > 0 && secrets.every(long)) return secrets as readonly string[];
  // The secret itself is not told.
  throw new ApusError(
    `APUS_MIDDLEWARE: sessions({ secretKey }) is a text of at least ${shortestSecret} bytes that nobody can guess, or a list of such; \`openssl rand -hex 32\` makes one.`,
  );
}

const names: readonly (keyof SessionsOptions)[] = [
  "secretKey",
  "sessionCookie",
  "maxAge",
  "path",
  "sameSite",
  "httpsOnly",
  "domain",
  "partitioned",
];

/** A cookie that browsers would refuse, or that would say something else than it seems to, is a session that never works. */
function check(options: SessionsOptions): void {
  checkOptionNames("sessions()", options, names);
  checkFlag("sessions", "httpsOnly", options.httpsOnly);
  checkFlag("sessions", "partitioned", options.partitioned);
  const { sessionCookie = "session", maxAge = twoWeeks, path = "/", sameSite = "lax", httpsOnly, domain } = options;
  // The name and the attributes are looked at by who writes cookies.
  setCookieLine(sessionCookie, "", { path, domain });
  const host = /^__host-/i.test(sessionCookie);
  const faults: readonly (readonly [wrong: boolean, option: string, fix: string])[] = [
    [
      maxAge !== null && !(Number.isSafeInteger(maxAge) && maxAge > 0),
      "maxAge",
      "is a whole number of seconds, or null",
    ],
    [!path.startsWith("/"), "path", 'begins with "/"'],
    [!["lax", "strict", "none"].includes(sameSite), "sameSite", 'is "lax", "strict" or "none"'],
    [sameSite === "none" && httpsOnly === false, "sameSite", 'is taken as "none" by browsers with httpsOnly alone'],
    [options.partitioned === true && httpsOnly === false, "partitioned", "is taken by browsers with httpsOnly alone"],
    [
      /^__(?:host|secure)-/i.test(sessionCookie) && httpsOnly !== true,
      "sessionCookie",
      "with that prefix needs httpsOnly: true",
    ],
    [
      host && (path !== "/" || domain !== undefined),
      "sessionCookie",
      'with that prefix needs the path "/" and no domain',
    ],
  ];
  for (const [wrong, option, fix] of faults) {
    if (wrong) throw new ApusError(`APUS_MIDDLEWARE: sessions({ ${option} }) ${fix}.`);
  }
}
