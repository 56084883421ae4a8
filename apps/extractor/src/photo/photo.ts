// Reads one photograph: its format by content, its size, and what the camera recorded. Nothing that is wrong with a
// file makes this fail; what cannot be used is null, with a warning.
import type { FileHandle } from "node:fs/promises";
import {
  type Exposure,
  readAperture,
  readExposure,
  readFocalLength,
  readIso,
  readName,
  readOrientation,
} from "./camera.ts";
import { decode } from "./decoder.ts";
import { claimedTypes, type PictureType, recognise } from "./media-type.ts";
import { integerFrom } from "./number.ts";
import { type Place, readPlace } from "./place.ts";
import { mostRead, readHead, readTags, type TagReading } from "./tags.ts";
import { isTruncated } from "./truncated.ts";
import { readWallTime, type WallTime } from "./wall-time.ts";
import { type PhotoWarning, Warnings } from "./warning.ts";

/** What a photograph's file says. */
export interface PhotoFacts {
  /** The format by content; null when the content is no picture. */
  readonly type: PictureType | null;
  /** In pixels, upright: after the turn that `orientation` asks for. */
  readonly width: number | null;
  readonly height: number | null;
  /** The Exif tag, 1 to 8. */
  readonly orientation: number | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly lens: string | null;
  readonly taken: WallTime | null;
  readonly exposure: Exposure | null;
  readonly fNumber: number | null;
  readonly iso: number | null;
  /** In millimetres. */
  readonly focalLength: number | null;
  /** Undefined unless it was asked for. */
  readonly gps: Place | null | undefined;
  readonly warnings: readonly PhotoWarning[];
}

/** What to read beyond the rest. */
export interface ReadOptions {
  /** Whether to read where the photo was taken. Default false: it is personal. */
  readonly gps?: boolean;
}

/** Raw formats that are recognised but whose metadata are not laid out as in TIFF files. */
const unread: ReadonlySet<PictureType> = new Set([
  "image/x-canon-cr3",
  "image/x-fuji-raf",
  "image/x-olympus-orf",
  "image/x-panasonic-rw2",
]);

const nothing = {
  type: null,
  width: null,
  height: null,
  orientation: null,
  make: null,
  model: null,
  lens: null,
  taken: null,
  exposure: null,
  fNumber: null,
  iso: null,
  focalLength: null,
};

/** The record of a file that could not even be opened. */
export function unreadablePhoto(reason: string, { gps = false }: ReadOptions = {}): PhotoFacts {
  return {
    ...nothing,
    gps: gps ? null : undefined,
    warnings: [{ code: "unreadable_file", field: null, message: reason }],
  };
}

/**
 * Reads a photograph from an open file, at most `mostRead` bytes of it for the metadata.
 *
 * @param name the file's name, for the warning when its extension claims another format
 * @param size the file's length in bytes
 */
export async function readPhoto(
  handle: FileHandle,
  name: string,
  size: number,
  { gps = false }: ReadOptions = {},
): Promise<PhotoFacts> {
  const warnings = new Warnings();
  const place = gps ? null : undefined;
  if (size === 0) {
    warnings.add("empty_file", null, "The file is empty.");
    return { ...nothing, gps: place, warnings: warnings.list };
  }
  const head = await readHead(handle, size);
  const type = recognise(head);
  if (type === null || type === "video") {
    const what = type === "video" ? "a video" : "no picture in a format that is recognised";
    warnings.add("unrecognised_content", null, `The content is ${what}, whatever the name says.`);
    return { ...nothing, gps: place, warnings: warnings.list };
  }
  const claimed = claimedTypes(name);
  if (claimed !== null && !claimed.includes(type))
    warnings.add("name_mismatch", null, `The name ends like ${claimed[0]}, but the content is ${type}.`);

  const reading = await readTags(handle, head, size, type, gps);
  if (unread.has(type))
    warnings.add("metadata_unreadable", null, `Metadata in files of the type ${type} are not read.`);
  else if (reading.failed)
    warnings.add("metadata_unreadable", null, "The metadata in this file are damaged and cannot be read.");
  else if (reading.incomplete && size > mostRead)
    warnings.add(
      "metadata_incomplete",
      null,
      `Only the first ${mostRead / 1024 / 1024} MiB were searched for metadata.`,
    );
  if (await isTruncated(handle, type, head, size, reading.metadataEnd))
    warnings.add("truncated", null, "The file ends before the picture does; part of it is missing.");

  const tags = reading.exif;
  const orientation = readOrientation(tags, warnings);
  return {
    type,
    ...(await dimensions(reading, type, orientation, warnings)),
    orientation,
    make: readName(tags, "Make", "make", warnings),
    model: readName(tags, "Model", "model", warnings),
    lens: readName(tags, "LensModel", "lens", warnings),
    taken: readWallTime(tags, warnings),
    exposure: readExposure(tags, warnings),
    fNumber: readAperture(tags, warnings),
    iso: readIso(tags, warnings),
    focalLength: readFocalLength(tags, warnings),
    gps: gps ? readPlace(tags, warnings) : undefined,
    warnings: warnings.list,
  };
}

interface Dimensions {
  readonly width: number | null;
  readonly height: number | null;
}

async function dimensions(
  reading: TagReading,
  type: PictureType,
  orientation: number | null,
  warnings: Warnings,
): Promise<Dimensions> {
  const { exif } = reading;
  let size = reading.size;
  if (size === null && type.startsWith("image/x-")) size = sizeOf(exif["PixelXDimension"], exif["PixelYDimension"]); // the first picture in a raw file is a preview
  if (size === null && (type === "image/tiff" || type === "image/x-canon-cr2"))
    size = sizeOf(exif["ImageWidth"], exif["ImageLength"]);
  if (size === null) {
    try {
      const found = await decode(reading.head, type).metadata();
      // HEIF files carry their rotation in the picture; the Exif tag repeats it and must not be applied again.
      if (type === "image/heic" || type === "image/heif" || type === "image/avif")
        return { width: found.width, height: found.height };
      size = { width: found.width, height: found.height };
    } catch {
      size = null;
    }
  }
  if (size === null || !(size.width > 0 && size.height > 0)) {
    warnings.add("invalid_value", "width", "The size of the picture cannot be told from the file.");
    return { width: null, height: null };
  }
  return orientation !== null && orientation >= 5 ? { width: size.height, height: size.width } : size;
}

function sizeOf(width: unknown, height: unknown): TagReading["size"] {
  const [w, h] = [integerFrom(width), integerFrom(height)];
  return w > 0 && h > 0 ? { width: w, height: h } : null;
}
