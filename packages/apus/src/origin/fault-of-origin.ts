/** Origins as they are listed: what browsers never send is a mistake of whoever lists it. */

/**
 * What keeps a text from ever equalling the Origin header of a browser (RFC 6454, section 6.2).
 * @param pattern What takes patterns, as messages call it.
 */
export function faultOfOrigin(origin: string, pattern: string): string | undefined {
  if (origin === "*" || origin === "null") return undefined;
  if (origin.includes("*")) return `has a wildcard, which no origin equals; use ${pattern}`;
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s]*$/.test(origin)) {
    return 'is no origin, which is a scheme, a host in lower case and perhaps a port, without a slash at the end: "https://example.com"';
  }
  if (origin !== origin.toLowerCase()) return "has capital letters, which browsers write small";
  if (/^(?:http:.*:80|https:.*:443)$/.test(origin)) return "names the scheme's own port, which browsers leave out";
  return undefined;
}
