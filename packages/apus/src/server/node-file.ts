/** Node's files as the core's: opened once, asked on the handle what they are, and kept inside a folder where there is one. */
import { constants, type PathLike } from "node:fs";
import { open, realpath, type FileHandle } from "node:fs/promises";
import { isAbsolute, resolve, sep } from "node:path";
import { FileMissingError, type OpenFile } from "../exchange/index.ts";

/** Without waiting for the other end of a pipe, and without a terminal becoming that of the server. Windows has neither. */
const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

export async function openFile(path: string | URL, root: string | URL | undefined): Promise<OpenFile> {
  // A root that is not there is a mistake of who named it, and no file that is missing.
  const folder = root === undefined ? undefined : await realpath(root);
  try {
    return await opened(folder === undefined ? path : await within(folder, path));
  } catch (error) {
    throw isMissing(error) ? new FileMissingError(error.message, { cause: error }) : error;
  }
}

/** @returns Where the file is, without links. @throws FileMissingError for a path that leads out of the folder. */
async function within(folder: string, path: string | URL): Promise<string> {
  if (typeof path !== "string" || isAbsolute(path) || (sep === "\\" && path.includes(":"))) {
    throw new FileMissingError(`${JSON.stringify(path)} is no path below the folder`);
  }
  const found = resolve(folder, path);
  // The first look keeps those outside from learning what exists there, the second sees where links lead.
  if (liesIn(folder, found)) {
    const real = await realpath(found);
    if (liesIn(folder, real)) return real;
  }
  throw new FileMissingError(`${JSON.stringify(path)} leads out of the folder`);
}

function liesIn(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function opened(path: PathLike): Promise<OpenFile> {
  const handle = await open(path, flags);
  try {
    const found = await handle.stat();
    if (found.isFile()) return new NodeFile(handle, found.size, found.mtimeMs);
    throw new FileMissingError("It is no regular file");
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const missing = new Set(["ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "ENAMETOOLONG"]);

function isMissing(error: unknown): error is Error {
  return error instanceof Error && "code" in error && missing.has(String(error.code));
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

  async read(position: number, length: number): Promise<Uint8Array> {
    const { buffer, bytesRead } = await this.#handle.read(new Uint8Array(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}
