// Addresses as the documentation pages write them: relative to the page, so that they hold behind any proxy prefix and inside any mount.

import { ApusError } from "../../diagnostic/index.ts";
import { parseUrl } from "../../wire/index.ts";

/** Whether the address leaves this server: `https://…`, `http://…` or `//host/…`. Anything else must be a path that starts with "/". */
function isElsewhere(url: string): boolean {
  return /^(https?:)?\/\//i.test(url);
}

/**
 * Checks an address that an application gave for its documentation.
 *
 * @throws ApusError when it is neither a path from the root nor a web address.
 */
export function checkPageUrl(option: string, url: string, accepts: "path" | "path or web address"): void {
  const isText = typeof url === "string";
  if (isText && isElsewhere(url) && accepts === "path or web address") return;
  if (isText && url.startsWith("/") && !url.startsWith("//") && !/[\s\\{}?#"'<>]/.test(url)) return;
  throw new ApusError(
    `APUS_DOCUMENTATION: ${option} is ${JSON.stringify(url)}: give a path that starts with "/" and has no parameters${
      accepts === "path" ? "" : ', or a web address that starts with "https://"'
    }; null for none.`,
  );
}

/**
 * The address of `to` as seen from the page at `from`, both paths from the root. Web addresses stay as they are.
 *
 * @example relativeUrl("/api/docs", "/api/openapi.json") // "./openapi.json"
 */
export function relativeUrl(from: string, to: string): string {
  if (isElsewhere(to)) return to;
  const fromFolders = from.split("/").slice(1, -1);
  const target = to.split("/").slice(1);
  let shared = 0;
  while (shared < fromFolders.length && shared < target.length - 1 && fromFolders[shared] === target[shared])
    shared += 1;
  const up = "../".repeat(fromFolders.length - shared);
  // "./" keeps a colon in the first part from being read as a scheme
  return `${up || "./"}${target.slice(shared).join("/")}`;
}

/**
 * The source expression that lets a Content-Security-Policy reach a web address.
 *
 * @example cspSource("https://api.example.com/v1") // "https://api.example.com"
 */
export function cspSource(url: string): string | undefined {
  if (!isElsewhere(url)) return undefined;
  const withScheme = url.startsWith("//") ? `https:${url}` : url;
  const parsed = parseUrl(withScheme);
  if (parsed === undefined) return undefined;
  const { origin, host } = parsed;
  // a template, for one, parses, but is no host that a policy could name
  if (!/^[\w.:[\]-]+$/.test(host)) return undefined;
  return url.startsWith("//") ? host : origin;
}

/**
 * The source expression that lets a page load exactly one file: its path is part of it where the file is elsewhere.
 *
 * @throws ApusError when the address is not one that a page can load from.
 * @example fileSource("swaggerJsUrl", "https://cdn.example/swagger-ui@5/bundle.js?x=1") // "https://cdn.example/swagger-ui@5/bundle.js"
 */
export function fileSource(option: string, url: string): string {
  if (!isElsewhere(url)) {
    // relative to the page: whatever has a scheme of its own is no file of this server
    if (url !== "" && !/^[a-z][a-z\d+.-]*:/i.test(url)) return "'self'";
  } else {
    const source = cspSource(url);
    // what separates sources and directives in a policy may stand in a path
    if (source !== undefined)
      return source + new URL(url, "https://host").pathname.replace(/[;,]/g, encodeURIComponent);
  }
  throw new ApusError(
    `APUS_DOCUMENTATION: ${option} is ${JSON.stringify(url)}: give an address of this server, or one that starts with "https://".`,
  );
}
