// Albums and what is in them.
import { get } from "apus";
import { z } from "zod";
import { mapBounded } from "../concurrency/gate.ts";
import { joinPath, pathToText } from "../library/byte-path.ts";
import { skipSentences } from "../library/entry.ts";
import { LibraryFailure } from "../library/failure.ts";
import { idOf } from "../library/id.ts";
import { type Album as FoundAlbum, albumName, fileId } from "../library/library.ts";
import { mostFolders } from "../library/walk.ts";
import { AlbumNotFound, fromLibrary, LibraryUnavailable, openedLibrary } from "./library-dependency.ts";
import { photoRecord } from "./photo-record.ts";
import { AlbumPage, cursor, limit, PhotoPage, SkippedPage } from "./schemas.ts";

/** How many photos of a page are read at the same time. */
const parallelPhotos = 6;

const albumId = z
  .string()
  .meta({ description: "The id of an album, from the list of albums.", examples: ["Outdoors"] });

export const listAlbums = get(
  "/albums",
  {
    summary: "List albums",
    description:
      "Every folder of the library is an album, however deep; the library's own folder is one when photos lie directly " +
      "in it. Names that begin with a dot are hidden, and linked folders are not followed. The counts are those of the " +
      "moment.",
    input: { cursor, limit, library: openedLibrary },
    output: AlbumPage,
  },
  async ({ library, ...page }) => {
    const { items, next, total, cut } = await fromLibrary(library.albums(page), AlbumNotFound);
    const message = `The library has more folders, or deeper ones, than the ${mostFolders} that are listed.`;
    return {
      items: items.map(albumRecord),
      next,
      total,
      notices: cut ? [{ code: "library_cut" as const, message }] : [],
    };
  },
);

export const listPhotos = get(
  "/albums/{album}/photos",
  {
    summary: "List the photos of an album",
    description:
      "Reads the photos of one page: format by content, size, camera, wall time, exposure. No photo is left out because " +
      "something is wrong with it; what cannot be used is null, with a warning. A file counts as a photo when its " +
      "content is a picture, or when its content says nothing (empty, unreadable, unrecognised) but its name claims a " +
      "picture. The place is only told with `gps=true`.",
    input: {
      album: albumId,
      cursor,
      limit,
      gps: z.boolean().default(false).meta({ description: "Whether to tell where the photos were taken." }),
      library: openedLibrary,
    },
    output: PhotoPage,
    errors: [AlbumNotFound],
  },
  async ({ album, library, gps, ...page }) => {
    const found = await fromLibrary(library.photos(album, page), AlbumNotFound);
    const records = await mapBounded(found.items, parallelPhotos, async ({ name }) => {
      try {
        return await photoRecord(library, joinPath(found.album.path, name), { gps });
      } catch (error) {
        if (!(error instanceof LibraryFailure)) throw error;
        if (error.reason === "not_found") return null; // removed a moment ago
        throw new LibraryUnavailable(error.message);
      }
    });
    return {
      items: records.filter((record) => record !== null),
      next: found.next,
      total: found.total,
      skipped_count: found.album.content.skipped.length,
      notices: noticesOf(found.album),
    };
  },
);

export const listSkipped = get(
  "/albums/{album}/skipped",
  {
    summary: "List the files of an album that are passed over",
    description: "What lies in the folder beside the photos, each with the reason why it is not one of them.",
    input: { album: albumId, cursor, limit, library: openedLibrary },
    output: SkippedPage,
    errors: [AlbumNotFound],
  },
  async ({ album, library, ...page }) => {
    const found = await fromLibrary(library.skipped(album, page), AlbumNotFound);
    const items = found.items.flatMap(({ name, kind }) =>
      kind.photo ? [] : [{ name: pathToText(name), reason: kind.reason, message: skipSentences[kind.reason] }],
    );
    return { items, next: found.next, total: found.total, notices: noticesOf(found.album) };
  },
);

function albumRecord(found: FoundAlbum) {
  const { path, content } = found;
  const cover = content.photos.find(({ kind }) => kind.photo && kind.type !== null);
  return {
    id: idOf(path),
    name: albumName(path),
    path: pathToText(path),
    photo_count: content.photos.length,
    skipped_count: content.skipped.length,
    newest: content.newest === null ? null : new Date(content.newest).toISOString(),
    cover: cover === undefined ? null : fileId(path, cover.name),
    notices: noticesOf(found),
  };
}

function noticesOf({ problem }: FoundAlbum) {
  return problem === null ? [] : [{ code: "unreadable_folder" as const, message: problem }];
}
