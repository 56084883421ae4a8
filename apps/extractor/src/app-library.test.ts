// The application over libraries of its own: hostile, gone, large, and over the network.
import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "apus/client";
import { serve } from "apus/server";
import { testClient } from "apus/testing";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { type api, createApp } from "./app.ts";
import { jpeg } from "./library/temporary-library.fixture.ts";
import { temporarySamples } from "./sample/temporary-samples.fixture.ts";

const samples = temporarySamples();

interface Item {
  readonly id: string;
  readonly name: string;
  readonly [field: string]: unknown;
}

describe("links, pipes and renamed files", () => {
  it("give nothing away", async () => {
    const library = join(samples.base, "tricky");
    mkdirSync(join(library, "a"), { recursive: true });
    writeFileSync(join(samples.base, "secret.jpg"), jpeg);
    writeFileSync(join(library, "a/1.jpg"), jpeg);
    symlinkSync(join(samples.base, "secret.jpg"), join(library, "a/out.jpg"));
    symlinkSync(samples.base, join(library, "linked"));
    execFileSync("mkfifo", [join(library, "a/pipe.jpg")]);
    await using own = testClient(createApp({ library }));
    expect(((await own.get("/api/v1/albums")).json() as { items: Item[] }).items.map(({ id }) => id)).toEqual(["a"]);
    const photos = (await own.get("/api/v1/albums/a/photos")).json() as { items: Item[]; skipped_count: number };
    expect([photos.items.map(({ name }) => name), photos.skipped_count]).toEqual([["1.jpg"], 2]);
    for (const id of ["a~2Fout.jpg", "linked~2Fsecret.jpg", "a~2Fpipe.jpg"]) {
      expect((await own.get(`/api/v1/photos/${id}`)).status, id).toBe(404);
      expect((await own.get(`/api/v1/photos/${id}/thumbnail`)).status, id).toBe(404);
    }
  });
});

describe("GET /health", () => {
  it("says that all is well, and 503 with the reason while the library is gone", async () => {
    const library = join(samples.base, "passing");
    mkdirSync(join(library, "a"), { recursive: true });
    await using own = testClient(createApp({ library }));
    const well = { status: "ok", library: { folder: library, reachable: true, problem: null }, albums: 1 };
    const answer = await own.get("/health");
    expect([answer.status, answer.json()]).toEqual([200, well]);
    renameSync(library, `${library}-moved`);
    const gone = await own.get("/health");
    expect([gone.status, gone.json()]).toEqual([
      503,
      {
        status: "unavailable",
        library: {
          folder: library,
          reachable: false,
          problem: "The library folder cannot be used: it does not exist.",
        },
        albums: null,
      },
    ]);
    for (const path of ["/api/v1/albums", "/api/v1/albums/a/photos", "/api/v1/photos/a~2F1.jpg"]) {
      const failing = await own.get(path);
      expect([failing.status, failing.json()], path).toEqual([
        503,
        { detail: "The library folder cannot be used: it does not exist." },
      ]);
    }
    renameSync(`${library}-moved`, library);
    expect((await own.get("/health")).json()).toEqual(well);
  });
});

describe("host names", () => {
  it("of others are refused when the server is for this machine only", async () => {
    await using own = testClient(createApp({ library: samples.library, hosts: ["localhost", "127.0.0.1", "::1"] }));
    const status = async (host: string) => (await own.get("/api/v1/albums", { headers: { host } })).status;
    for (const host of ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]"]) {
      expect(await status(host), host).toBe(200);
    }
    for (const host of [
      "evil.example",
      "evil.example:8000",
      "localhost.evil.example",
      "127.0.0.1.evil.example",
      "",
      "a:b:c",
    ]) {
      expect(await status(host), host).toBe(421);
    }
  });
});

describe("over the network", () => {
  it("answers a typed client, and several at once", async () => {
    const server = await serve(createApp({ library: samples.library }), { port: 0, signals: false });
    try {
      const typed = createClient<typeof api>({ baseUrl: server.url });
      const photos = await typed.get("/api/v1/albums/{album}/photos", {
        path: { album: "Phones" },
        query: { gps: true },
      });
      expect(photos.ok).toBe(true);
      if (photos.ok) {
        const iso: number | null | undefined = photos.value.items[0]?.iso;
        expect([iso, photos.value.items[0]?.gps?.altitude]).toEqual([32, 38.64]);
      }
      const missing = await typed.get("/api/v1/photos/{photo}", { path: { photo: "nope" } });
      expect(missing.ok ? 200 : missing.status).toBe(404);
      const all = await Promise.all(
        Array.from({ length: 24 }, async (_, index) => {
          const size = 16 + index;
          const answer = await fetch(
            `${server.url}/api/v1/photos/Outdoors~2Fsony-alpha-6000.jpg/thumbnail?size=${size}`,
          );
          return (await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).width === size;
        }),
      );
      expect(all.every(Boolean)).toBe(true);
    } finally {
      await server.close();
    }
  });
});

describe("ten thousand files", () => {
  it("are counted, and read a page at a time, in bounded memory", async () => {
    const library = join(samples.base, "many");
    mkdirSync(join(library, "big"), { recursive: true });
    const photo = join(samples.library, "Phones/iPhone 4S/test1.jpg");
    for (let index = 0; index < 10_000; index++) {
      linkSync(photo, join(library, "big", `IMG_${String(index).padStart(5, "0")}.jpg`));
    }
    await using own = testClient(createApp({ library }));
    const albums = (await own.get("/api/v1/albums")).json() as { items: Item[] };
    expect(albums.items[0]).toMatchObject({ photo_count: 10_000, skipped_count: 0 });
    const before = process.memoryUsage().rss;
    let cursor: string | undefined;
    let seen = 0;
    for (let page = 0; page < 10; page++) {
      const answer = await own.get("/api/v1/albums/big/photos", { query: { limit: 200, ...(cursor && { cursor }) } });
      const { items, next } = answer.json() as { items: Item[]; next: string };
      seen += items.filter(({ model }) => model === "iPhone 4S").length;
      cursor = next;
    }
    expect(seen).toBe(2000);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
    unlinkSync(join(library, "big/IMG_00000.jpg"));
    const after = (await own.get("/api/v1/albums/big/photos", { query: { limit: 1 } })).json() as { total: number };
    expect(after.total).toBe(9999);
  });
});
