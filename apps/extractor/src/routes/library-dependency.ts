// The library as a dependency of the operations, and what its failures are on the wire.
import { depends, httpError } from "apus";
import { z } from "zod";
import { readConfig } from "../config.ts";
import { LibraryFailure } from "../library/failure.ts";
import { Library } from "../library/library.ts";
import { prepareSampleLibrary } from "../sample/sample-library.ts";

/** The absolute path of the library. From the environment, unless `createApp` is told another. */
export const libraryFolder = depends(
  async (): Promise<string> => (await readConfig(process.env)).library ?? (await prepareSampleLibrary()),
  { scope: "app", name: "libraryFolder" },
);

export const AlbumNotFound = httpError(404, "Album not found: GET /api/v1/albums lists the ids");
export const PhotoNotFound = httpError(404, "Photo not found: GET /api/v1/albums/{album}/photos lists the ids");
export const LibraryUnavailable = httpError(
  503,
  "Library unavailable",
  z
    .string()
    .meta({ description: "Why, in a sentence.", examples: ["The library folder cannot be used: it does not exist."] }),
);

/** The library, opened when the server starts. */
export const openedLibrary = depends({ folder: libraryFolder }, ({ folder }): Library => new Library(folder), {
  scope: "app",
  name: "library",
  errors: [LibraryUnavailable],
});

/**
 * Waits for what the library gives; a failure becomes the error that the API documents.
 *
 * @param missing the error for what is not there
 */
export async function fromLibrary<T>(work: Promise<T>, missing: new () => Error): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof LibraryFailure)) throw error;
    throw error.reason === "not_found" ? new missing() : new LibraryUnavailable(error.message);
  }
}
