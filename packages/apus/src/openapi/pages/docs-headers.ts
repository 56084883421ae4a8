// The headers of the documentation pages, with the tightest Content-Security-Policy (CSP level 3) under which each works.
import { cspSource } from "./page-urls.ts";

type HeaderList = readonly (readonly [name: string, value: string])[];

/** What a page may load and reach: source expressions, by directive. What is left out may be nothing. */
export interface PageSources {
  readonly "script-src": readonly string[];
  readonly "style-src"?: readonly string[];
  readonly "style-src-attr"?: readonly string[];
  readonly "img-src"?: readonly string[];
  readonly "font-src"?: readonly string[];
  readonly "media-src"?: readonly string[];
  readonly "worker-src"?: readonly string[];
  readonly "connect-src"?: readonly string[];
}

/** Everything is forbidden but the sources given; no inline script, no `eval`, no frame around or inside the page, no form. */
export function contentSecurityPolicy(sources: PageSources): string {
  const allowed = Object.entries(sources).map(([name, list]) => `${name} ${[...new Set<string>(list)].join(" ")}; `);
  return `default-src 'none'; ${allowed.join("")}base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

/** The origins of the web addresses among `urls`, as source expressions. */
export function originsOf(urls: readonly string[]): string[] {
  return urls.flatMap((url) => cspSource(url) ?? []);
}

/**
 * What Swagger UI needs besides its own files. Pictures may be `data:` addresses because its style sheet holds its icons so, and `blob:`
 * because "Try it out" shows an answered picture so; an answered sound is played from its address. Of style attributes it needs three, by which its Markdown aligns the columns of
 * tables; React sets styles through the DOM, which no policy blocks.
 */
export const swaggerUiSources = {
  "style-src-attr": [
    "'unsafe-hashes'",
    "'sha256-De7agAeYqm6ANIVvRRW6HFWi52AJW8inhFE0gSdgXnI='",
    "'sha256-kFAIUwypIt04FgLyVU63Lcmp2AQimPh/TdYjy04Flxs='",
    "'sha256-XzJlZKVo+ff9ozww9Sr2p/2TbJXITZuaWMZ9p53zN1U='",
  ],
  "img-src": ["'self'", "data:", "blob:"],
  "media-src": ["'self'"],
  "connect-src": ["'self'"],
} as const;

/**
 * What ReDoc needs besides its own file. Its style elements are empty and filled through the DOM, all but one: so two digests are all that
 * is allowed inline, that of the empty text and that of its scroll bars' style sheet. Its search runs in a worker that it makes itself.
 */
export const redocSources = {
  "style-src": [
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='",
  ],
  "img-src": ["'self'", "data:"],
  "worker-src": ["blob:"],
  "connect-src": ["'self'"],
} as const;

/** How long what a documentation route answers may be kept, and by whom. A guarded answer is for the one who passed the guards. */
interface Caching {
  readonly guarded: boolean;
}

/**
 * The headers of an HTML page under the given policy. Signing in opens a window of another origin, which reports back to the
 * page: an opener policy that middleware adds to every answer would part them.
 */
export function pageHeaders(policy: string, { guarded }: Caching): HeaderList {
  return [
    ["content-type", "text/html; charset=utf-8"],
    ["content-security-policy", policy],
    ["cross-origin-opener-policy", "unsafe-none"],
    ["x-content-type-options", "nosniff"],
    ["referrer-policy", "same-origin"],
    ["cache-control", guarded ? "no-store" : "no-cache"],
  ];
}

/** The headers of a file whose address names its version: a browser may keep it for a year without asking again. */
export function versionedFileHeaders(mediaType: string, { guarded }: Caching): HeaderList {
  return [
    ["content-type", mediaType],
    ["x-content-type-options", "nosniff"],
    ["cache-control", `${guarded ? "private" : "public"}, max-age=31536000, immutable`],
  ];
}

/** The headers of a small file of our own that changes with the framework: asked for again each time. */
export function fileHeaders(mediaType: string, { guarded }: Caching): HeaderList {
  return [
    ["content-type", mediaType],
    ["x-content-type-options", "nosniff"],
    ["cache-control", guarded ? "private, no-cache" : "no-cache"],
  ];
}
