/** Bodies that are read piece by piece: whole, limited, given up, and never read twice. */
import { App, get, post, request } from "apus";
import { expect, test } from "vitest";
import { reports, scenarios } from "../scenario.ts";

async function sizeOf(pieces: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const piece of pieces) size += piece.byteLength;
  return size;
}

const large = new Uint8Array(300_000).map((_, i) => i % 251);

scenarios("a body as a stream", (ask) => {
  const { found, report } = reports();
  const app = new App({ report }).include({
    size: post("/size", { input: { request } }, async ({ request }) => ({ size: await sizeOf(request.stream()) })),
    first: post("/first", { input: { request } }, async ({ request }) => {
      for await (const piece of request.stream()) return { some: piece.byteLength > 0 };
      return { some: false };
    }),
    small: post("/small", { bodyLimit: 1000, input: { request } }, async ({ request }) => ({
      size: await sizeOf(request.stream()),
    })),
    twice: post("/twice", { input: { request } }, async ({ request }) => ({
      sizes: [await sizeOf(request.stream()), await sizeOf(request.stream())],
    })),
    after: post("/after", { input: { request } }, async ({ request }) => ({
      sizes: [await sizeOf(request.stream()), (await request.bytes()).byteLength],
    })),
    before: post("/before", { input: { request } }, async ({ request }) => ({
      sizes: [(await request.bytes()).byteLength, await sizeOf(request.stream()), await sizeOf(request.stream())],
    })),
    next: get("/next", () => "next"),
  });

  test("is all of it, once", async () => {
    expect((await ask(app, "POST /size", { body: large })).json()).toEqual({ size: 300_000 });
    expect((await ask(app, "POST /size", { body: "" })).json()).toEqual({ size: 0 });
    expect((await ask(app, "POST /size")).json()).toEqual({ size: 0 });
    expect((await ask(app, "POST /twice", { body: large })).status).toBe(500);
    expect((await ask(app, "POST /after", { body: large })).status).toBe(500);
    expect(found.splice(0).map(({ error }) => String(error))).toEqual([
      expect.stringContaining("APUS_BODY"),
      expect.stringContaining("APUS_BODY"),
    ]);
  });

  test("is one piece where it was read before", async () => {
    expect((await ask(app, "POST /before", { body: large })).json()).toEqual({ sizes: [300_000, 300_000, 300_000] });
  });

  test("can be given up", async () => {
    expect((await ask(app, "POST /first", { body: large })).json()).toEqual({ some: true });
    expect((await ask(app, "GET /next")).json()).toBe("next");
  });

  test("has the limit of its operation, announced or not", async () => {
    expect((await ask(app, "POST /small", { body: new Uint8Array(1000) })).json()).toEqual({ size: 1000 });
    const refused = await ask(app, "POST /small", { body: new Uint8Array(1001) });
    expect([refused.status, refused.text]).toEqual([413, '{"detail":"The request body is larger than 1000 bytes"}']);
    expect(found).toEqual([]);
  });
});
