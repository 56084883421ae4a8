// The library's own folder: found anew for each request, so that a drive that was unplugged is noticed at once and one
// that came back is used again.
import { access, constants, realpath, stat } from "node:fs/promises";
import { type BytePath, pathFromBytes } from "./byte-path.ts";
import { causeSentence, LibraryFailure } from "./failure.ts";

/**
 * The real path of the configured folder (it may itself be a symbolic link).
 *
 * @throws LibraryFailure `unavailable`, with the reason as a sentence, when it is missing, no folder or not readable.
 */
export async function resolveRoot(folder: string): Promise<BytePath> {
  try {
    const real = await realpath(folder, { encoding: "buffer" });
    if (!(await stat(real)).isDirectory()) throw Object.assign(new Error("no folder"), { code: "ENOTDIR" });
    await access(real, constants.R_OK | constants.X_OK);
    return pathFromBytes(real);
  } catch (error) {
    throw new LibraryFailure("unavailable", `The library folder cannot be used: ${causeSentence(error)}.`, error);
  }
}
