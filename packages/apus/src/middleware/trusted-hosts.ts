/** Answers only requests for the hosts that are listed, against forged Host headers and DNS rebinding. */
import { middleware, type Middleware } from "../around/index.ts";
import { ApusError, checkOptionNames } from "../diagnostic/index.ts";
import { redirect, text } from "../response/index.ts";
import { checkFlag, checkTexts } from "./checked-options.ts";
import { authorityOf, locationOf } from "./host-header.ts";

/** Which hosts are answered. */
export interface TrustedHostsOptions {
  /**
   * Names without a port: `example.com`. `*.example.com` stands for every name below it, not for itself; an IPv6 address
   * stands in brackets. `"*"` stands for every host, malformed ones included.
   */
  readonly allowedHosts: readonly string[];
  /** Sends `example.com` to `www.example.com` where only that is listed. Default: true. */
  readonly wwwRedirect?: boolean | undefined;
}

/**
 * Answers 400 where the Host header is malformed or names a host that is not listed. Capitals do not count. Of
 * `X-Forwarded-Host` it takes no notice: a proxy has to pass the Host on.
 *
 * @throws ApusError for an empty list and for entries that no host could equal.
 * @example new App({ middleware: [trustedHosts({ allowedHosts: ["example.com", "*.example.com"] })] });
 */
export function trustedHosts(options: TrustedHostsOptions): Middleware {
  checkOptionNames("trustedHosts()", options, ["allowedHosts", "wwwRedirect"]);
  const { allowedHosts, wwwRedirect = true } = options;
  checkTexts("trustedHosts", "allowedHosts", allowedHosts, faultOfHost);
  checkFlag("trustedHosts", "wwwRedirect", wwwRedirect);
  if (allowedHosts === undefined || allowedHosts.length === 0) {
    throw new ApusError('APUS_MIDDLEWARE: trustedHosts({ allowedHosts }) names no host; list them: ["example.com"].');
  }
  if (allowedHosts.includes("*")) return middleware({}, "trustedHosts");
  const listed = new Set(allowedHosts.map((each) => each.toLowerCase()));
  const endings = [...listed].filter((each) => each.startsWith("*.")).map((each) => each.slice(1));
  const isListed = (host: string): boolean =>
    listed.has(host) || endings.some((ending) => host.length > ending.length && host.endsWith(ending));

  return middleware(
    {
      onRequest(request) {
        const authority = authorityOf(request);
        const host = authority?.host.toLowerCase();
        if (authority === undefined || host === undefined) return text("Invalid host header", { status: 400 });
        if (isListed(host)) return undefined;
        const www = wwwRedirect && listed.has(`www.${host}`);
        const location = www
          ? locationOf(request.scheme, { ...authority, host: `www.${authority.host}` }, request)
          : undefined;
        return location === undefined ? text("Invalid host header", { status: 400 }) : redirect(location);
      },
    },
    "trustedHosts",
  );
}

/** What keeps a text from ever equalling a host. */
function faultOfHost(host: string): string | undefined {
  if (host === "*") return undefined;
  const name = host.startsWith("*.") ? host.slice(2) : host;
  if (name.includes("*")) return 'has a wildcard elsewhere than in front, as in "*.example.com"';
  if (/^[a-z0-9._-]+$/i.test(name) || /^\[[a-f0-9:.]+\]$/i.test(host)) return undefined;
  return 'is no host; write its name alone, without scheme, port and path: "example.com", or an IPv6 address in brackets';
}
