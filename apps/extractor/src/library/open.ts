// Opening one file of the library so that what is read is what was checked: inside the library, a regular file, not
// reached through a linked folder, and never something that would block.
import { constants, type Stats } from "node:fs";
import { type FileHandle, lstat, open, readlink, realpath } from "node:fs/promises";
import {
  absolutePath,
  type BytePath,
  isInside,
  pathFromBytes,
  pathFromText,
  pathToBytes,
  splitPath,
} from "./byte-path.ts";
import { causeSentence, LibraryFailure, systemCode } from "./failure.ts";

/** O_NONBLOCK: opening a pipe that nobody writes to would otherwise never return. Absent flags (Windows) count as 0. */
export const readFlags =
  constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** An open file of the library; whoever receives it closes it. */
export interface OpenedFile {
  readonly handle: FileHandle;
  readonly stats: Stats;
}

const gone = (cause?: unknown): LibraryFailure =>
  new LibraryFailure("not_found", "There is no such file in the library.", cause);

/** An error of the file system as the library's own; any other error is a mistake in the program and stays what it is. */
export function asFailure(error: unknown): unknown {
  if (error instanceof LibraryFailure) return error;
  const code = systemCode(error);
  if (code === undefined) return error;
  if (code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP" || code === "ENAMETOOLONG") return gone(error);
  return new LibraryFailure("unreadable", `It cannot be read: ${causeSentence(error)}.`, error);
}

async function realPathOf(path: BytePath): Promise<BytePath> {
  return pathFromBytes(await realpath(pathToBytes(path), { encoding: "buffer" }));
}

/**
 * The real path of a folder inside the library. Linked folders are not part of the library (they could lead out of it
 * or in circles), so the folder's path must be its own real path.
 *
 * @throws LibraryFailure `not_found` or `unreadable`
 */
export async function resolveFolder(root: BytePath, folder: BytePath): Promise<BytePath> {
  const path = absolutePath(root, folder);
  try {
    if ((await realPathOf(path)) !== path) throw gone();
    return path;
  } catch (error) {
    throw asFailure(error);
  }
}

/**
 * Lets `use` look into a folder of the library, by a path that leads to this very folder for as long as it takes: on
 * Linux through the open folder itself, so that putting a link in its place meanwhile changes nothing.
 *
 * @throws LibraryFailure `not_found` or `unreadable`, and what `use` throws
 */
export async function inFolder<T>(root: BytePath, folder: BytePath, use: (path: BytePath) => Promise<T>): Promise<T> {
  const real = await resolveFolder(root, folder);
  let handle: FileHandle | undefined;
  try {
    handle = await openFolder(real);
    return await use(handle === undefined ? real : pathFromText(`/proc/self/fd/${handle.fd}`));
  } catch (error) {
    throw asFailure(error);
  } finally {
    await handle?.close();
  }
}

/** Undefined where the system has no paths through open folders. */
async function openFolder(real: BytePath): Promise<FileHandle | undefined> {
  if (process.platform !== "linux") return undefined;
  const handle = await open(pathToBytes(real), readFlags | constants.O_DIRECTORY);
  try {
    if (await isStillAt(handle, await handle.stat(), real)) return handle;
    throw gone();
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Where a file of the library really is. A symbolic link to a file is followed when its target is in the library.
 *
 * @throws LibraryFailure `not_found` when it leaves the library or is not there, `unreadable`
 */
export async function resolveFile(root: BytePath, file: BytePath): Promise<BytePath> {
  const { directory } = splitPath(file);
  const path = absolutePath(root, file);
  try {
    const real = await realPathOf(path);
    if (real !== path) {
      if (!isInside(root, real)) throw gone();
      await resolveFolder(root, directory);
    }
    return real;
  } catch (error) {
    throw asFailure(error);
  }
}

/**
 * Opens a file of the library for reading.
 *
 * @param root the library's real folder, from `resolveRoot`
 * @param file the path inside it
 * @throws LibraryFailure `not_found` or `unreadable`
 */
export async function openFile(root: BytePath, file: BytePath): Promise<OpenedFile> {
  const real = await resolveFile(root, file);
  let handle: FileHandle | undefined;
  try {
    // Looked at before it is opened: merely opening a device can have effects.
    if (!(await lstat(pathToBytes(real))).isFile()) throw gone();
    handle = await open(pathToBytes(real), readFlags);
    const stats = await handle.stat();
    if (!stats.isFile() || !(await isStillAt(handle, stats, real))) throw gone();
    return { handle, stats };
  } catch (error) {
    await handle?.close();
    throw asFailure(error);
  }
}

/**
 * Whether the open file is the one at `real`. Between the check of a path and its opening, somebody who can write in
 * the library could have put a link in place of a folder. Linux tells where an open file is; elsewhere the file at the
 * path is compared with the open one.
 */
async function isStillAt(handle: FileHandle, stats: Stats, real: BytePath): Promise<boolean> {
  if (process.platform === "linux") {
    try {
      return pathFromBytes(await readlink(`/proc/self/fd/${handle.fd}`, { encoding: "buffer" })) === real;
    } catch (error) {
      if (systemCode(error) !== "ENOENT") throw error; // no /proc mounted: compare instead
    }
  }
  if ((await realPathOf(real)) !== real) return false;
  const there = await lstat(pathToBytes(real));
  return there.dev === stats.dev && there.ino === stats.ino;
}
