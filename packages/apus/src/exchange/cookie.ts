/** The Cookie header (RFC 6265): several headers count as one, the last of equal names wins, quoted values are unquoted. */
import { strip } from "../wire/index.ts";
import type { Pairs } from "./query.ts";

export function parseCookies(lines: readonly string[]): Pairs {
  const pairs: string[] = [];
  for (const line of lines) {
    for (const chunk of line.split(";")) {
      const equals = chunk.indexOf("=");
      const name = equals < 0 ? "" : trim(chunk.slice(0, equals));
      const value = strip(chunk.slice(equals + 1));
      if (name !== "" || value !== "") pairs.push(name, unquote(value));
    }
  }
  return pairs;
}

/**
 * Takes away the white space that a header can have around a name. Other characters that count as white space elsewhere belong to the name:
 * without them a foreign cookie would get a name such as `__Host-session`, which browsers let nobody else set.
 */
function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && (text[start] === " " || text[start] === "\t")) start++;
  while (end > start && (text[end - 1] === " " || text[end - 1] === "\t")) end--;
  return text.slice(start, end);
}

/** Undoes what Python's cookie writer does to special characters: octal escapes and backslashes inside quotes. */
function unquote(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return value
    .slice(1, -1)
    .replaceAll(/\\([0-3][0-7]{2}|.)/gs, (_, escaped: string) =>
      escaped.length === 3 ? String.fromCharCode(Number.parseInt(escaped, 8)) : escaped,
    );
}
