// Makes thumbnails: upright, in sRGB, without any metadata of the photograph they are made from.
import { createHash } from "node:crypto";
import type { Stats } from "node:fs";
import { Gate } from "../concurrency/gate.ts";
import { decode } from "../photo/decoder.ts";
import { type PictureType, recognise } from "../photo/media-type.ts";
import { readAt } from "../photo/read-at.ts";
import type { OpenedFile } from "../library/open.ts";

/** The formats that thumbnails come in. */
export const thumbnailFormats = ["webp", "jpeg"] as const;
export type ThumbnailFormat = (typeof thumbnailFormats)[number];

/** The longer side of a thumbnail in pixels. */
export const thumbnailSizes = { least: 16, most: 1024, usual: 320 };

/** What a thumbnail should be like. */
export interface ThumbnailRequest {
  /** The longer side in pixels. A smaller picture is not enlarged. */
  readonly size: number;
  readonly format: ThumbnailFormat;
}

/** A picture that no thumbnail can be made of; `message` says why, for people. */
export class ThumbnailFailure extends Error {}

/** A file is read whole before it is decoded; scans beyond this are not worth a thumbnail. */
const mostBytes = 256 * 1024 * 1024;
/** Progressive, interlaced and GIF pictures are decoded whole, at up to five bytes of memory per pixel. */
const mostPixelsWhole = 70_000_000;
/** Two at a time bounds the memory: a decoder may need hundreds of megabytes. */
const rendering = new Gate(2);
/** Part of every validator: raise it when thumbnails of the same file come out differently. */
const version = 1;

/**
 * The validator of a thumbnail: changes with the file and with what is asked for.
 *
 * @returns a strong entity tag (RFC 9110, section 8.8.3), quotes included
 */
export function thumbnailTag(photo: string, stats: Stats, { size, format }: ThumbnailRequest): string {
  const parts = [version, photo, stats.size, stats.mtimeMs, stats.ctimeMs, stats.ino, size, format];
  return `"${createHash("sha256").update(parts.join("\n")).digest("base64url").slice(0, 27)}"`;
}

/**
 * Makes a thumbnail of an open file. The caller closes the file.
 *
 * @param signal gives the work up while it waits for its turn or reads
 * @throws ThumbnailFailure when the content cannot be decoded
 */
export function renderThumbnail(
  { handle, stats }: OpenedFile,
  request: ThumbnailRequest,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  return rendering.run(async () => {
    if (stats.size === 0) throw new ThumbnailFailure("The file is empty.");
    if (stats.size > mostBytes)
      throw new ThumbnailFailure(`The file is larger than ${mostBytes / 1024 / 1024} MiB, the most that is decoded.`);
    const bytes = await readAt(handle, 0, stats.size);
    signal?.throwIfAborted();
    const type = recognise(bytes);
    if (type === null || type === "video") throw new ThumbnailFailure("The content is no picture.");
    try {
      return await shrink(bytes, type, request);
    } catch (error) {
      if (error instanceof ThumbnailFailure) throw error;
      throw new ThumbnailFailure(undecodable(type, error), { cause: error });
    }
  }, signal);
}

async function shrink(bytes: Buffer, type: PictureType, { size, format }: ThumbnailRequest): Promise<Uint8Array> {
  const { width, height, isProgressive } = await decode(bytes, type).metadata();
  if ((isProgressive || type === "image/gif") && width * height > mostPixelsWhole) throw new ThumbnailFailure(tooLarge);
  const picture = decode(bytes, type)
    .autoOrient()
    .resize({ width: size, height: size, fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb");
  // Metadata are dropped unless one asks for them, the colour profile too: the pixels have been converted.
  if (format === "jpeg") return picture.flatten({ background: "#ffffff" }).jpeg({ quality: 82 }).toBuffer();
  return picture.webp({ quality: 80, effort: 2 }).toBuffer();
}

const tooLarge = "The picture has too many pixels to be decoded safely.";

function undecodable(type: PictureType, error: unknown): string {
  const said = error instanceof Error ? error.message : "";
  if (/pixel limit/i.test(said)) return tooLarge;
  if (/timeout/i.test(said)) return "Decoding the picture took too long and was given up.";
  if (type === "image/heic" || type === "image/heif")
    return "HEIC pictures cannot be decoded here; their metadata are read all the same.";
  if (type === "image/jxl" || type.startsWith("image/x-"))
    return `Pictures of the type ${type} cannot be decoded here; their metadata are read as far as possible.`;
  return "The picture is damaged beyond what can be decoded.";
}
