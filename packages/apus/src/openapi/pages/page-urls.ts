// Addresses as the documentation page writes them: relative to the page, so that they hold behind any proxy prefix and inside any mount.

/** Whether the address leaves this server: `https://…`, `http://…` or `//host/…`. Anything else must be a path that starts with "/". */
export function isElsewhere(url: string): boolean {
  return /^(https?:)?\/\//i.test(url);
}

/**
 * Checks an address that an application gave for its documentation.
 *
 * @throws TypeError when it is neither a path from the root nor a web address.
 */
export function checkPageUrl(option: string, url: string, accepts: "path" | "path or web address"): void {
  if (isElsewhere(url) && accepts === "path or web address") return;
  if (url.startsWith("/") && !url.startsWith("//") && !/[\s\\{}?#"'<>]/.test(url)) return;
  throw new TypeError(
    `${option} is ${JSON.stringify(url)}: give a path that starts with "/" and has no parameters${
      accepts === "path" ? "" : ', or a web address that starts with "https://"'
    }.`,
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
  if (!URL.canParse(withScheme)) return undefined;
  const { origin, host } = new URL(withScheme);
  return url.startsWith("//") ? host : origin;
}
