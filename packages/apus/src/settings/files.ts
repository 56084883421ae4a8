/** The file system, reached only where a setting is read from a file: what reads no file runs where there are none. */
import type * as fileSystem from "node:fs";
import type * as paths from "node:path";
import type * as urls from "node:url";
import { ApusError } from "../diagnostic/index.ts";

/** No setting is longer, and no file, its references replaced; Kubernetes allows as much for a whole secret. */
export const mostBytes = 1_048_576;

/** What was found: a text, nothing, or why it cannot be read. */
type FileText = { readonly text: string } | { readonly fault: string } | undefined;

type Runtime = { readonly process?: Partial<Pick<NodeJS.Process, "getBuiltinModule">> };
type Builtins = { "node:fs": typeof fileSystem; "node:path": typeof paths; "node:url": typeof urls };

function builtin<N extends keyof Builtins>(name: N): Builtins[N] {
  const found = (globalThis as Runtime).process?.getBuiltinModule?.(name);
  if (found !== undefined) return found;
  throw new ApusError(
    "APUS_SETTINGS_DECLARATION: settings(): there are no files here; leave envFile and secretsDir away and give the variables as env: settings(Settings, { env }).",
  );
}

/** A path as text, and as messages show it: relative where it lies under the working directory. */
export function pathOf(file: string | URL): { readonly path: string; readonly shown: string } {
  if (typeof file === "string" && !file.startsWith("file:")) return { path: file, shown: file };
  const path = builtin("node:url").fileURLToPath(file);
  const { relative, isAbsolute } = builtin("node:path");
  const shown = relative(process.cwd(), path);
  return { path, shown: shown === "" || shown.startsWith("..") || isAbsolute(shown) ? path : shown };
}

/**
 * Reads a file as UTF-8.
 * @param regular Whether it has to be an ordinary file. A named pipe, as password managers offer for `.env`, is waited for.
 */
export function readText(path: string, regular: boolean): FileText {
  const fs = builtin("node:fs");
  let bytes: Uint8Array;
  try {
    const found = fs.statSync(path);
    if (found.isDirectory()) return { fault: "is a directory, not a file" };
    if (!found.isFile() && (regular || !found.isFIFO())) return { fault: "is no ordinary file" };
    bytes = readBytes(fs, path);
  } catch (error) {
    return isAbsent(error) ? undefined : { fault: faultOf(error) };
  }
  if (bytes.length > mostBytes) return { fault: `is larger than ${mostBytes / 1024} KiB` };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { fault: "is not UTF-8; save it as such" };
  }
}

/** One byte more than may be is enough to know. A pipe has no size to look at. */
function readBytes(fs: typeof fileSystem, path: string): Uint8Array {
  const buffer = new Uint8Array(mostBytes + 1);
  const file = fs.openSync(path, "r");
  try {
    let length = 0;
    for (let got = -1; got !== 0 && length < buffer.length; length += got) {
      got = fs.readSync(file, buffer, length, buffer.length - length, null);
    }
    return buffer.subarray(0, length);
  } finally {
    fs.closeSync(file);
  }
}

/** The names in a directory, why they cannot be read, or undefined where there is none. */
export function readDirectory(
  path: string,
): { readonly names: readonly string[] } | { readonly fault: string } | undefined {
  const fs = builtin("node:fs");
  try {
    if (!fs.statSync(path).isDirectory()) return { fault: "is no directory" };
    return { names: fs.readdirSync(path) };
  } catch (error) {
    return isAbsent(error) ? undefined : { fault: faultOf(error) };
  }
}

/**
 * Reads a file of a directory. A link may lead anywhere inside it, as those of Kubernetes do, but not out of it: whoever may
 * write there could otherwise have any file of the machine read.
 */
export function readInside(directory: string, name: string): Exclude<FileText, undefined> {
  const fs = builtin("node:fs");
  const { join, relative, isAbsolute } = builtin("node:path");
  try {
    const real = fs.realpathSync(join(directory, name));
    const way = relative(fs.realpathSync(directory), real);
    if (way.split(/[\\/]/, 1)[0] === ".." || isAbsolute(way))
      return { fault: "is a link that leads out of its directory" };
    return readText(real, true) ?? { fault: "is a link that leads nowhere" };
  } catch (error) {
    return { fault: isAbsent(error) ? "is a link that leads nowhere" : faultOf(error) };
  }
}

/** The path of a file in a directory, as messages show it. */
export function shownInside(directory: string, name: string): string {
  return builtin("node:path").join(directory, name);
}

const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown error";

function isAbsent(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(codeOf(error));
}

function faultOf(error: unknown): string {
  const code = codeOf(error);
  if (code === "EACCES" || code === "EPERM") return `may not be read by this process (${code})`;
  return code === "ELOOP" ? "is a link that leads in a circle" : `cannot be read (${code})`;
}
