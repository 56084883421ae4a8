// Tells whether a file ends before its picture does: an interrupted copy, a full card. Looks only at the ends of files
// and at the lengths they state, so it can miss damage, but does not invent any.
import type { FileHandle } from "node:fs/promises";
import type { PictureType } from "./media-type.ts";
import { readAt } from "./read-at.ts";

/** Cameras append previews and padding after the picture; the end marker is looked for in this much. */
const tailLength = 64 * 1024;

/**
 * @param metadataEnd where the last metadata of the file ends: a preview in there has an end marker of its own
 * @returns true only where the format has a way to tell from the ends of a file (a GIF has none)
 */
export async function isTruncated(
  handle: FileHandle,
  type: PictureType,
  head: Buffer,
  size: number,
  metadataEnd: number,
): Promise<boolean> {
  switch (type) {
    case "image/jpeg":
      return !(await tail(handle, size, metadataEnd)).includes("\xff\xd9", 0, "latin1");
    case "image/png":
      return !(await tail(handle, size, 8)).includes("IEND", 0, "latin1");
    case "image/webp":
      return head.byteLength >= 8 && head.readUInt32LE(4) + 8 > size;
    case "image/avif":
    case "image/heic":
    case "image/heif":
    case "image/x-canon-cr3":
      return boxesExceed(handle, size);
    default:
      return false;
  }
}

function tail(handle: FileHandle, size: number, from: number): Promise<Buffer> {
  const start = Math.min(size, Math.max(from, size - tailLength));
  return readAt(handle, start, size - start);
}

/** ISO base media files are a row of boxes, each with its length; real ones have a handful. */
async function boxesExceed(handle: FileHandle, size: number): Promise<boolean> {
  let at = 0;
  for (let box = 0; box < 64 && at < size; box++) {
    const header = await readAt(handle, at, 16);
    if (header.byteLength < 8) return true;
    let length = header.readUInt32BE(0);
    if (length === 0) return false; // reaches to the end of the file, wherever that is
    if (length === 1) {
      if (header.byteLength < 16) return true;
      length = Number(header.readBigUInt64BE(8));
    }
    if (length < 8) return false;
    at += length;
  }
  return at > size;
}
