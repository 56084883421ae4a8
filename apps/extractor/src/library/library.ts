// The photo library as the rest of the application sees it: albums, their files in pages, and single files by id.
// Everything goes through the checks of this folder; no path comes from outside.
import { mapBounded } from "../concurrency/gate.ts";
import { type BytePath, comparePaths, joinPath, pathToText, rootPath, splitPath } from "./byte-path.ts";
import { recogniseBytes } from "../photo/media-type.ts";
import { readAt } from "../photo/read-at.ts";
import { type Entry, kindOf } from "./entry.ts";
import { LibraryFailure } from "./failure.ts";
import { type FolderContent, FolderIndex } from "./folder-index.ts";
import { idOf, pathOfId } from "./id.ts";
import { asFailure, openFile, type OpenedFile } from "./open.ts";
import { pageAfter } from "./page.ts";
import { resolveRoot } from "./root.ts";
import { compareInOutline, walk } from "./walk.ts";

/** A folder of the library. */
export interface Album {
  readonly path: BytePath;
  /** Empty when the folder cannot be listed. */
  readonly content: FolderContent;
  /** Why the folder cannot be listed; null when it can. */
  readonly problem: string | null;
}

/** Albums or files, one page of them. */
export interface Listing<T> {
  readonly items: readonly T[];
  /** To ask for the next page with; null on the last one. */
  readonly next: string | null;
  /** How many there are on all pages. */
  readonly total: number;
}

/** Where to begin and how many to give. */
export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** One page of an album's files. */
export interface AlbumPage extends Listing<Entry> {
  readonly album: Album;
}

/** A cursor that no listing has given. */
export class UnknownCursor extends Error {}

/** What can be said of the library as a whole. */
export interface LibraryStatus {
  readonly folder: string;
  readonly albums: number | null;
  /** Null when all is well. */
  readonly problem: string | null;
}

/**
 * A folder of photographs. Opening a library reads nothing; each call looks at the disk as it is then.
 *
 * @example
 * const library = new Library("/home/ann/Pictures");
 * const { items } = await library.albums({ limit: 50 });
 */
export class Library {
  readonly folder: string;
  readonly #index = new FolderIndex();

  /** @param folder an absolute path */
  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * The folders of the library in the order of an outline, with what each holds. The library's own folder is among
   * them when photos lie directly in it.
   *
   * @throws LibraryFailure `unavailable`
   * @throws UnknownCursor
   */
  async albums({ cursor, limit }: PageRequest): Promise<Listing<Album> & { readonly cut: boolean }> {
    const { root, listed, cut } = await this.#folders();
    const page = pageAfter(listed, (folder) => folder, compareInOutline, positionOf(cursor), limit);
    const albums = await mapBounded(page.items, 2, (path) =>
      orMissing(this.#album(path, this.#index.content(root, path))),
    );
    // A folder that was removed between the walk and the look is left out.
    const items = albums.filter((album) => album !== null);
    return { items, next: page.next === null ? null : idOf(page.next), total: listed.length, cut };
  }

  /**
   * One page of an album's photos, in byte order of their names.
   *
   * @throws LibraryFailure `not_found` or `unavailable`
   * @throws UnknownCursor
   */
  photos(album: string, page: PageRequest): Promise<AlbumPage> {
    return this.#files(album, page, (content) => content.photos);
  }

  /** One page of the files in an album that are not photos; as `photos` otherwise. */
  skipped(album: string, page: PageRequest): Promise<AlbumPage> {
    return this.#files(album, page, (content) => content.skipped);
  }

  /**
   * Opens a photo by its id. The caller closes the handle.
   *
   * @throws LibraryFailure `not_found` (also for a file that is not among the photos), `unreadable` or `unavailable`
   */
  async open(photo: string): Promise<OpenedFile> {
    const path = pathOfId(photo);
    if (path === null || path === rootPath)
      throw new LibraryFailure("not_found", "No photo has an id that is spelled like this.");
    const file = await openFile(await resolveRoot(this.folder), path);
    try {
      const head = await readAt(file.handle, 0, recogniseBytes);
      if (kindOf(splitPath(path).name, head).photo) return file;
      throw new LibraryFailure("not_found", "This file is not among the photos.");
    } catch (error) {
      await file.handle.close();
      throw asFailure(error);
    }
  }

  /** Whether the library can be used, and how many albums `albums` would list. Never throws on account of the library. */
  async status(): Promise<LibraryStatus> {
    try {
      const { listed } = await this.#folders();
      return { folder: this.folder, albums: listed.length, problem: null };
    } catch (error) {
      if (!(error instanceof LibraryFailure)) throw error;
      return { folder: this.folder, albums: null, problem: error.message };
    }
  }

  async #folders(): Promise<{ root: BytePath; listed: readonly BytePath[]; cut: boolean }> {
    const root = await resolveRoot(this.folder);
    const { folders, cut } = await walk(root);
    this.#index.keepOnly(root, folders);
    const own = await this.#index.content(root, rootPath);
    return { root, listed: own.photos.length > 0 ? folders : folders.slice(1), cut };
  }

  async #album(path: BytePath, content: Promise<FolderContent>): Promise<Album> {
    try {
      return { path, content: await content, problem: null };
    } catch (error) {
      if (!(error instanceof LibraryFailure) || error.reason !== "unreadable") throw error;
      return { path, content: { photos: [], skipped: [], newest: null }, problem: error.message };
    }
  }

  async #files(
    id: string,
    { cursor, limit }: PageRequest,
    select: (content: FolderContent) => readonly Entry[],
  ): Promise<AlbumPage> {
    const path = pathOfId(id);
    if (path === null) throw new LibraryFailure("not_found", "No album has an id that is spelled like this.");
    const position = positionOf(cursor);
    const root = await resolveRoot(this.folder);
    const content = position === null ? this.#index.content(root, path) : this.#index.sameContent(root, path);
    const album = await this.#album(path, content);
    const all = select(album.content);
    const page = pageAfter(all, (entry) => entry.name, comparePaths, position, limit);
    return { album, items: page.items, next: page.next === null ? null : idOf(page.next), total: all.length };
  }
}

/** Null in place of what is not there. */
async function orMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof LibraryFailure && error.reason === "not_found") return null;
    throw error;
  }
}

function positionOf(cursor: string | undefined): BytePath | null {
  if (cursor === undefined) return null;
  const path = pathOfId(cursor);
  if (path === null) throw new UnknownCursor("This cursor was not given by a listing.");
  return path;
}

/** The name of an album for people: nested names joined with " / ". The library's own folder has the name it is given. */
export function albumName(path: BytePath): string {
  return path === ""
    ? "(library folder)"
    : path
        .split("/")
        .map((name) => pathToText(name as BytePath))
        .join(" / ");
}

/** The id of the album that a photo's path lies in. */
export function albumIdOf(photo: BytePath): string {
  return idOf(splitPath(photo).directory);
}

/** The id of a file in an album. */
export function fileId(album: BytePath, name: BytePath): string {
  return idOf(joinPath(album, name));
}
