import { testClient, type TestClient } from "apus/testing";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "./app.ts";
import { temporarySamples } from "./sample/temporary-samples.fixture.ts";

const samples = temporarySamples();
let client: TestClient;
beforeAll(() => {
  client = testClient(createApp({ library: samples.library }));
});
afterAll(() => client.close());

interface Item {
  readonly id: string;
  readonly name: string;
  readonly [field: string]: unknown;
}

async function itemsOf(path: string, query: Record<string, unknown> = {}): Promise<Item[]> {
  const answer = await client.get(path, { query });
  expect(answer.status).toBe(200);
  return (answer.json() as { items: Item[] }).items;
}

describe("GET /api/v1/albums", () => {
  it("lists the samples with counts and covers that lead somewhere", async () => {
    const albums = await itemsOf("/api/v1/albums");
    expect(albums.map(({ name, photo_count, skipped_count }) => [name, photo_count, skipped_count])).toEqual([
      ["Odd and corrupt", 7, 1],
      ["Orientation", 2, 0],
      ["Outdoors", 4, 0],
      ["Phones", 3, 0],
      ["Phones / iPhone 4S", 3, 0],
      ["Without camera data", 2, 0],
    ]);
    for (const { id, photo_count, cover } of albums) {
      const page = (await client.get(`/api/v1/albums/${id}/photos`)).json() as { total: number; items: Item[] };
      expect([page.total, page.items.length]).toEqual([photo_count, photo_count]);
      expect((await client.get(`/api/v1/photos/${String(cover)}/thumbnail`)).status).toBe(200);
    }
  });

  it("comes in pages that join without gap or repetition", async () => {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = await client.get("/api/v1/albums", { query: { limit: 4, ...(cursor && { cursor }) } });
      const page = answer.json() as { items: Item[]; next: string | null; total: number };
      expect(page.total).toBe(6);
      names.push(...page.items.map(({ name }) => name));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(names).toEqual((await itemsOf("/api/v1/albums")).map(({ name }) => name));
  });
});

describe("GET /api/v1/albums/{album}/photos", () => {
  it("reads what three and more cameras recorded", async () => {
    const photos = await itemsOf("/api/v1/albums/Outdoors/photos");
    expect(photos).toHaveLength(4);
    expect(photos[3]).toEqual({
      id: "Outdoors~2Fsony-alpha-6000.jpg",
      album: "Outdoors",
      name: "sony-alpha-6000.jpg",
      type: "image/jpeg",
      bytes: 6_586_368,
      modified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      width: 6000,
      height: 4000,
      orientation: 1,
      make: "SONY",
      model: "ILCE-6000",
      lens: "E PZ 16-50mm F3.5-5.6 OSS",
      taken: { local: "2014-04-18T20:33:53", offset: null, utc: null, tag: "DateTimeOriginal" },
      exposure: { seconds: 6, text: "6" },
      f_number: 8,
      iso: 100,
      focal_length: 22,
      warnings: [],
    });
    expect(new Set(photos.map(({ model }) => model)).size).toBe(4);
  });

  it("tells places only to those who ask", async () => {
    const quiet = await client.get("/api/v1/albums/Phones/photos");
    expect(quiet.text).not.toMatch(/gps|latitude|116\.48/);
    const [apple, xiaomi, nokia] = await itemsOf("/api/v1/albums/Phones/photos", { gps: true });
    expect(apple?.["gps"]).toEqual({ latitude: 40.0040861, longitude: 116.4847806, altitude: 38.64 });
    expect(xiaomi?.["gps"]).toBeNull();
    expect(nokia).toHaveProperty("gps.latitude", 55.0387558);
  });

  it("refuses no photo, however odd", async () => {
    const photos = await itemsOf("/api/v1/albums/Odd~20and~20corrupt/photos");
    expect(
      photos.map(({ name, type, warnings }) => [name, type, (warnings as { code: string }[]).map(({ code }) => code)]),
    ).toEqual([
      ["a-tiff-named.jpg", "image/tiff", ["name_mismatch"]],
      ["cut-short.jpg", "image/jpeg", ["truncated"]],
      ["empty.jpg", null, ["empty_file"]],
      ["evil1.jpg", "image/jpeg", []],
      ["lens_info.jpg", "image/jpeg", []],
      ["test.jpg", "image/jpeg", ["invalid_value"]],
      ["words.jpg", null, ["unrecognised_content"]],
    ]);
    expect(await itemsOf("/api/v1/albums/Odd~20and~20corrupt/skipped")).toEqual([
      expect.objectContaining({ name: "notes.txt", reason: "not_a_picture" }),
    ]);
  });

  it("comes in pages that join without gap or repetition", async () => {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = await client.get("/api/v1/albums/Outdoors/photos", {
        query: { limit: 3, ...(cursor && { cursor }) },
      });
      const page = answer.json() as { items: Item[]; next: string | null };
      names.push(...page.items.map(({ name }) => name));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(names).toEqual(["DSCN0614_small.jpg", "dsc_09827.jpg", "short-ascii-MM.jpg", "sony-alpha-6000.jpg"]);
  });
});

describe("what does not exist or may not be asked", () => {
  it.each([
    ["/api/v1/albums/nope/photos", 404],
    ["/api/v1/albums/nope/skipped", 404],
    ["/api/v1/albums/..~2F..~2Fetc/photos", 404],
    ["/api/v1/albums/..%2f..%2fetc/photos", 400],
    ["/api/v1/albums/..%5c..%5cetc/photos", 400],
    ["/api/v1/albums/a%00b/photos", 400],
    ["/api/v1/albums/%2e%2e/photos", 404],
    ["/api/v1/albums/Out%64oors/photos", 200],
    ["/api/v1/albums/outdoors/photos", 404],
    ["/api/v1/albums/Outdoors~2Fsony-alpha-6000.jpg/photos", 404],
    ["/api/v1/photos/nope", 404],
    ["/api/v1/photos/Outdoors", 404],
    ["/api/v1/photos/~", 404],
    ["/api/v1/photos/..~2F..~2F..~2F..~2Fetc~2Fpasswd", 404],
    ["/api/v1/photos/~2Fetc~2Fpasswd/thumbnail", 404],
    ["/api/v1/photos/Outdoors~2F..~2FPhones~2Fstarfish.jpg/thumbnail", 404],
    ["/api/v1/photos/README.md", 404],
    ["/api/v1/photos/Odd~20and~20corrupt~2Fnotes.txt", 404],
    ["/api/v1/photos/Odd~20and~20corrupt~2Fnotes.txt/thumbnail", 404],
    ["/api/v1/photos/Odd~20and~20corrupt~2Fempty.jpg/thumbnail", 415],
    ["/api/v1/photos/Odd~20and~20corrupt~2Fwords.jpg/thumbnail", 415],
    ["/api/v1/albums?limit=0", 422],
    ["/api/v1/albums?limit=1000", 422],
    ["/api/v1/albums?limit=many", 422],
    ["/api/v1/albums?cursor=..%2F", 422],
    ["/api/v1/albums/Outdoors/photos?cursor=%00", 422],
    ["/api/v1/albums/Outdoors/photos?gps=perhaps", 422],
    ["/api/v1/photos/Outdoors~2Fsony-alpha-6000.jpg/thumbnail?size=15", 422],
    ["/api/v1/photos/Outdoors~2Fsony-alpha-6000.jpg/thumbnail?size=1000000", 422],
    ["/api/v1/photos/Outdoors~2Fsony-alpha-6000.jpg/thumbnail?format=tiff", 422],
  ])("GET %s answers %i", async (path, status) => {
    const answer = await client.get(path);
    expect(answer.status).toBe(status);
    if (status !== 200) {
      expect(answer.json()).toHaveProperty("detail");
      expect(answer.text).not.toContain(samples.base);
    }
  });
});

describe("GET /api/v1/photos/{photo}/thumbnail", () => {
  const path = "/api/v1/photos/Phones~2FIMG_0001.JPG/thumbnail";

  it("is a small picture without metadata, in either format", async () => {
    for (const [format, type] of [
      [undefined, "webp"],
      ["jpeg", "jpeg"],
    ] as const) {
      const answer = await client.get(path, { query: { size: 100, ...(format && { format }) } });
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, `image/${type}`]);
      expect(answer.headers.get("cache-control")).toMatch(/^private/);
      expect(await sharp(answer.bytes).metadata()).toMatchObject({ width: 100, height: 100, format: type });
      expect(Buffer.from(answer.bytes).includes("iPhone")).toBe(false);
    }
  });

  it("is not sent again while it is still right", async () => {
    const tag = (await client.get(path)).headers.get("etag") ?? "";
    for (const condition of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
      const answer = await client.get(path, { headers: { "if-none-match": condition } });
      expect([answer.status, answer.bytes.byteLength, answer.headers.get("etag")], condition).toEqual([304, 0, tag]);
    }
    for (const condition of ['"other"', tag.slice(1, -1)]) {
      expect((await client.get(path, { headers: { "if-none-match": condition } })).status, condition).toBe(200);
    }
    expect((await client.get(path, { query: { size: 99 }, headers: { "if-none-match": tag } })).status).toBe(200);
  });
});

describe("the document", () => {
  it("describes every operation, parameter and answer, with names of our own", async () => {
    const document = (await client.get("/openapi.json")).json() as {
      paths: Record<
        string,
        Record<
          string,
          { summary?: string; description?: string; parameters?: { name: string; description?: string }[] }
        >
      >;
      components: { schemas: Record<string, { description?: string }> };
    };
    expect(Object.keys(document.paths).sort()).toEqual([
      "/api/v1/albums",
      "/api/v1/albums/{album}/photos",
      "/api/v1/albums/{album}/skipped",
      "/api/v1/photos/{photo}",
      "/api/v1/photos/{photo}/thumbnail",
      "/health",
    ]);
    for (const operation of Object.values(document.paths).flatMap((methods) => Object.values(methods))) {
      expect(operation.summary).toBeTruthy();
      expect(operation.description).toBeTruthy();
      for (const { name, description } of operation.parameters ?? []) {
        expect(description, name).toBeTruthy();
        expect(name).not.toBe("host");
      }
    }
    const { HTTPValidationError, ValidationError, ...own } = document.components.schemas;
    expect([HTTPValidationError, ValidationError]).not.toContain(undefined);
    for (const [name, { description }] of Object.entries(own)) expect(description, name).toBeTruthy();
    expect((await client.get("/docs")).status).toBe(200);
  });
});
