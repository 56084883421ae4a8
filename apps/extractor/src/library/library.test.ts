import { appendFileSync, linkSync, mkdirSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pathToText, rootPath } from "./byte-path.ts";
import { idOf } from "./id.ts";
import { albumName, fileId, UnknownCursor } from "./library.ts";
import { jpeg, reasonOf, temporaryLibrary } from "./temporary-library.fixture.ts";

const own = temporaryLibrary();

describe("albums", () => {
  it("are the folders in the order of an outline, with counts that agree with their pages", async () => {
    own.put("b/1.jpg");
    own.put("a/2.jpg");
    own.put("a/notes.txt", "words");
    own.put("a/b/3.jpg");
    own.put("a-b/4.jpg");
    own.put(".hidden/5.jpg");
    own.put("a/.6.jpg");
    mkdirSync(join(own.folder, "empty"));
    const { items, total, next } = await own.library.albums({ limit: 100 });
    expect(items.map(({ path }) => albumName(path))).toEqual(["a", "a / b", "a-b", "b", "empty"]);
    expect([total, next]).toEqual([5, null]);
    for (const { path, content } of items) {
      const { photos, skipped } = await own.contents(idOf(path));
      expect(content.photos.length).toBe(photos.length);
      expect(content.skipped.length).toBe(Object.keys(skipped).length);
    }
    expect(items[0]?.content.skipped.length).toBe(1);
  });

  it("include the library's own folder only while photos lie in it", async () => {
    own.put("a/1.jpg");
    own.put("README.md", "words");
    expect((await own.library.albums({ limit: 10 })).items.map(({ path }) => idOf(path))).toEqual(["a"]);
    expect((await own.library.status()).albums).toBe(1);
    own.put("2.jpg");
    expect((await own.library.albums({ limit: 10 })).items.map(({ path }) => idOf(path))).toEqual(["~", "a"]);
    expect((await own.library.status()).albums).toBe(2);
    expect(await own.contents("~")).toEqual({ photos: ["2.jpg"], skipped: { "README.md": "not_a_picture" } });
  });

  it("come in pages", async () => {
    for (const name of ["c", "a", "b"]) own.put(`${name}/1.jpg`);
    const first = await own.library.albums({ limit: 2 });
    expect(first.items.map(({ path }) => path)).toEqual(["a", "b"]);
    expect([first.total, first.next]).toEqual([3, "b"]);
    const second = await own.library.albums({ limit: 2, cursor: "b" });
    expect(second.items.map(({ path }) => path)).toEqual(["c"]);
    expect(second.next).toBeNull();
    await expect(own.library.albums({ limit: 2, cursor: "../x" })).rejects.toThrow(UnknownCursor);
  });
});

describe("files", () => {
  it("are told apart by content; the name only decides what to do with content that says nothing", async () => {
    own.put("a/photo");
    own.put("a/photo.txt");
    own.put("a/words.jpg", "no picture");
    own.put("a/empty.jpg", "");
    own.put("a/empty.txt", "");
    own.put("a/words.txt", "no picture");
    own.put("a/clip.mp4", Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0", "latin1"));
    own.put("a/drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    expect(await own.contents("a")).toEqual({
      photos: ["empty.jpg", "photo", "photo.txt", "words.jpg"],
      skipped: {
        "clip.mp4": "video",
        "drawing.svg": "not_a_picture",
        "empty.txt": "empty",
        "words.txt": "not_a_picture",
      },
    });
  });

  it.each([
    "new\nline.jpg",
    "100%.jpg",
    "a b  c.jpg",
    "x..jpg",
    "caffè 🌅.jpg",
    "~2F.jpg",
    "a\\b.jpg",
    "-rf.jpg",
    "%2e.jpg",
  ])("may be named %j", async (name) => {
    own.put(`Città/${name}`);
    const { items: albums } = await own.library.albums({ limit: 1 });
    const { album, items } = await own.library.photos(idOf(albums[0]?.path ?? rootPath), { limit: 1 });
    expect(items.map((item) => pathToText(item.name))).toEqual([name]);
    const { handle, stats } = await own.library.open(fileId(album.path, items[0]?.name ?? rootPath));
    await handle.close();
    expect(stats.size).toBe(jpeg.byteLength);
  });

  it("may have names that are no text", async () => {
    mkdirSync(join(own.folder, "a"));
    for (const byte of [0xfe, 0xff]) {
      writeFileSync(
        Buffer.concat([Buffer.from(join(own.folder, "a/x")), Buffer.from([byte]), Buffer.from(".jpg")]),
        jpeg,
      );
    }
    const { album, items } = await own.library.photos("a", { limit: 10 });
    expect(items.map(({ name }) => idOf(name))).toEqual(["x~FE.jpg", "x~FF.jpg"]);
    for (const { name } of items) await (await own.library.open(fileId(album.path, name))).handle.close();
  });
});

describe("changes on the disk", () => {
  it("are seen at once: files added, removed, replaced, changed in place, folders renamed", async () => {
    const one = own.put("a/1.jpg");
    expect((await own.contents("a")).photos).toEqual(["1.jpg"]);
    own.put("a/2.jpg");
    expect((await own.contents("a")).photos).toEqual(["1.jpg", "2.jpg"]);
    unlinkSync(one);
    expect((await own.contents("a")).photos).toEqual(["2.jpg"]);
    own.put("a/3", "");
    expect((await own.contents("a")).skipped).toEqual({ "3": "empty" });
    appendFileSync(join(own.folder, "a/3"), jpeg);
    expect(await own.contents("a")).toEqual({ photos: ["2.jpg", "3"], skipped: {} });
    writeFileSync(join(own.folder, "a/3"), "x".repeat(jpeg.byteLength));
    expect((await own.contents("a")).skipped).toEqual({ "3": "not_a_picture" });
    renameSync(join(own.folder, "a"), join(own.folder, "b"));
    expect(await reasonOf(own.library.photos("a", { limit: 1 }))).toBe("not_found");
    expect((await own.contents("b")).photos).toEqual(["2.jpg"]);
    expect((await own.library.albums({ limit: 10 })).items.map(({ path }) => path)).toEqual(["b"]);
  });

  it("are seen by whoever asks after them, also while an earlier look is under way", async () => {
    own.put("a/1.jpg");
    const earlier = own.library.photos("a", { limit: 10 });
    own.put("a/2.jpg");
    const later = [own.library.photos("a", { limit: 10 }), own.library.photos("a", { limit: 10 })];
    await earlier;
    for (const page of await Promise.all(later)) expect(page.total).toBe(2);
  });

  it("show when pages are turned", async () => {
    for (const name of ["1", "3", "5"]) own.put(`a/${name}.jpg`);
    const first = await own.library.photos("a", { limit: 1 });
    expect(first.next).toBe("1.jpg");
    own.put("a/2.jpg");
    const second = await own.library.photos("a", { limit: 1, cursor: "1.jpg" });
    expect([second.items[0]?.name, second.total]).toEqual(["2.jpg", 4]);
  });

  it("that take the whole library away are told with the reason, and mended by putting it back", async () => {
    own.put("a/1.jpg");
    expect(await own.library.status()).toEqual({ folder: own.folder, albums: 1, problem: null });
    renameSync(own.folder, join(own.base, "moved"));
    expect((await own.library.status()).problem).toBe("The library folder cannot be used: it does not exist.");
    expect(await reasonOf(own.library.albums({ limit: 1 }))).toBe("unavailable");
    expect(await reasonOf(own.library.photos("a", { limit: 1 }))).toBe("unavailable");
    expect(await reasonOf(own.library.open("a~2F1.jpg"))).toBe("unavailable");
    writeFileSync(own.folder, "");
    expect((await own.library.status()).problem).toBe("The library folder cannot be used: it is not a folder.");
    unlinkSync(own.folder);
    symlinkSync(join(own.base, "moved"), own.folder);
    expect((await own.library.status()).albums).toBe(1);
    await (await own.library.open("a~2F1.jpg")).handle.close();
  });
});

describe("ten thousand files", () => {
  it("are listed, paged through once and found again quickly", async () => {
    mkdirSync(join(own.folder, "big"));
    writeFileSync(join(own.base, "one.jpg"), jpeg);
    for (let index = 0; index < 10_000; index++) {
      linkSync(join(own.base, "one.jpg"), join(own.folder, "big", `IMG_${String(index).padStart(5, "0")}.jpg`));
    }
    const first = await own.library.photos("big", { limit: 50 });
    expect([first.total, first.items.length, first.next]).toEqual([10_000, 50, "IMG_00049.jpg"]);
    const seen = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await own.library.photos("big", { limit: 200, cursor });
      for (const { name } of page.items) seen.add(name);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen.size).toBe(10_000);
    expect((await own.library.albums({ limit: 10 })).items[0]?.content.photos.length).toBe(10_000);
    // Generous against a busy machine; alone it takes about a tenth of a second.
    const start = performance.now();
    await own.library.photos("big", { limit: 50 });
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
