/** Cross-origin resource sharing (WHATWG Fetch, section 3.3), with the answers of Starlette's middleware. */
import { middleware, type Middleware } from "../around/index.ts";
import { ApusError, checkOptionNames } from "../diagnostic/index.ts";
import { isToken, type HttpRequest } from "../exchange/index.ts";
import { faultOfOrigin, originPattern } from "../origin/index.ts";
import { text, type Reply } from "../response/index.ts";
import { checkFlag, checkTexts } from "./checked-options.ts";

/** Who may read answers from a page of another origin. By default nobody. */
export interface CorsOptions {
  /**
   * Origins as browsers write them: `https://example.com`, `http://localhost:5173`. `"*"` lets every origin in, without
   * credentials; `"null"` is what sandboxed pages and files send, and is let in only when it is listed.
   */
  readonly allowOrigins?: readonly string[] | undefined;
  /** Lets in what it matches as a whole besides: `/https:\/\/[\w-]+\.example\.com/`. Text is the source of a RegExp. */
  readonly allowOriginRegex?: RegExp | string | undefined;
  /** Default: `["GET"]`. `"*"` stands for DELETE, GET, HEAD, OPTIONS, PATCH, POST and PUT. */
  readonly allowMethods?: readonly string[] | undefined;
  /** Request headers besides Accept, Accept-Language, Content-Language and Content-Type; `"*"` lets every header in. */
  readonly allowHeaders?: readonly string[] | undefined;
  /** Lets pages send cookies and other credentials along. Default: false. Does not go with every origin let in. */
  readonly allowCredentials?: boolean | undefined;
  /** Lets public pages ask a server in a private network. Default: false. */
  readonly allowPrivateNetwork?: boolean | undefined;
  /** Headers of answers that pages may read. */
  readonly exposeHeaders?: readonly string[] | undefined;
  /** How long browsers may remember a preflight, in seconds. Default: 600. -1: not at all. */
  readonly maxAge?: number | undefined;
}

const names: readonly (keyof CorsOptions)[] = [
  "allowOrigins",
  "allowOriginRegex",
  "allowMethods",
  "allowHeaders",
  "allowCredentials",
  "allowPrivateNetwork",
  "exposeHeaders",
  "maxAge",
];
const allMethods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
/** The characters that origins are made of, and lists of header names. Runtimes differ in what else they let through. */
const visible = /^[!-~]*$/;
const fieldNames = /^[!#$%&'*+\-.^_`|~\w, \t]*$/;
const safelisted = ["Accept", "Accept-Language", "Content-Language", "Content-Type"];

/**
 * Answers preflights and tells browsers which pages may read the answers, those of errors included: put it first in the
 * list, so that it sees every answer. Requests of other origins are still carried out; browsers keep the answer from the page.
 *
 * @throws ApusError for options that contradict each other or could never match, and where every origin would be let in
 *   with credentials.
 * @example
 * const app = new App({
 *   middleware: [cors({ allowOrigins: ["https://example.com"], allowMethods: ["*"], allowCredentials: true })],
 * });
 */
export function cors(options: CorsOptions = {}): Middleware {
  checkOptionNames("cors()", options, names);
  const { allowCredentials = false, allowPrivateNetwork = false, exposeHeaders = [] } = options;
  const isAllowed = originsOf(options);
  const anyOrigin = isAllowed === "any";
  // A pattern may match more than a header can hold: what is let in goes out again.
  const isForeign = (origin: string): boolean => !anyOrigin && !(visible.test(origin) && isAllowed(origin));
  const answerPreflight = preflights(options, anyOrigin, isForeign);
  checkFlag("cors", "allowCredentials", allowCredentials);
  checkFlag("cors", "allowPrivateNetwork", allowPrivateNetwork);
  checkTexts("cors", "exposeHeaders", exposeHeaders, faultOfToken);

  return middleware(
    {
      onRequest(request) {
        if (request.method !== "OPTIONS" || !request.headers.has("access-control-request-method")) return undefined;
        const origin = request.headers.get("origin");
        return origin === null ? undefined : answerPreflight(origin, request.headers);
      },
      onAnswer({ headers }, request) {
        const origin = request.headers.get("origin");
        // Also where the origin is foreign or absent: no cache may keep that answer for those who are let in.
        if (!anyOrigin) headers.vary("Origin");
        if (origin === null) return;
        if (anyOrigin) headers.set("access-control-allow-origin", "*");
        else if (!isForeign(origin)) headers.set("access-control-allow-origin", origin);
        if (allowCredentials) headers.set("access-control-allow-credentials", "true");
        if (exposeHeaders.length > 0) headers.set("access-control-expose-headers", exposeHeaders.join(", "));
      },
    },
    "cors",
  );
}

const asUser = {
  refusal:
    "and allowCredentials would let it act as the user; name the sites' domain in the pattern, or list the origins in allowOrigins",
};

/** Whether an origin is let in, or that any is. */
function originsOf({
  allowOrigins = [],
  allowOriginRegex,
  allowCredentials = false,
}: CorsOptions): "any" | ((origin: string) => boolean) {
  checkTexts("cors", "allowOrigins", allowOrigins, (origin) => faultOfOrigin(origin, "allowOriginRegex"));
  const matches =
    allowOriginRegex === undefined
      ? undefined
      : originPattern(allowOriginRegex, { code: "APUS_CORS", option: "allowOriginRegex" }, allowCredentials && asUser);
  const listed = new Set(allowOrigins);
  if (!listed.has("*")) return (origin) => listed.has(origin) || matches?.(origin) === true;
  if (!allowCredentials) return "any";
  throw new ApusError(
    'APUS_CORS: allowOrigins: ["*"] with allowCredentials would let every website act as the user who visits it; list the origins, or name their domain in allowOriginRegex.',
  );
}

function preflights(
  { allowMethods = ["GET"], allowHeaders = [], allowCredentials, allowPrivateNetwork, maxAge = 600 }: CorsOptions,
  anyOrigin: boolean,
  isForeign: (origin: string) => boolean,
): (origin: string, headers: HttpRequest["headers"]) => Reply {
  checkTexts("cors", "allowMethods", allowMethods, faultOfToken);
  checkTexts("cors", "allowHeaders", allowHeaders, faultOfToken);
  if (!Number.isInteger(maxAge) || maxAge < -1) {
    throw new ApusError("APUS_CORS: maxAge is a whole number of seconds, or -1 for none.");
  }
  const methods = allowMethods.includes("*") ? allMethods : allowMethods;
  const anyHeader = allowHeaders.includes("*");
  const listed = [...new Set([...safelisted, ...allowHeaders])].toSorted();
  const known = new Set(listed.map((each) => each.toLowerCase()));
  const always: Record<string, string> = {
    ...(anyOrigin ? { "access-control-allow-origin": "*" } : { vary: "Origin" }),
    "access-control-allow-methods": methods.join(", "),
    "access-control-max-age": String(maxAge),
    ...(anyHeader ? {} : { "access-control-allow-headers": listed.join(", ") }),
    ...(allowCredentials === true ? { "access-control-allow-credentials": "true" } : {}),
  };
  const isKnown = (each: string): boolean => known.has(each.trim().toLowerCase());

  return (origin, asked) => {
    const headers = { ...always };
    const refused: string[] = [];
    if (isForeign(origin)) refused.push("origin");
    else if (!anyOrigin) headers["access-control-allow-origin"] = origin;
    if (!methods.includes(asked.get("access-control-request-method") ?? "")) refused.push("method");
    const askedHeaders = asked.get("access-control-request-headers");
    if (askedHeaders !== null) {
      if (anyHeader && fieldNames.test(askedHeaders)) headers["access-control-allow-headers"] = askedHeaders;
      else if (anyHeader || !askedHeaders.split(",").every(isKnown)) refused.push("headers");
    }
    if (asked.has("access-control-request-private-network")) {
      if (allowPrivateNetwork === true) headers["access-control-allow-private-network"] = "true";
      else refused.push("private-network");
    }
    return refused.length === 0
      ? text("OK", { headers })
      : text(`Disallowed CORS ${refused.join(", ")}`, { status: 400, headers });
  };
}

/** Methods and header names are tokens (RFC 9110, section 5.6.2), and `*` is one. */
function faultOfToken(token: string): string | undefined {
  return isToken(token) ? undefined : "is neither a name of HTTP nor `*`";
}
