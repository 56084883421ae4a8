/**
 * Who may connect. Browsers let any page open a WebSocket to any host and send the user's cookies along, so the server has to
 * look at the Origin header (RFC 6455, section 10.2): pages of the host that is asked are let in, others only where they are listed.
 */
import { ApusError } from "../diagnostic/index.ts";
import type { Exchange } from "../exchange/index.ts";
import { faultOfOrigin, originPattern } from "../origin/index.ts";
import type { SocketLimits } from "./limits.ts";

/** Whether a handshake may go on. */
export type OriginRule = (exchange: Exchange) => boolean;

/** @throws ApusError for a list that is none, and for what no origin could ever match. */
export function originRule(origins: SocketLimits["origins"] = [], label: string): OriginRule {
  const place = { code: "APUS_ORIGIN", option: `${label}: a pattern in \`origins\`` } as const;
  if (!Array.isArray(origins)) {
    throw new ApusError(`APUS_ORIGIN: ${label}: \`origins\` is a list: ["https://example.com"].`);
  }
  const listed = new Set<string>();
  const patterns: ((origin: string) => boolean)[] = [];
  for (const each of origins as readonly unknown[]) {
    if (typeof each !== "string") {
      patterns.push(originPattern(each, place, { refusal: 'which "*" says more plainly; name the sites\' domain' }));
      continue;
    }
    const wrong = faultOfOrigin(each, "a RegExp");
    if (wrong !== undefined)
      throw new ApusError(`APUS_ORIGIN: ${label}: ${JSON.stringify(each)} in \`origins\` ${wrong}.`);
    listed.add(each);
  }
  if (listed.has("*")) return () => true;
  return (exchange) => {
    const said = exchange.incoming.headerLines("origin");
    // Browsers always say it, and pages cannot keep them from it.
    if (said.length === 0) return true;
    const [origin = ""] = said;
    if (said.length > 1 || origin.length > longest) return false;
    return listed.has(origin) || isOwn(origin, exchange) || patterns.some((matches) => matches(origin));
  };
}

/** Longer than any origin: a host name has 253 characters at most. */
const longest = 512;

/**
 * Whether the page is of the host that is asked, port included. Over TLS it has to be a page that came over TLS, too; where the
 * server sees none, a proxy that nobody told it of may have ended it.
 */
function isOwn(origin: string, { incoming, scheme }: Exchange): boolean {
  const host = incoming.header("host");
  if (host === undefined || !URL.canParse(origin)) return false;
  const page = new URL(origin);
  if (page.origin !== origin || (page.protocol !== "https:" && (page.protocol !== "http:" || scheme === "https"))) {
    return false;
  }
  // The port that the scheme has anyway is left out on both sides.
  const asked = `${page.protocol}//${host}`;
  return URL.canParse(asked) && new URL(asked).origin === origin && !/[@/?#\\]/.test(host);
}
