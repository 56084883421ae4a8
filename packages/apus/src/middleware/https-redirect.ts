/** Sends what came over plain HTTP to the same address over HTTPS. */
import { middleware, type Middleware } from "../around/index.ts";
import { redirect, text } from "../response/index.ts";
import { authorityOf, locationOf } from "./host-header.ts";

/**
 * Answers requests over `http` with 307 and the same address over `https`; the ports 80 and 443 are left out of it, others
 * stay. Behind a proxy that ends TLS, `trustedProxies` has to name that proxy, or every request seems to come over `http`.
 * Where the Host header is absent or malformed there is nothing to send to: 400.
 *
 * @example new App({ middleware: [httpsRedirect()] });
 */
export function httpsRedirect(): Middleware {
  return middleware(
    {
      onRequest(request) {
        if (request.scheme === "https") return undefined;
        const authority = authorityOf(request);
        if (authority === undefined) return text("Invalid host header", { status: 400 });
        const port = [80, 443].includes(Number(authority.port)) ? undefined : authority.port;
        const location = locationOf("https", { host: authority.host, port }, request);
        return location === undefined ? text("Invalid request target", { status: 400 }) : redirect(location);
      },
    },
    "httpsRedirect",
  );
}
