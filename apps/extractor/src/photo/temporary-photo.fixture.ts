// Reads photos that a test makes, from a file as the application does.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll } from "vitest";
import "./decoder.ts";
import { type ExifTags, withExif } from "./exif-file.fixture.ts";
import { type PhotoFacts, readPhoto, type ReadOptions } from "./photo.ts";

/** Reads a file as the application does. */
export async function readFile(path: string, options?: ReadOptions): Promise<PhotoFacts> {
  const handle = await open(path);
  try {
    return await readPhoto(handle, path.slice(path.lastIndexOf("/") + 1), (await handle.stat()).size, options);
  } finally {
    await handle.close();
  }
}

/** A file of an installed package: `exif/test/test1.jpg`. */
export const sample = (path: string): string => fileURLToPath(import.meta.resolve(path));

/** The warnings of a photo in short. */
export const codes = ({ warnings }: PhotoFacts): string[] => warnings.map(({ code, field }) => `${code}:${field}`);

/** Registers the hooks of a test file. */
export function temporaryPhotos() {
  let folder = "";
  let jpeg = Buffer.alloc(0);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "extractor-photo-"));
    jpeg = await sharp({ create: { width: 30, height: 20, channels: 3, background: "#369" } })
      .jpeg()
      .toBuffer();
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (bytes: Buffer, name = "photo.jpg", options?: ReadOptions): Promise<PhotoFacts> => {
    writeFileSync(join(folder, name), bytes);
    return readFile(join(folder, name), options);
  };
  return {
    /** A JPEG of 30 by 20 pixels without metadata. */
    get jpeg(): Buffer {
      return jpeg;
    },
    /** Writes a file and reads it as a photo. */
    read,
    /** The same with the small JPEG and these tags in it. */
    readTagged: (tags: ExifTags | Buffer, options?: ReadOptions) => read(withExif(jpeg, tags), "photo.jpg", options),
  };
}
