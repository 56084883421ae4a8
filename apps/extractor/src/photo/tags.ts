// Reads the Exif tags of a picture with ExifReader: only the tags that are used, and never more of a file than a limit.
import type { FileHandle } from "node:fs/promises";
import ExifReader from "exifreader";
import { readAt } from "./read-at.ts";
import type { PictureType } from "./media-type.ts";
import { faultyValue } from "./number.ts";

/** Enough for the metadata of most files: Exif in a JPEG is at most 64 KiB. */
const firstRead = 256 * 1024;
/** Where metadata may lie at the end of a file (WebP, PNG, TIFF, HEIC), it is read up to here. */
export const mostRead = 16 * 1024 * 1024;

const wanted = [
  "Make",
  "Model",
  "Orientation",
  "DateTime",
  "DateTimeOriginal",
  "DateTimeDigitized",
  "OffsetTime",
  "OffsetTimeOriginal",
  "OffsetTimeDigitized",
  "ExposureTime",
  "ShutterSpeedValue",
  "FNumber",
  "ApertureValue",
  "ISOSpeedRatings",
  "StandardOutputSensitivity",
  "RecommendedExposureIndex",
  "ISOSpeed",
  "FocalLength",
  "LensModel",
  "ImageWidth",
  "ImageLength",
  "PixelXDimension",
  "PixelYDimension",
  "Exif IFD Pointer",
  "GPS Info IFD Pointer",
];
const wantedPlace = [
  "GPSLatitude",
  "GPSLatitudeRef",
  "GPSLongitude",
  "GPSLongitudeRef",
  "GPSAltitude",
  "GPSAltitudeRef",
];

/** Values as ExifReader gives them: text as a list of strings, a rational as [numerator, denominator]. */
export type RawTags = Readonly<Record<string, unknown>>;

/** What was found in the head of a file. */
export interface TagReading {
  readonly exif: RawTags;
  /** As the picture's own header states it, before any rotation. */
  readonly size: { readonly width: number; readonly height: number } | null;
  /** The part of the file that was read. */
  readonly head: Buffer;
  /** Where the last block of metadata ends; 0 when unknown. */
  readonly metadataEnd: number;
  /** Whether more metadata may lie beyond what was read. */
  readonly incomplete: boolean;
  /** Whether the reader gave up. */
  readonly failed: boolean;
}

/** The first bytes of a file, as many as the first read of its tags will take. */
export function readHead(handle: FileHandle, size: number): Promise<Buffer> {
  return readAt(handle, 0, Math.min(size, firstRead));
}

/**
 * Reads the tags. When the head does not hold all metadata, more of the file is read, up to `mostRead`.
 *
 * @param head from `readHead`
 * @param size the length of the file in bytes
 * @param place whether to read where the photo was taken
 */
export async function readTags(
  handle: FileHandle,
  head: Buffer,
  size: number,
  type: PictureType,
  place: boolean,
): Promise<TagReading> {
  const first = parse(head, type, place);
  if (!first.incomplete || head.byteLength >= size || head.byteLength >= mostRead) return first;
  return parse(await readAt(handle, 0, Math.min(size, mostRead)), type, place, size);
}

function parse(head: Buffer, type: PictureType, place: boolean, size = Number.POSITIVE_INFINITY): TagReading {
  const whole = head.byteLength >= size;
  try {
    const found = ExifReader.load(head, {
      expanded: true,
      includeOffsets: true,
      includeTags: {
        exif: place ? [...wanted, ...wantedPlace] : wanted,
        file: ["Image Width", "Image Height"],
        png: ["Image Width", "Image Height"],
        riff: ["ImageWidth", "ImageHeight"],
        gif: ["Image Width", "Image Height"],
      },
    });
    const exif: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const [name, tag] of Object.entries(found.exif ?? {}))
      exif[name] = valueOf((tag as { value?: unknown }).value);
    const range = found.metadataRange;
    return {
      exif,
      size: sizeIn(found),
      head,
      metadataEnd: range?.end ?? 0,
      incomplete:
        !whole && (range === undefined ? pointsBeyond(head, exif) : !range.complete || announcesExif(head, exif)),
      failed: false,
    };
  } catch (error) {
    // A file without any metadata is no failure.
    const failed = !(error instanceof ExifReader.errors.MetadataMissingError);
    return { exif: {}, size: null, head, metadataEnd: 0, incomplete: !whole, failed };
  }
}

/** Of a text that lies outside of the file, ExifReader makes a list like of any other text. */
function valueOf(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 && value[0] === faultyValue ? faultyValue : value;
}

function sizeIn(found: ExifReader.ExpandedTags): TagReading["size"] {
  const width = (found.file?.["Image Width"] ?? found.pngFile?.["Image Width"] ?? found.gif?.["Image Width"])?.value;
  const height = (found.file?.["Image Height"] ?? found.pngFile?.["Image Height"] ?? found.gif?.["Image Height"])
    ?.value;
  if (width !== undefined && height !== undefined) return { width, height };
  const { ImageWidth, ImageHeight } = found.riff ?? {};
  return ImageWidth && ImageHeight ? { width: ImageWidth.value, height: ImageHeight.value } : null;
}

/** A WebP says at its beginning whether Exif data follow the picture. */
function announcesExif(head: Buffer, exif: RawTags): boolean {
  const extended = head.toString("latin1", 8, 16) === "WEBPVP8X";
  return extended && ((head[20] ?? 0) & 0x08) !== 0 && Object.keys(exif).length === 0;
}

/** A TIFF file's directories may lie anywhere; their positions are offsets from the file's start. */
function pointsBeyond(head: Buffer, exif: RawTags): boolean {
  const little = head.toString("latin1", 0, 2) === "II";
  const pointers = [exif["Exif IFD Pointer"], exif["GPS Info IFD Pointer"]];
  if (head.byteLength >= 8) pointers.push(little ? head.readUInt32LE(4) : head.readUInt32BE(4));
  const faulty = Object.values(exif).includes(faultyValue);
  return faulty || pointers.some((pointer) => typeof pointer === "number" && pointer + 2 > head.byteLength);
}
