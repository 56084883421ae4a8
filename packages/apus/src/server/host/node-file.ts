/** Node's files as the core's: opened once, asked on the handle what they are, and kept inside a folder where there is one. */
import type { PathLike } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { FileForbiddenError, FileMissingError, type OpenFile, type Place } from "../../exchange/index.ts";
import { builtin } from "../builtin.ts";
import { isMisread, isOtherCase } from "./file-name.ts";

/** Without waiting for the other end of a pipe, and without a terminal becoming that of the server. Windows has neither. */
function flags(): number {
  const { O_RDONLY, O_NONBLOCK, O_NOCTTY } = builtin("node:fs").constants;
  return O_RDONLY | O_NONBLOCK | O_NOCTTY;
}

export async function openFile(
  path: string | URL,
  root: string | URL | undefined,
  followSymlink = false,
): Promise<OpenFile> {
  // A root that is not there is a mistake of who named it, and no file that is missing.
  const folder = root === undefined ? undefined : await builtin("node:fs/promises").realpath(root);
  try {
    if (folder === undefined) return await opened(path, flags());
    const found = below(folder, path);
    return followSymlink ? await opened(found, flags()) : await openedWithin(folder, found);
  } catch (error) {
    if (isRefused(error)) throw new FileForbiddenError(error.message, { cause: error });
    if (!isMissing(error)) throw error;
    throw new FileMissingError(error.message, { cause: error, why: whys[error.code] });
  }
}

/** The directory, and where it is or would be. */
export async function findDirectory(path: string | URL): Promise<Place> {
  const { realpath, stat } = builtin("node:fs/promises");
  const absolute = builtin("node:path").resolve(path instanceof URL ? builtin("node:url").fileURLToPath(path) : path);
  try {
    const real = await realpath(absolute);
    const exists = (await stat(real)).isDirectory();
    return { path: real, exists, file: !exists };
  } catch (error) {
    if (isMissing(error)) return { path: absolute, exists: false };
    throw error;
  }
}

/** @returns Where the path leads, links aside. @throws FileMissingError for one that leads out of the folder. */
function below(folder: string, path: string | URL): string {
  const { isAbsolute, resolve, sep } = builtin("node:path");
  if (typeof path !== "string" || isAbsolute(path) || (sep === "\\" && isMisread(path))) {
    throw new FileMissingError(`${JSON.stringify(path)} is no path below the folder`);
  }
  const found = resolve(folder, path);
  if (found === folder || liesIn(folder, found)) return found;
  // Before the machine is asked: those outside do not learn what exists there.
  throw outside(path);
}

/** Opens what lies in the folder once links are followed. */
async function openedWithin(folder: string, found: string): Promise<OpenFile> {
  const real = await builtin("node:fs/promises").realpath(found);
  if (real !== folder && !liesIn(folder, real)) throw outside(found);
  if (isOtherCase(found, real)) throw new FileMissingError(`${JSON.stringify(found)} is written in another case`);
  // There are no links left in it, unless somebody puts one there just now.
  const file = await opened(real, flags() | builtin("node:fs").constants.O_NOFOLLOW);
  const path = pathOf(file);
  if (path === undefined || liesIn(folder, path)) return file;
  await file.close();
  throw outside(found);
}

function outside(path: string): FileMissingError {
  return new FileMissingError(`${JSON.stringify(path)} leads out of the folder`);
}

function liesIn(folder: string, path: string): boolean {
  const { sep } = builtin("node:path");
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Where the file that is open really is, where the machine tells: a folder on the way may have become a link meanwhile. */
function pathOf(file: NodeFile): string | undefined {
  // Deno's numbers of files are its own.
  if (process.platform !== "linux" || process.versions["deno"] !== undefined) return undefined;
  try {
    // Answered by the kernel alone, without a disk.
    return builtin("node:fs").readlinkSync(`/proc/self/fd/${file.descriptor}`);
  } catch {
    return undefined; // No /proc here.
  }
}

async function opened(path: PathLike, how: number): Promise<NodeFile> {
  const handle = await builtin("node:fs/promises").open(path, how);
  try {
    const found = await handle.stat();
    if (found.isFile()) return new NodeFile(handle, found.size, found.mtimeMs);
    throw new FileMissingError("It is no regular file", { why: found.isDirectory() ? "directory" : undefined });
  } catch (error) {
    await handle.close();
    throw error;
  }
}

type SystemError = Error & { readonly code: string };

const missing: readonly string[] = ["ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "ENAMETOOLONG"];
const whys: Readonly<Record<string, FileMissingError["why"]>> = { EISDIR: "directory", ENAMETOOLONG: "long name" };
const refused: readonly string[] = ["EACCES", "EPERM"];

function isMissing(error: unknown): error is SystemError {
  return error instanceof Error && "code" in error && missing.includes(String(error.code));
}

function isRefused(error: unknown): error is SystemError {
  return error instanceof Error && "code" in error && refused.includes(String(error.code));
}

class NodeFile implements OpenFile {
  readonly size: number;
  readonly modified: number;
  readonly #handle: FileHandle;

  constructor(handle: FileHandle, size: number, modified: number) {
    this.#handle = handle;
    this.size = size;
    this.modified = modified;
  }

  get descriptor(): number {
    return this.#handle.fd;
  }

  async read(position: number, length: number): Promise<Uint8Array> {
    const { buffer, bytesRead } = await this.#handle.read(new Uint8Array(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}
