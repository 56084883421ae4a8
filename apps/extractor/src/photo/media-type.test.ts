import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { claimedTypes, recognise } from "./media-type.ts";
import "./decoder.ts";

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

describe("recognise", () => {
  it("tells real cameras' files", () => {
    const head = (path: string): Buffer => readFileSync(fileURLToPath(import.meta.resolve(path))).subarray(0, 64);
    expect(recognise(head("exif/test/sony-alpha-6000.jpg"))).toBe("image/jpeg");
    expect(recognise(head("jpeg-exif/test/Arbitro.tiff"))).toBe("image/tiff");
  });

  it.each(["jpeg", "png", "webp", "gif", "tiff", "avif"] as const)(
    "tells a %s that an encoder made",
    async (format) => {
      const bytes = await sharp({ create: { width: 3, height: 2, channels: 3, background: "#c00" } })
        .toFormat(format)
        .toBuffer();
      expect(recognise(bytes)).toBe(`image/${format}`);
      expect(recognise(bytes.subarray(0, 64))).toBe(`image/${format}`);
    },
  );

  it.each([
    ["an iPhone's HEIC", "\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic"],
    ["a HEIC under a general brand", "\0\0\0\x1cftypmif1\0\0\0\0mif1heic", "image/heic"],
    ["an AVIF under a general brand", "\0\0\0\x1cftypmif1\0\0\0\0mif1avif", "image/avif"],
    ["another HEIF", "\0\0\0\x14ftypmif1\0\0\0\0mif1", "image/heif"],
    ["a brand beyond the end of the box", "\0\0\0\x14ftypmif1\0\0\0\0mif1heic", "image/heif"],
    ["a Canon raw file", "\0\0\0\x18ftypcrx \0\0\0\x01", "image/x-canon-cr3"],
    ["an older Canon raw file", "II*\0\x10\0\0\0CR\x02\0", "image/x-canon-cr2"],
    ["a Fuji raw file", "FUJIFILMCCD-RAW 0201", "image/x-fuji-raf"],
    ["an Olympus raw file", "IIRO\x08\0\0\0", "image/x-olympus-orf"],
    ["a Panasonic raw file", "IIU\0\x18\0\0\0", "image/x-panasonic-rw2"],
    ["a big-endian TIFF", "MM\0*\0\0\0\x08", "image/tiff"],
    ["an MP4", "\0\0\0\x18ftypmp42\0\0\0\0", "video"],
    ["a QuickTime film", "\0\0\0\x14ftypqt  \0\0\0\0", "video"],
    ["an older QuickTime film", "\0\0\x10\0moov", "video"],
    ["a Matroska film", "\x1a\x45\xdf\xa3", "video"],
    ["an AVI film", "RIFF\0\0\0\0AVI ", "video"],
  ])("tells %s", (_, bytes, expected) => expect(recognise(latin1(bytes))).toBe(expected));

  it.each([
    ["nothing", ""],
    ["one byte", "\xff"],
    ["text", "Dear diary"],
    ["SVG, which may refer to other files", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
    ["PDF", "%PDF-1.7"],
    ["sound", "RIFF\0\0\0\0WAVE"],
    ["a GIF of no version", "GIF88a"],
    ["a PNG that was copied as text", "\x89PNG\n\x1a\n"],
  ])("knows nothing of %s", (_, bytes) => expect(recognise(latin1(bytes))).toBeNull());

  it("survives a first box that is cut short", () => {
    expect(recognise(latin1("\0\0\0\x18ftyp"))).toBe("video");
    expect(recognise(latin1("\0\0\0\x40ftypmif1"))).toBe("image/heif");
  });
});

describe("claimedTypes", () => {
  it("reads an extension in either case, and nothing else", () => {
    expect(claimedTypes("IMG_0001.JPG")).toEqual(["image/jpeg"]);
    expect(claimedTypes("a.heic")).toContain("image/heif");
    for (const name of ["jpg", "a.txt", "a.jpg.xmp", "a.", "", "a.constructor", "a.jpg\n"]) {
      expect(claimedTypes(name), JSON.stringify(name)).toBeNull();
    }
  });
});
