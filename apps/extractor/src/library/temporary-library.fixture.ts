// A library in a temporary folder, for the tests: made anew for each, with what most of them ask of it.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { pathToText } from "./byte-path.ts";
import { LibraryFailure } from "./failure.ts";
import { Library } from "./library.ts";

/** Enough of a JPEG to be recognised as one. */
export const jpeg = Buffer.from("ffd8ffe000104a46494600010100000100010000ffd9", "hex");

/** Registers the hooks of a test file. */
export function temporaryLibrary() {
  let base = "";
  let library = new Library("");
  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), "extractor-library-")));
    chmodSync(base, 0o755);
    mkdirSync(join(base, "library"));
    library = new Library(join(base, "library"));
  });
  afterEach(() => {
    execFileSync("chmod", ["-R", "u+rwx", base]);
    rmSync(base, { recursive: true });
  });
  return {
    /** The folder around the library's, for what must not be reached. */
    get base(): string {
      return base;
    },
    get folder(): string {
      return library.folder;
    },
    get library(): Library {
      return library;
    },
    /** Writes a file into the library and gives its path. */
    put(path: string, content: string | Buffer = jpeg): string {
      const target = join(library.folder, path);
      mkdirSync(join(target, ".."), { recursive: true });
      writeFileSync(target, content);
      return target;
    },
    /** The names in an album, and why some are passed over. */
    async contents(album: string): Promise<{ photos: string[]; skipped: Record<string, string> }> {
      const photos = await library.photos(album, { limit: 1000 });
      const skipped = await library.skipped(album, { limit: 1000 });
      return {
        photos: photos.items.map(({ name }) => pathToText(name)),
        skipped: Object.fromEntries(
          skipped.items.map(({ name, kind }) => [pathToText(name), kind.photo ? "photo" : kind.reason]),
        ),
      };
    },
  };
}

/** How a call on a library fails. */
export async function reasonOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof LibraryFailure) return error.reason;
    throw error;
  }
  return "no failure";
}
