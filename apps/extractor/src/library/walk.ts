// Finds every folder of the library. Linked folders are not entered, so the walk ends.
import { mapBounded } from "../concurrency/gate.ts";
import { type BytePath, joinPath, pathFromBytes, rootPath } from "./byte-path.ts";
import { LibraryFailure } from "./failure.ts";
import { namesIn } from "./folder-index.ts";
import { inFolder } from "./open.ts";

/** A library beyond these is listed up to them, and says so. */
export const mostFolders = 50_000;
const deepest = 64;

/** The folders of a library. */
export interface Walk {
  /** In the order of an outline: a folder, then what is in it. The library's own folder comes first. */
  readonly folders: readonly BytePath[];
  /** Whether the library holds more folders, or deeper ones, than are listed. */
  readonly cut: boolean;
}

/**
 * Lists the folders level by level.
 *
 * @param root the library's real folder
 * @throws LibraryFailure when the library's own folder cannot be listed; folders below it that cannot are still listed
 */
export async function walk(root: BytePath): Promise<Walk> {
  const folders: BytePath[] = [rootPath];
  let level: readonly BytePath[] = folders;
  let cut = false;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest || folders.length > mostFolders) {
      cut = true;
      break;
    }
    const below = (await mapBounded(level, 8, (folder) => foldersIn(root, folder))).flat();
    folders.push(...below.slice(0, mostFolders - folders.length));
    cut ||= folders.length >= mostFolders;
    level = below;
  }
  return { folders: folders.sort(compareInOutline), cut };
}

async function foldersIn(root: BytePath, folder: BytePath): Promise<BytePath[]> {
  try {
    const items = await inFolder(root, folder, namesIn);
    return items.filter((item) => item.isDirectory()).map((item) => joinPath(folder, pathFromBytes(item.name)));
  } catch (error) {
    // One that vanished, or may not be read, does not spoil the list of the others.
    if (folder !== rootPath && error instanceof LibraryFailure) return [];
    throw error;
  }
}

/** "a", "a/b", "a-c": the separator sorts before every character that a name can hold. */
export function compareInOutline(a: BytePath, b: BytePath): number {
  const left = a.replaceAll("/", "\0");
  const right = b.replaceAll("/", "\0");
  return left < right ? -1 : left > right ? 1 : 0;
}
