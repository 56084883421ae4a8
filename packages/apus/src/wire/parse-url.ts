/** Parsing addresses that may be none. */

/**
 * The address, or undefined for what is none. Not by `URL.canParse`: Node 20's says no to letters such as "ü" once it has
 * been optimised.
 */
export function parseUrl(text: string, base?: string | URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
