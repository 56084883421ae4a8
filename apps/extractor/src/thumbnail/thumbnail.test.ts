import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import ExifReader from "exifreader";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderThumbnail, ThumbnailFailure, type ThumbnailFormat, thumbnailTag } from "./thumbnail.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "extractor-thumbnail-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const sample = (path: string): Buffer => readFileSync(fileURLToPath(import.meta.resolve(path)));

async function render(
  content: Buffer,
  { size = 320, format = "webp", signal }: { size?: number; format?: ThumbnailFormat; signal?: AbortSignal } = {},
): Promise<Buffer> {
  const path = join(folder, "photo");
  writeFileSync(path, content);
  const handle = await open(path);
  try {
    const stats = await handle.stat();
    return Buffer.from(await renderThumbnail({ handle, stats }, { size, format }, signal));
  } finally {
    await handle.close();
  }
}

/** The colour of the pixel in the middle of a quarter: 0 top left, 1 top right, 2 bottom left, 3 bottom right. */
async function quarter(bytes: Buffer, which: number): Promise<number[]> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const x = Math.floor(info.width * (which % 2 === 0 ? 0.25 : 0.75));
  const y = Math.floor(info.height * (which < 2 ? 0.25 : 0.75));
  return [...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3)];
}

/** Red, green, blue and white in the four quarters, to tell every turn and mirror image apart. */
async function quarters(orientation: number, format: "jpeg" | "png" | "webp" | "tiff"): Promise<Buffer> {
  const part = (background: string, left: number, top: number) => ({
    input: { create: { width: 60, height: 40, channels: 3 as const, background } },
    left,
    top,
  });
  const upright = await sharp({ create: { width: 120, height: 80, channels: 3, background: "#fff" } })
    .composite([part("#f00", 0, 0), part("#0f0", 60, 0), part("#00f", 0, 40)])
    .png()
    .toBuffer();
  // Stored so that the orientation turns it upright again. Mirrored first and turned in a second step: within one,
  // sharp has an order of its own.
  const [mirror, turn] = undo[orientation] as readonly [boolean, number];
  const mirrored = await sharp(upright).flop(mirror).png().toBuffer();
  const stored = await sharp(mirrored).rotate(turn).png().toBuffer();
  return sharp(stored).withMetadata({ orientation }).toFormat(format).toBuffer();
}

/** Whether left and right change places, then by how many degrees it is turned clockwise. */
const undo: Readonly<Record<number, readonly [mirror: boolean, turn: number]>> = {
  1: [false, 0],
  2: [true, 0],
  3: [false, 180],
  4: [true, 180],
  5: [true, 270],
  6: [false, 270],
  7: [true, 90],
  8: [false, 90],
};

describe("thumbnails", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("stand upright: orientation %i", async (orientation) => {
    const made = await render(await quarters(orientation, "jpeg"), { size: 60, format: "jpeg" });
    expect(await sharp(made).metadata()).toMatchObject({ width: 60, height: 40, format: "jpeg" });
    const colours = await Promise.all([0, 1, 2, 3].map((which) => quarter(made, which)));
    const names = colours.map(
      ([r = 0, g = 0, b = 0]) => `${r > 128 ? "R" : ""}${g > 128 ? "G" : ""}${b > 128 ? "B" : ""}`,
    );
    expect(names).toEqual(["R", "G", "B", "RGB"]);
  });

  it.each(["webp", "jpeg"] as const)("carry nothing of the photo but the picture: %s", async (format) => {
    const photo = sample("jpeg-exif/test/IMG_0001.JPG");
    expect(photo.includes("iPhone")).toBe(true);
    const made = await render(photo, { format });
    const { width, height, format: found, exif, icc, xmp, iptc, orientation } = await sharp(made).metadata();
    expect([width, height, found]).toEqual([320, 320, format]);
    expect([exif, icc, xmp, iptc, orientation]).toEqual([undefined, undefined, undefined, undefined, undefined]);
    const tags = ExifReader.load(made, { expanded: true });
    expect([tags.exif, tags.gps, tags.xmp, tags.iptc, tags.icc]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    for (const word of ["iPhone", "Apple", "Exif", "2016:03:24", "ICC_PROFILE"])
      expect(made.includes(word)).toBe(false);
  });

  it("are as large as asked, in proportion, and never enlarged", async () => {
    const photo = sample("exif-parser/test/starfish.jpg"); // 1278 x 720
    expect(await sharp(await render(photo, { size: 16 })).metadata()).toMatchObject({ width: 16, height: 9 });
    expect(await sharp(await render(photo, { size: 1024 })).metadata()).toMatchObject({ width: 1024, height: 577 });
    const small = sample("exif/test/test1.jpg"); // 180 x 135
    expect(await sharp(await render(small, { size: 1024 })).metadata()).toMatchObject({ width: 180, height: 135 });
  });

  it("are in sRGB: pixels of another profile are converted, not relabelled", async () => {
    const red = { create: { width: 40, height: 40, channels: 3 as const, background: { r: 200, g: 60, b: 60 } } };
    const wide = await sharp(red).withIccProfile("p3").jpeg({ quality: 100 }).toBuffer();
    const stored = await quarter(await sharp(wide, { ignoreIcc: true }).png().toBuffer(), 0);
    const shown = await quarter(await render(wide), 0);
    const expected = [200, 60, 60];
    expect(Math.abs((stored[0] ?? 0) - 200)).toBeGreaterThan(4); // the numbers in the file are those of the wide space
    shown.forEach((value, index) => expect(Math.abs(value - (expected[index] ?? 0))).toBeLessThanOrEqual(4));
  });

  it("of transparent pictures stay transparent as WebP and turn white as JPEG", async () => {
    const clear = await sharp({
      create: { width: 40, height: 40, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect((await sharp(await render(clear)).metadata()).hasAlpha).toBe(true);
    expect(await quarter(await render(clear, { format: "jpeg" }), 0)).toEqual([255, 255, 255]);
  });

  it("are made of damaged photos as far as they go", async () => {
    const cut = sample("exif/test/test3.jpg").subarray(0, 15_000);
    expect(await sharp(await render(cut)).metadata()).toMatchObject({ width: 180, height: 135 });
    expect(await sharp(await render(sample("exif/test/evil1.jpg"))).metadata()).toMatchObject({
      width: 320,
      height: 240,
    });
    expect(await sharp(await render(sample("jpeg-exif/test/Arbitro.tiff"))).metadata()).toMatchObject({ width: 174 });
  });
});

describe("no thumbnail", () => {
  it.each([
    ["nothing", Buffer.alloc(0), "empty"],
    ["words", Buffer.from("words"), "no picture"],
    ["a video", Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0", "latin1"), "no picture"],
    ["a JPEG of three bytes", Buffer.from("ffd8ff", "hex"), "damaged"],
    ["an SVG", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"), "no picture"],
    ["a HEIC", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), "HEIC"],
    ["a raw file", Buffer.from("FUJIFILMCCD-RAW 0201"), "image/x-fuji-raf"],
  ])("is made of %s, and the reason is told", async (_, content, reason) => {
    const failing = render(content);
    await expect(failing).rejects.toThrow(ThumbnailFailure);
    await expect(failing).rejects.toThrow(reason);
  });

  it("is made of a small file that unpacks to a huge picture, and little memory is used to find out", async () => {
    const before = process.memoryUsage().rss;
    await expect(render(hugePng(60_000, 60_000))).rejects.toThrow("too many pixels");
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it("is made of a progressive picture that must be unpacked whole and is too large for that", async () => {
    const create = { width: 9000, height: 8000, channels: 3 as const, background: "#369" };
    const progressive = await sharp({ create }).jpeg({ progressive: true }).toBuffer();
    expect(progressive.byteLength).toBeLessThan(1_000_000);
    await expect(render(progressive)).rejects.toThrow("too many pixels");
    const baseline = await sharp({ create }).jpeg().toBuffer();
    expect(await sharp(await render(baseline)).metadata()).toMatchObject({ width: 320, height: 284 });
  });

  it("is made for a client that has left", async () => {
    await expect(
      render(sample("exif/test/test1.jpg"), { signal: AbortSignal.abort(new Error("left")) }),
    ).rejects.toThrow("left");
  });
});

/** A valid PNG header for a size, with almost no data. */
function hugePng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.byteLength);
    const body = Buffer.concat([Buffer.from(type), data]);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(1000))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

describe("thumbnailTag", () => {
  it("changes with the file and with what is asked for", async () => {
    const path = join(folder, "tagged");
    writeFileSync(path, "a");
    const handle = await open(path);
    const stats = await handle.stat();
    await handle.close();
    const usual = { size: 320, format: "webp" } as const;
    const tags = [
      thumbnailTag("a", stats, usual),
      thumbnailTag("b", stats, usual),
      thumbnailTag("a", stats, { ...usual, size: 64 }),
      thumbnailTag("a", stats, { ...usual, format: "jpeg" }),
      thumbnailTag("a", Object.assign(Object.create(stats) as typeof stats, { mtimeMs: stats.mtimeMs + 1 }), usual),
    ];
    expect(new Set(tags).size).toBe(tags.length);
    expect(thumbnailTag("a", stats, usual)).toBe(tags[0]);
    for (const tag of tags) expect(tag).toMatch(/^"[\w-]{27}"$/);
  });
});
