import { readFileSync } from "node:fs";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { type ExifTags, exifBytes, withExif } from "./exif-file.fixture.ts";
import { codes, sample, temporaryPhotos } from "./temporary-photo.fixture.ts";

const photos = temporaryPhotos();

describe("odd values", () => {
  it("become null, each with a warning of its own, and the others stay", async () => {
    const facts = await photos.readTagged(
      {
        image: { 0x010f: { ascii: "Maker" }, 0x0110: { short: [7] }, 0x0112: { short: [77] } },
        photo: {
          0x829a: { rational: [[1, 0]] },
          0x829d: { rational: [[0xffffffff, 1]] },
          0x8827: { short: [65535] },
          0x9003: { ascii: "2024:02:30 10:00:00" },
          0x9011: { ascii: "+02:00" },
          0x920a: { rational: [[0, 0]] },
        },
      },
      { gps: true },
    );
    expect(facts).toMatchObject({ type: "image/jpeg", width: 30, height: 20, make: "Maker", gps: null });
    expect([
      facts.model,
      facts.orientation,
      facts.taken,
      facts.exposure,
      facts.fNumber,
      facts.iso,
      facts.focalLength,
    ]).toEqual(Array.from({ length: 7 }, () => null));
    expect(codes(facts).sort()).toEqual([
      "invalid_value:f_number",
      "invalid_value:model",
      "invalid_value:orientation",
      "invalid_value:taken",
      "unset_value:exposure",
      "unset_value:focal_length",
      "unset_value:iso",
    ]);
  });

  it("that are sound are read: a zone, ISO beyond 65,535, names in UTF-8, text that says more than once", async () => {
    const facts = await photos.readTagged({
      image: { 0x010f: { ascii: "Café" }, 0x0110: { ascii: "One\0Two" } },
      photo: {
        0x8827: { short: [65535] },
        0x8832: { long: [204800] },
        0x9003: { ascii: "2026:07:01 18:00:00" },
        0x9011: { ascii: "+02:00" },
        0x9201: { signedRational: [[-3, 1]] },
      },
    });
    expect(facts).toMatchObject({
      make: "Café",
      model: "One",
      iso: 204_800,
      exposure: { seconds: 8, text: "8" },
      taken: { local: "2026-07-01T18:00:00", offset: "+02:00", utc: "2026-07-01T16:00:00Z" },
      warnings: [],
    });
  });

  it("of the receiver become null when asked for", async () => {
    const zero = [
      [0, 1],
      [0, 1],
      [0, 1],
    ] as const;
    const gps = { 1: { ascii: "N" }, 2: { rational: zero }, 3: { ascii: "E" }, 4: { rational: zero } };
    expect(codes(await photos.readTagged({ gps }, { gps: true }))).toEqual(["unset_value:gps"]);
    expect(codes(await photos.readTagged({ gps }))).toEqual([]);
  });
});

describe("corrupt files", () => {
  it.each([
    ["a directory that points to itself", { image: { 0x8769: { long: [8] }, 0x8825: { long: [8] } } }],
    ["a directory beyond the end", { image: { 0x8769: { long: [0xfffffff0] } } }],
    ["a text of four gigabytes", { image: { 0x010f: { broken: { type: 2, count: 0xffffffff, offset: 8 } } } }],
    [
      "a list of two thousand million numbers",
      { photo: { 0x8827: { broken: { type: 3, count: 0x7fffffff, offset: 8 } } } },
    ],
    ["a type that does not exist", { image: { 0x010f: { broken: { type: 99, count: 1, offset: 8 } } } }],
  ] as [string, ExifTags][])("with %s are listed, quickly", async (_, tags) => {
    const start = performance.now();
    const facts = await photos.readTagged(tags, { gps: true });
    expect(facts).toMatchObject({ type: "image/jpeg", width: 30, height: 20, make: null, iso: null });
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it("with an Exif block that is no such thing are listed", async () => {
    expect(await photos.readTagged(Buffer.from("not a TIFF structure at all"))).toMatchObject({
      type: "image/jpeg",
      width: 30,
    });
    expect(await photos.readTagged(Buffer.alloc(0))).toMatchObject({ type: "image/jpeg", width: 30 });
    expect(
      await photos.readTagged(exifBytes({ image: { 0x010f: { ascii: "Maker of cameras" } } }).subarray(0, 12)),
    ).toMatchObject({
      type: "image/jpeg",
      make: null,
    });
  });

  it("that are empty, no picture, or a video are listed without a type", async () => {
    expect(codes(await photos.read(Buffer.alloc(0)))).toEqual(["empty_file:null"]);
    expect(codes(await photos.read(Buffer.from("words")))).toEqual(["unrecognised_content:null"]);
    const video = await photos.read(Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0", "latin1"));
    expect([video.type, codes(video)]).toEqual([null, ["unrecognised_content:null"]]);
  });

  it("that lie by their name are told apart by content", async () => {
    const facts = await photos.read(photos.jpeg, "picture.png");
    expect([facts.type, codes(facts)]).toEqual(["image/jpeg", ["name_mismatch:null"]]);
  });

  it("never fail and never take long, wherever a real photo is damaged", async () => {
    const bytes = withExif(
      photos.jpeg,
      exifBytes({
        image: { 0x010f: { ascii: "Maker of cameras" }, 0x0110: { ascii: "Model" }, 0x0112: { short: [6] } },
        photo: {
          0x829a: { rational: [[1, 100]] },
          0x8827: { short: [100, 200] },
          0x9003: { ascii: "2024:02:03 10:00:00" },
          0x920a: { rational: [[50, 1]] },
        },
        gps: {
          1: { ascii: "N" },
          2: {
            rational: [
              [1, 1],
              [2, 1],
              [3, 1],
            ],
          },
          3: { ascii: "E" },
          4: {
            rational: [
              [1, 1],
              [2, 1],
              [3, 1],
            ],
          },
        },
      }),
    );
    const damage = fc.array(fc.tuple(fc.nat(bytes.byteLength - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(damage, fc.integer({ min: 1, max: bytes.byteLength }), async (changes, length) => {
        const damaged = Buffer.from(bytes);
        for (const [at, value] of changes) damaged[at] = value;
        const start = performance.now();
        const facts = await photos.read(damaged.subarray(0, length), "damaged.jpg", { gps: true });
        expect(performance.now() - start).toBeLessThan(2000);
        if (facts.gps) expect(Math.abs(facts.gps.latitude)).toBeLessThanOrEqual(90);
        if (facts.taken) expect(facts.taken.local).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
        for (const value of [facts.fNumber, facts.iso, facts.focalLength, facts.exposure?.seconds]) {
          if (value != null) expect(Number.isFinite(value) && value > 0).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe("truncated files", () => {
  it.each(["jpeg", "png", "webp", "avif"] as const)("%s: noticed, and only then", async (format) => {
    const whole = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#369" } })
      .toFormat(format)
      .toBuffer();
    expect(codes(await photos.read(whole, `whole.${format === "jpeg" ? "jpg" : format}`))).toEqual([]);
    const cut = await photos.read(
      whole.subarray(0, Math.floor(whole.byteLength * 0.8)),
      `cut.${format === "jpeg" ? "jpg" : format}`,
    );
    expect(cut.type).toBe(`image/${format}`);
    expect(codes(cut)).toContain("truncated:null");
  });

  it("are noticed in a photo whose metadata hold a preview with an end of its own", async () => {
    const bytes = readFileSync(sample("exif/test/test3.jpg"));
    expect(codes(await photos.read(bytes.subarray(0, 15_000)))).toContain("truncated:null");
  });

  it("are not suspected where a camera appended something", async () => {
    expect(codes(await photos.read(Buffer.concat([photos.jpeg, Buffer.alloc(1000)])))).toEqual([]);
  });
});
