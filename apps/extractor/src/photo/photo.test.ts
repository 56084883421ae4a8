import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { exifBytes } from "./exif-file.fixture.ts";
import { codes, readFile, sample, temporaryPhotos } from "./temporary-photo.fixture.ts";

const photos = temporaryPhotos();

describe("photographs of real cameras", () => {
  it.each([
    [
      "jpeg-exif/test/IMG_0001.JPG",
      ["Apple", "iPhone 6 Plus", 2448, 2448, 6, "2016-03-24T14:49:51", "1/989", 2.2, 32, 4.15],
    ],
    ["exif/test/sony-alpha-6000.jpg", ["SONY", "ILCE-6000", 6000, 4000, 1, "2014-04-18T20:33:53", "6", 8, 100, 22]],
    ["exif/test/short-ascii-II.jpg", ["XIAOMI", "MI3", 4208, 3120, 1, "2015-02-28T17:10:49", "1/20", 2.2, 250, 3.51]],
    ["exif/test/short-ascii-MM.jpg", ["Canon", "S40", 480, 360, 1, "2003-12-14T12:01:44", "1/500", 4.9, null, 21.3]],
    [
      "exif-js/example/DSCN0614_small.jpg",
      ["NIKON", "E4600", 400, 300, 1, "2006-06-13T15:44:45", "1/174", 8.2, 50, 17.1],
    ],
    [
      "exif-js/example/dsc_09827.jpg",
      ["NIKON CORPORATION", "NIKON D100", 400, 266, 1, "2004-05-22T09:32:21", "1/400", 5, null, 190],
    ],
    [
      "exif-parser/test/starfish.jpg",
      ["Nokia", "Lumia 820", 1278, 720, 1, "2013-05-10T15:21:35", "1/319", 2.2, 100, null],
    ],
    [
      "exif/test/evil1.jpg",
      ["Canon", "Canon PowerShot S400", 640, 480, 1, "2003-05-24T16:40:33", "1/8", 2.8, null, 7.40625],
    ],
  ])("%s", async (path, expected) => {
    const facts = await readFile(sample(path));
    const { make, model, width, height, orientation, taken, exposure, fNumber, iso, focalLength } = facts;
    expect([make, model, width, height, orientation, taken?.local, exposure?.text, fNumber, iso, focalLength]).toEqual(
      expected,
    );
    expect([facts.type, taken?.offset, taken?.utc]).toEqual(["image/jpeg", null, null]);
    expect(facts.warnings).toEqual([]);
  });

  it("tell where they were taken only when asked", async () => {
    const path = sample("jpeg-exif/test/IMG_0001.JPG");
    expect(await readFile(path)).toHaveProperty("gps", undefined);
    expect((await readFile(path, { gps: true })).gps).toEqual({
      latitude: 40.0040861,
      longitude: 116.4847806,
      altitude: 38.64,
    });
    expect((await readFile(sample("exif/test/test1.jpg"), { gps: true })).gps?.longitude).toBe(-122.6225);
    expect((await readFile(sample("exif/test/evil1.jpg"), { gps: true })).gps).toBeNull();
  });

  it("are measured upright", async () => {
    expect(await readFile(sample("exif/test/right.jpg"))).toMatchObject({ orientation: 8, width: 480, height: 640 });
    expect(await readFile(sample("exif/test/down-mirrored.jpg"))).toMatchObject({
      orientation: 4,
      width: 480,
      height: 640,
    });
  });

  it("have odd values: a second 92", async () => {
    const facts = await readFile(sample("exif-parser/test/test.jpg"));
    expect([facts.taken, codes(facts)]).toEqual([null, ["invalid_value:taken"]]);
    expect(facts.warnings[0]?.message).toContain("2013:05:26 16:05:92");
  });
});

describe("other formats", () => {
  const exif = { IFD0: { Make: "Maker", Model: "Model" }, IFD2: { DateTimeOriginal: "2024:02:03 10:00:00" } };

  it.each(["png", "webp", "tiff", "avif"] as const)("%s: metadata and size", async (format) => {
    const bytes = await sharp({ create: { width: 30, height: 20, channels: 3, background: "#369" } })
      .withExif(exif)
      .toFormat(format)
      .toBuffer();
    const facts = await photos.read(bytes, `photo.${format}`);
    expect(facts).toMatchObject({ type: `image/${format}`, width: 30, height: 20, warnings: [] });
    // The encoder writes Exif data into all of these but TIFF.
    if (format !== "tiff") {
      expect(facts).toMatchObject({ make: "Maker", model: "Model", taken: { local: "2024-02-03T10:00:00" } });
    }
  });

  it("gif: a size", async () => {
    const bytes = await sharp({ create: { width: 30, height: 20, channels: 3, background: "#369" } })
      .gif()
      .toBuffer();
    expect(await photos.read(bytes, "photo.gif")).toMatchObject({
      type: "image/gif",
      width: 30,
      height: 20,
      warnings: [],
    });
  });

  it("tiff: tags at the end of a file that is longer than the first read", async () => {
    const pixels = Buffer.alloc(600_000, 0x80);
    const directory = exifBytes({
      image: { 0x0100: { short: [1000] }, 0x0101: { short: [200] }, 0x0112: { short: [8] } },
      photo: { 0x9003: { ascii: "2024:02:03 10:00:00" } },
    });
    // The directory is moved behind the pixels: every position in it grows by as much.
    const bytes = Buffer.concat([Buffer.from("MM\0*", "latin1"), Buffer.alloc(4), pixels, shifted(directory, 600_000)]);
    bytes.writeUInt32BE(8 + 600_000, 4);
    expect(await photos.read(bytes, "photo.tif")).toMatchObject({
      type: "image/tiff",
      width: 200,
      height: 1000,
      orientation: 8,
      taken: { local: "2024-02-03T10:00:00" },
    });
  });

  it.each(["webp", "png", "avif"] as const)(
    "%s: metadata of a file that is longer than the first read",
    async (format) => {
      const noise = randomBytes(700 * 700 * 3); // cannot be compressed
      const picture = sharp(noise, { raw: { width: 700, height: 700, channels: 3 } }).withExif(exif);
      const encoded = { webp: { lossless: true }, png: {}, avif: { quality: 100, effort: 0 } };
      const bytes = await picture.toFormat(format, encoded[format]).toBuffer();
      expect(bytes.byteLength).toBeGreaterThan(256 * 1024);
      expect(await photos.read(bytes, `photo.${format}`)).toMatchObject({ width: 700, make: "Maker", warnings: [] });
    },
  );
});

/** A directory structure of `exifBytes` with the header cut off and all positions moved. */
function shifted(structure: Buffer, by: number): Buffer {
  const moved = Buffer.from(structure);
  const sizes: Readonly<Record<number, number>> = { 2: 1, 3: 2, 4: 4, 5: 8, 10: 8 };
  const visit = (at: number): void => {
    for (let entry = 0; entry < structure.readUInt16BE(at); entry++) {
      const field = at + 2 + entry * 12;
      const id = structure.readUInt16BE(field);
      const length = (sizes[structure.readUInt16BE(field + 2)] ?? 1) * structure.readUInt32BE(field + 4);
      const position = structure.readUInt32BE(field + 8);
      if (id === 0x8769 || id === 0x8825) visit(position);
      if (id === 0x8769 || id === 0x8825 || length > 4) moved.writeUInt32BE(position + by, field + 8);
    }
  };
  visit(8);
  return moved.subarray(8);
}
