// The picture decoder, set up for files that nobody vouches for: only the formats that are listed here, from memory only
// (a decoder that may open files would follow references inside a picture), with limits on size and time.
import sharp, { type Sharp } from "sharp";
import type { PictureType } from "./media-type.ts";

// libvips brings readers for many more formats, SVG and PDF among them: all are switched off, then these on.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpegBuffer",
    "VipsForeignLoadPngBuffer",
    "VipsForeignLoadWebpBuffer",
    "VipsForeignLoadNsgifBuffer",
    "VipsForeignLoadTiffBuffer",
    "VipsForeignLoadHeifBuffer",
  ],
});
// Nothing of one person's picture stays behind in a cache, and one picture uses one thread: several run side by side.
sharp.cache(false);
sharp.concurrency(1);

/** The largest phones take 200 megapixels; JPEG is the one format that can be decoded at a reduced size. */
const mostPixels = { jpeg: 250_000_000, other: 100_000_000 };
const longestSeconds = 20;

/** A decoder over the bytes of one picture. What a damaged picture still shows is used. */
export function decode(bytes: Uint8Array, type: PictureType): Sharp {
  return sharp(bytes, {
    failOn: "none",
    limitInputPixels: type === "image/jpeg" ? mostPixels.jpeg : mostPixels.other,
    sequentialRead: true,
  }).timeout({ seconds: longestSeconds });
}
