// Ids of albums and photos: the path inside the library in an alphabet that is safe in an address. An id survives a
// restart, needs no table, and is only ever resolved through the library's own checks.
import { type BytePath, isHidden, pathFromBytes, rootPath } from "./byte-path.ts";

const escaped = /[^A-Za-z0-9._-]/g;
const wellFormed = /^(?:[A-Za-z0-9._-]|~[0-9A-F]{2})+$/;
/** The longest path that systems accept is 4,096 bytes, three characters each at most. */
const longest = 3 * 4096;

/** The id of the library's own folder, the one path that has no characters. */
export const rootId = "~";

/**
 * Letters, digits, `.`, `_` and `-` stay; each other byte is `~` and two hexadecimal digits.
 *
 * @example idOf(pathFromText("Phones/iPhone 4S")) // "Phones~2FiPhone~204S"
 */
export function idOf(path: BytePath): string {
  if (path === "") return rootId;
  return path.replace(escaped, (byte) => `~${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}

/**
 * The path that an id names, or null when no id is spelled like this. Refused as well: a second spelling of a path,
 * NUL, empty names, `.`, `..` and hidden names. That a path comes out does not mean that it exists.
 */
export function pathOfId(id: string): BytePath | null {
  if (id === rootId) return rootPath;
  if (id.length > longest || !wellFormed.test(id)) return null;
  const path = id.replace(/~(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (path.includes("\0")) return null;
  if (path.split("/").some((name) => name === "" || isHidden(name))) return null;
  const found = pathFromBytes(Buffer.from(path, "latin1"));
  return idOf(found) === id ? found : null;
}
