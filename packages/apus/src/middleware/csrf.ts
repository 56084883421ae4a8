/** The `csrf` middleware: refuses what another site makes a browser send. */
import { checkOptionNames } from "../diagnostic/index.ts";
import { middleware, type Middleware } from "../around/index.ts";
import { HTTPException } from "../error/index.ts";
import type { HttpRequest } from "../exchange/index.ts";
import { checkTexts } from "./checked-options.ts";
import { parseUrl } from "../wire/index.ts";

/** Options of `csrf`. */
export interface CsrfOptions {
  /** Other origins whose pages may send requests, as browsers write them: `https://admin.example.com`. Default: none. */
  readonly trustedOrigins?: readonly string[] | undefined;
}

/** They change nothing (RFC 9110, section 9.2.1), and everything else may. */
const safe: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Protects operations that believe cookies or other credentials which browsers send by themselves. A request that may change
 * something is answered 403 where its `Sec-Fetch-Site` says that another site sent it, a sister site included, or, from
 * browsers without that header, where its `Origin` is not the request's own. What has neither header comes from no browser
 * and passes; so does everything from `trustedOrigins`. The content type plays no part.
 *
 * There is no token: every browser since 2020 sends one of the two headers with such a request, and no page can change them
 * (OWASP's CSRF Prevention Cheat Sheet, "Fetch Metadata headers"). GET has to change nothing. Behind a proxy that ends TLS
 * the App needs `trustedProxies`, or the own origin is taken for `http://`.
 *
 * @throws ApusError for an origin that no browser would write so.
 * @example
 * const app = new App({ middleware: [csrf(), sessions({ secretKey: settings.secretKey })] });
 */
export function csrf(options: CsrfOptions = {}): Middleware {
  checkOptionNames("csrf()", options, ["trustedOrigins"]);
  checkTexts("csrf", "trustedOrigins", options.trustedOrigins, faultOf);
  const trusted = new Set(options.trustedOrigins);
  return middleware(
    {
      onRequest(request) {
        if (safe.has(request.method) || isOwn(request)) return;
        const origin = request.headers.get("origin");
        if (origin !== null && trusted.has(origin)) return;
        throw new HTTPException(403, "Cross-origin request refused");
      },
    },
    "csrf",
  );
}

function isOwn(request: HttpRequest): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = request.headers.get("origin");
  return origin === null || origin === request.url.origin;
}

/** Compared as texts, so the text has to be the one that browsers send. */
function faultOf(origin: string): string | undefined {
  const url = parseUrl(origin);
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return 'is no origin; write scheme and host: "https://admin.example.com"';
  }
  return url.origin === origin ? undefined : `is never sent so; write "${url.origin}"`;
}
