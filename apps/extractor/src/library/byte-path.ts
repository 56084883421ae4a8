// Paths inside the library as raw bytes. File names on most systems are bytes, not text: a name that is not valid UTF-8
// would be damaged by decoding and could then never be opened again.

declare const brand: unique symbol;

/**
 * A path (or one name) whose every character stands for one byte of the file system's own spelling.
 * Relative paths use "/" between names and have none at either end; the library's own folder is the empty path.
 */
export type BytePath = string & { readonly [brand]: true };

/** The library's own folder. */
export const rootPath = "" as BytePath;

/** From the bytes that the file system gave. */
export function pathFromBytes(bytes: Uint8Array): BytePath {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1") as BytePath;
}

/** From text, as in a setting: written in UTF-8. */
export function pathFromText(text: string): BytePath {
  return pathFromBytes(Buffer.from(text, "utf8"));
}

/** The bytes, to hand to the file system. */
export function pathToBytes(path: BytePath): Buffer {
  return Buffer.from(path, "latin1");
}

/** For people: bytes that are not UTF-8 become U+FFFD, so two paths may read the same. */
export function pathToText(path: BytePath): string {
  return pathToBytes(path).toString("utf8");
}

/** `name` inside `directory`; an empty directory is the library's own folder. */
export function joinPath(directory: BytePath, name: BytePath): BytePath {
  return (directory === "" ? name : `${directory}/${name}`) as BytePath;
}

/** An absolute path from the library's real folder and a path inside it. */
export function absolutePath(root: BytePath, inside: BytePath): BytePath {
  if (inside === "") return root;
  return (root.endsWith("/") ? root + inside : `${root}/${inside}`) as BytePath;
}

/** Splits off the last name: `"a/b/c.jpg"` is `c.jpg` in `a/b`. */
export function splitPath(path: BytePath): { directory: BytePath; name: BytePath } {
  const slash = path.lastIndexOf("/");
  return slash < 0
    ? { directory: rootPath, name: path }
    : { directory: path.slice(0, slash) as BytePath, name: path.slice(slash + 1) as BytePath };
}

/** Whether an absolute real path is the root or lies inside it. */
export function isInside(root: BytePath, real: BytePath): boolean {
  return real === root || real.startsWith(root.endsWith("/") ? root : `${root}/`);
}

/** Names that begin with a dot are hidden: they are neither listed nor opened. */
export function isHidden(name: string): boolean {
  return name.startsWith(".");
}

/** Byte order, the order of every listing: stable, and the same on each machine. */
export function comparePaths(a: BytePath, b: BytePath): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
