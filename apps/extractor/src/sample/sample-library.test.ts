import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pathToText } from "../library/byte-path.ts";
import { fileId, Library } from "../library/library.ts";
import { readPhoto } from "../photo/photo.ts";
import { sampleFiles } from "./manifest.ts";
import { prepareSampleLibrary, SampleError } from "./sample-library.ts";

let base = "";
let folder = "";
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "extractor-sample-"));
  folder = join(base, "data", "sample-library");
});
afterEach(() => rmSync(base, { recursive: true }));

const listed = (): string[] => readdirSync(base, { recursive: true, encoding: "utf8" }).sort();

describe("the sample library", () => {
  it("is made complete, with nothing left over, and says where its files come from", async () => {
    expect(await prepareSampleLibrary(folder)).toBe(folder);
    for (const { to } of sampleFiles) expect(statSync(join(folder, to)).isFile(), to).toBe(true);
    expect(readFileSync(join(folder, "README.md"), "utf8")).toContain("exif-parser (MIT)");
    expect(listed().filter((path) => /(^|\/)\./.test(path))).toEqual([]);
  });

  it("stays as it is at the next start; what is missing or cut is mended, what was added is kept", async () => {
    await prepareSampleLibrary(folder);
    const photo = join(folder, "Outdoors/sony-alpha-6000.jpg");
    const before = statSync(photo);
    writeFileSync(join(folder, "Outdoors/mine.jpg"), "mine");
    rmSync(join(folder, "Phones"), { recursive: true });
    writeFileSync(join(folder, "Orientation/right.jpg"), "cut");
    await prepareSampleLibrary(folder);
    expect(statSync(photo)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
    expect(readFileSync(join(folder, "Outdoors/mine.jpg"), "utf8")).toBe("mine");
    expect(statSync(join(folder, "Orientation/right.jpg")).size).toBe(5990);
    expect(statSync(join(folder, "Phones/iPhone 4S/test1.jpg")).size).toBe(27_521);
  });

  it("may be made by two processes at once", async () => {
    await Promise.all([prepareSampleLibrary(folder), prepareSampleLibrary(folder), prepareSampleLibrary(folder)]);
    expect(listed().filter((path) => /(^|\/)\./.test(path))).toEqual([]);
    for (const { to } of sampleFiles) expect(statSync(join(folder, to)).isFile(), to).toBe(true);
  });

  it("cannot be made where something is in the way, and says so", async () => {
    writeFileSync(join(base, "data"), "a file");
    await expect(prepareSampleLibrary(folder)).rejects.toThrow(SampleError);
    await expect(prepareSampleLibrary(folder)).rejects.toThrow("Set EXTRACTOR_LIBRARY");
  });

  it("has an album with at least three cameras, and one of odd and corrupt files that are all listed", async () => {
    const library = new Library(await prepareSampleLibrary(folder));
    const read = async (album: string) => {
      const { album: found, items } = await library.photos(album, { limit: 100 });
      return Promise.all(
        items.map(async ({ name }) => {
          const { handle, stats } = await library.open(fileId(found.path, name));
          return readPhoto(handle, pathToText(name), stats.size).finally(() => handle.close());
        }),
      );
    };
    const cameras = (await read("Outdoors")).map(({ make, model }) => `${make} ${model}`);
    expect(cameras).toEqual(["NIKON E4600", "NIKON CORPORATION NIKON D100", "Canon S40", "SONY ILCE-6000"]);
    const odd = (await read("Odd~20and~20corrupt")).map(({ type, warnings }) => [
      type,
      warnings.map(({ code }) => code).join(),
    ]);
    expect(odd).toEqual([
      ["image/tiff", "name_mismatch"],
      ["image/jpeg", "truncated"],
      [null, "empty_file"],
      ["image/jpeg", ""],
      ["image/jpeg", ""],
      ["image/jpeg", "invalid_value"],
      [null, "unrecognised_content"],
    ]);
  });
});
