// The files of a folder, looked at afresh on every request and remembered by signature, so that ten thousand files cost
// one look each and afterwards one `stat` each: what changed on the disk is seen at once, what did not is not reopened.
import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { mapBounded } from "../concurrency/gate.ts";
import { absolutePath, type BytePath, comparePaths, isHidden, pathFromBytes, pathToBytes } from "./byte-path.ts";
import { type Entry, recogniseEntry, type RecognisedEntry } from "./entry.ts";
import { inFolder, resolveFolder } from "./open.ts";

/** Node's file operations share four threads unless told otherwise; a few more keep them busy. */
const parallelLooks = 16;
/** Remembered over all folders; about 250 bytes each. Beyond it the folder not used for longest is forgotten. */
const mostRemembered = 400_000;
/** How long the pages after the first may be cut from the same look, in milliseconds. */
const sameListing = 2_000;

/** What a folder holds, in byte order of the names. */
export interface FolderContent {
  readonly photos: readonly Entry[];
  readonly skipped: readonly Entry[];
  /** When the newest file last changed, in milliseconds since 1970. */
  readonly newest: number | null;
}

interface Remembered {
  readonly entries: ReadonlyMap<BytePath, RecognisedEntry>;
  readonly content: FolderContent;
  /** When the look began, on the process's steady clock. */
  readonly began: number;
  /** When names were last added or removed, as the folder itself says. */
  readonly changed: number;
}

/** The visible names of a folder, by a path from `inFolder`. */
export async function namesIn(path: BytePath): Promise<Dirent<Buffer>[]> {
  const items = await readdir(pathToBytes(path), { withFileTypes: true, encoding: "buffer" });
  return items.filter((item) => !isHidden(pathFromBytes(item.name)));
}

/** Lists folders and remembers what it recognised. */
export class FolderIndex {
  /** In the order of last use. */
  readonly #remembered = new Map<BytePath, Remembered>();
  readonly #running = new Map<BytePath, Promise<FolderContent>>();
  readonly #next = new Map<BytePath, Promise<FolderContent>>();

  /**
   * What the folder holds now. Requests that come while a look is under way share the one that follows it: a look that
   * began earlier might miss what its caller has just written.
   *
   * @param root the library's real folder
   * @throws LibraryFailure `not_found` or `unreadable`
   */
  async content(root: BytePath, folder: BytePath): Promise<FolderContent> {
    const key = absolutePath(root, folder);
    const running = this.#running.get(key);
    if (running === undefined) return this.#start(key, root, folder);
    let next = this.#next.get(key);
    if (next === undefined) {
      next = running
        .catch(() => undefined)
        .then(() => {
          this.#next.delete(key);
          return this.#start(key, root, folder);
        });
      this.#next.set(key, next);
    }
    return next;
  }

  /**
   * As `content`, but content up to two seconds old will do while no name came or went: for somebody who turns pages.
   *
   * @throws LibraryFailure `not_found` or `unreadable`
   */
  async sameContent(root: BytePath, folder: BytePath): Promise<FolderContent> {
    const key = absolutePath(root, folder);
    const before = this.#remembered.get(key);
    if (before === undefined || performance.now() - before.began > sameListing) return this.content(root, folder);
    const path = await resolveFolder(root, folder);
    return (await changedAt(path)) === before.changed ? before.content : this.content(root, folder);
  }

  /** Forgets folders that a walk through the whole library did not meet. */
  keepOnly(root: BytePath, folders: Iterable<BytePath>): void {
    const kept = new Set(Array.from(folders, (folder) => absolutePath(root, folder)));
    for (const key of this.#remembered.keys()) if (!kept.has(key)) this.#remembered.delete(key);
  }

  #start(key: BytePath, root: BytePath, folder: BytePath): Promise<FolderContent> {
    const look = this.#look(key, root, folder).finally(() => this.#running.delete(key));
    this.#running.set(key, look);
    return look;
  }

  async #look(key: BytePath, root: BytePath, folder: BytePath): Promise<FolderContent> {
    const began = performance.now();
    const changed = await changedAt(key);
    const before = this.#remembered.get(key);
    const found = await inFolder(root, folder, async (path) => {
      const files = (await namesIn(path)).filter((item) => !item.isDirectory());
      return mapBounded(files, parallelLooks, (item) =>
        recogniseEntry(root, path, item, before?.entries.get(pathFromBytes(item.name))),
      );
    });
    const entries = found.filter((entry) => entry !== null).sort((a, b) => comparePaths(a.name, b.name));
    const now = sameEntries(before, entries) ? before : remember(entries);
    this.#remembered.delete(key);
    this.#remembered.set(key, { ...now, began, changed });
    this.#forget();
    return now.content;
  }

  #forget(): void {
    let total = 0;
    for (const { entries } of this.#remembered.values()) total += entries.size;
    for (const [key, { entries }] of this.#remembered) {
      if (total <= mostRemembered || this.#remembered.size === 1) return;
      total -= entries.size;
      this.#remembered.delete(key);
    }
  }
}

/** `recogniseEntry` gives the very object it knew when nothing changed. */
function sameEntries(before: Remembered | undefined, entries: readonly RecognisedEntry[]): before is Remembered {
  return (
    before !== undefined &&
    before.entries.size === entries.length &&
    entries.every((entry) => before.entries.get(entry.name) === entry)
  );
}

/** NaN, which equals nothing, where it cannot be told. */
async function changedAt(folder: BytePath): Promise<number> {
  return stat(pathToBytes(folder)).then(
    (stats) => stats.ctimeMs,
    () => Number.NaN,
  );
}

function remember(entries: readonly RecognisedEntry[]): Pick<Remembered, "entries" | "content"> {
  return {
    entries: new Map(entries.map((entry) => [entry.name, entry])),
    content: {
      photos: entries.filter((entry) => entry.kind.photo),
      skipped: entries.filter((entry) => !entry.kind.photo),
      newest: entries.reduce<number | null>(
        (newest, { modified }) => (modified !== null && (newest === null || modified > newest) ? modified : newest),
        null,
      ),
    },
  };
}
