// The record of a photo as the API gives it, made from the file and what was read from it.
import type { Stats } from "node:fs";
import { type BytePath, pathToText, splitPath } from "../library/byte-path.ts";
import { LibraryFailure } from "../library/failure.ts";
import { idOf } from "../library/id.ts";
import { albumIdOf, type Library } from "../library/library.ts";
import { asFailure } from "../library/open.ts";
import { type PhotoFacts, readPhoto, type ReadOptions, unreadablePhoto } from "../photo/photo.ts";

/**
 * Reads one photo of the library. One that may not be read has a record that says so.
 *
 * @throws LibraryFailure `not_found` or `unavailable`
 */
export async function photoRecord(library: Library, path: BytePath, options: ReadOptions) {
  try {
    const { handle, stats } = await library.open(idOf(path));
    try {
      return record(path, stats, await readPhoto(handle, pathToText(splitPath(path).name), stats.size, options));
    } finally {
      await handle.close();
    }
  } catch (error) {
    const failure = asFailure(error); // a disk may fail in the middle of a file
    if (!(failure instanceof LibraryFailure) || failure.reason !== "unreadable") throw failure;
    return record(path, null, unreadablePhoto(failure.message, options));
  }
}

function record(path: BytePath, stats: Stats | null, facts: PhotoFacts) {
  const { fNumber, focalLength, gps, ...rest } = facts;
  return {
    id: idOf(path),
    album: albumIdOf(path),
    name: pathToText(splitPath(path).name),
    bytes: stats?.size ?? null,
    modified: stats === null ? null : new Date(stats.mtimeMs).toISOString(),
    ...rest,
    warnings: [...rest.warnings],
    f_number: fNumber,
    focal_length: focalLength,
    ...(gps === undefined ? {} : { gps }),
  };
}
