// The headers of the documentation pages, with the tightest Content-Security-Policy (CSP level 3) under which Swagger UI 5 works.
import { cspSource } from "./page-urls.ts";

type HeaderList = readonly (readonly [name: string, value: string])[];

/**
 * The policy of the documentation page: its own scripts, styles and requests, no inline script, no `eval`, no frame. Pictures may be
 * `data:` addresses because the style sheet of Swagger UI holds its icons so, and `blob:` because "Try it out" shows an answered picture
 * so; an answered sound is played from its address. React sets styles through the DOM, which no policy blocks.
 */
const docsContentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The policy of the page to which an authorization server sends the browser back: one script of its own, nothing else. */
export const oauth2RedirectContentSecurityPolicy =
  "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The addresses outside this server that a page may use, by what for. */
interface Elsewhere {
  readonly files?: readonly string[];
  readonly pictures?: readonly string[];
  readonly requests?: readonly string[];
}

function sources(urls: readonly string[] = []): string {
  const found = new Set<string>();
  for (const url of urls) {
    const source = cspSource(url);
    if (source !== undefined) found.add(source);
  }
  return [...found].map((source) => ` ${source}`).join("");
}

/** `docsContentSecurityPolicy`, opened for the origins that the application itself named. */
export function policyFor(elsewhere: Elsewhere): string {
  const files = sources(elsewhere.files);
  const pictures = sources([...(elsewhere.files ?? []), ...(elsewhere.pictures ?? [])]);
  const requests = sources(elsewhere.requests);
  return docsContentSecurityPolicy
    .replace("script-src 'self'", (directive) => directive + files)
    .replace("style-src 'self'", (directive) => directive + files)
    .replace("img-src 'self' data: blob:", (directive) => directive + pictures)
    .replace("connect-src 'self'", (directive) => directive + requests);
}

/**
 * The headers of an HTML page under the given policy. Signing in opens a window of another origin, which reports back to the
 * page: an opener policy that middleware adds to every answer would part them.
 */
export function pageHeaders(policy: string): HeaderList {
  return [
    ["content-type", "text/html; charset=utf-8"],
    ["content-security-policy", policy],
    ["cross-origin-opener-policy", "unsafe-none"],
    ["x-content-type-options", "nosniff"],
    ["referrer-policy", "same-origin"],
    ["cache-control", "no-cache"],
  ];
}

/** The headers of a file whose address names its version: a browser may keep it for a year without asking again. */
export function versionedFileHeaders(mediaType: string): HeaderList {
  return [
    ["content-type", mediaType],
    ["x-content-type-options", "nosniff"],
    ["cache-control", "public, max-age=31536000, immutable"],
  ];
}

/** The headers of a small file of our own that changes with the framework: asked for again each time. */
export function fileHeaders(mediaType: string): HeaderList {
  return [
    ["content-type", mediaType],
    ["x-content-type-options", "nosniff"],
    ["cache-control", "no-cache"],
  ];
}
