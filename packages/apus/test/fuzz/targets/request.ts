/**
 * What handlers are told of a request, and where redirects lead: whatever Host and target say, an address comes of it that
 * names the same path to whoever reads it, and no host that nobody asked.
 */
import { httpsRedirect } from "apus/middleware";
import { App } from "apus";
import { parseTarget } from "../../../src/exchange/target.ts";
import { exchangeOf } from "../incoming.ts";
import type { Random } from "../random.ts";
import { holds, same, type Target } from "../target.ts";
import { pairsByRule } from "./query.ts";

interface Asked {
  readonly hosts: string[];
  readonly target: string;
}

interface Told {
  readonly href: string;
  readonly query: readonly string[];
  readonly path: string;
  readonly status: number;
  readonly location: string | undefined;
}

const hostExamples = ["example.com", "example.com:8080", "[::1]:80", "a:99999", "[::::]", "evil@example.com", "a/b", "a?b", "a#b", "", "127.1", "0x7f.1", "EXAMPLE.com", "xn--a", "a..b", "a%41b", "ex\u00e4mple.com", "a:80:80", "[::1", "a_b", "localhost."]; // prettier-ignore
const hostTokens = [
  ".",
  ":",
  "80",
  "[",
  "]",
  "@",
  "/",
  "\\",
  "?",
  "#",
  "a",
  "%",
  "::",
  "-",
  " ",
  "\t",
  "0x",
  "255",
  "xn--",
];
const targetExamples = ["/", "/a/b?c=d", "//evil.example/x", "/%2f/", "/a%3Fb%23c?d#e", "/caf\u00c3\u00a9?caf\u00c3\u00a9", "/a b?c d", "http://other.example/x?y", "/\\evil", "/..//evil", "/.//evil", "/%0d%0aset-cookie:a=b", "/?a=%0d%0a", "/@evil"]; // prettier-ignore
const targetTokens = [
  "/",
  "//",
  "?",
  "#",
  "%",
  "%2e",
  "%0a",
  "%3f",
  "%23",
  "@",
  ":",
  "a",
  "\u00e9",
  "%C3%A9",
  "\\",
  ";",
  "http://",
  "=",
  "&",
];

const app = new App({ middleware: [httpsRedirect()], docsUrl: null, redocUrl: null, openapiUrl: null });

function asked(random: Random): Asked {
  return {
    hosts: [random.written(hostExamples, hostTokens), ...(random.oneIn(9) ? ["b"] : [])],
    target: (random.oneIn(5) ? "" : "/") + random.written(targetExamples, targetTokens),
  };
}

async function told({ hosts, target }: Asked): Promise<Told> {
  const headers = hosts.flatMap((host) => ["host", host]);
  const { request } = exchangeOf({ target, headers });
  const answer = await app.handle(exchangeOf({ target, headers }));
  const at = answer.headers.indexOf("location");
  return {
    href: request.url.href,
    query: [...request.query].flat(),
    path: request.path,
    status: answer.status,
    location: at < 0 ? undefined : answer.headers[at + 1],
  };
}

export const requests: Target<Asked, Promise<Told>> = {
  name: "request",
  cost: 4,
  make: asked,
  read: told,
  judge({ hosts: [host = ""], target }, { href, query: pairs, path, status, location }) {
    const found = parseTarget(target);
    const url = new URL(href);
    same("the scheme", url.protocol, "http:");
    same("who is logged in", url.username + url.password, "");
    same("the path", path, found?.path ?? "/");
    same("the path of the address", decodeURIComponent(url.pathname), path);
    same("the query", pairs, pairsByRule(found?.query ?? ""));
    const named =
      /^[\w.-]+(?::\d+)?$/.test(host) && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).host : undefined;
    if (named !== undefined) same("the host", url.host, named);
    if (/[@/\\?# \t]/.test(host)) same("a host that is none", url.host, "localhost");
    holds(`the redirect is answered ${status}`, status === 307 || status === 400);
    if (location === undefined) return same("without an address", status, 400);
    holds("the address of a redirect is visible ASCII", /^[!-~]+$/.test(location));
    const to = new URL(location);
    same("the scheme of the redirect", to.protocol, "https:");
    same("who is logged in there", to.username + to.password, "");
    same("the host of the redirect", to.hostname, new URL(`https://${host}`).hostname);
    const arrived = parseTarget(location.replace(/^https:\/\/[^/]*/, ""));
    // Bytes that no address can hold arrive as escapes.
    const query = found?.query.replaceAll(
      /[^!-~]/g,
      (char) => `%${char.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`,
    );
    same("the path that arrives there", arrived?.path, found?.path);
    same("the query that arrives there", pairsByRule(arrived?.query ?? ""), pairsByRule(query ?? ""));
  },
};
