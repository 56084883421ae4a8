// How much a client may send: bytes are counted as they arrive, and there is a limit to everything by default.
import { gzipSync } from "node:zlib";
import { App, body, form, post, router } from "apus";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";

const json = { "content-type": "application/json" };
const urlencoded = { "content-type": "application/x-www-form-urlencoded" };

describe("counting", () => {
  const limit = 1000;
  const app = new App({ bodyLimit: limit });
  app.post("/json", { input: { item: body(z.string()) } }, ({ item }) => item.length);
  app.post("/form", { input: { item: form(z.string()) } }, ({ item }) => item.length);

  /** An endless body that counts how much of it was taken. */
  function endless(): { stream: ReadableStream<Uint8Array>; taken: () => number; cancelled: () => boolean } {
    let taken = 0;
    let cancelled = false;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          taken += 100;
          controller.enqueue(new Uint8Array(100).fill(0x20));
        },
        cancel() {
          cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    return { stream, taken: () => taken, cancelled: () => cancelled };
  }

  test.each([
    ["no length", {}],
    ["a length of nothing", { "content-length": "0" }],
    ["a length that is too small", { "content-length": "2" }],
    ["a length that is no number", { "content-length": "x" }],
    ["a length below nothing", { "content-length": "-1" }],
    ["two lengths", { "content-length": "2, 2" }],
    ["a framing that is none of the adapter's", { "transfer-encoding": "chunked", "content-length": "2" }],
  ])("row 4: bytes are counted as they arrive, not as they are announced: %s", async (_, headers) => {
    for (const [path, type] of [
      ["/json", json],
      ["/form", urlencoded],
    ] as const) {
      const { stream, taken, cancelled } = endless();
      const init = { method: "POST", body: stream, headers: { ...type, ...headers }, duplex: "half" } as RequestInit;
      const answer = await app.fetch(new Request(`http://testserver${path}`, init));
      expect(answer.status).toBe(413);
      expect(taken()).toBe(limit + 100);
      expect(cancelled()).toBe(true);
    }
  });

  test("row 4: a length beyond the limit is refused before a byte is read", async () => {
    const { stream, taken } = endless();
    const headers = { ...json, "content-length": String(limit + 1) };
    const init = { method: "POST", body: stream, headers, duplex: "half" } as RequestInit;
    expect((await app.fetch(new Request("http://testserver/json", init))).status).toBe(413);
    expect(taken()).toBe(0);
  });

  test("row 4: a thousand chunks of one byte count as a thousand bytes, and their extensions have a limit too", async () => {
    const server = await serve(app, { port: 0, signals: false });
    onTestFinished(() => server.close());
    const head = ["POST /json HTTP/1.1", "Host: a", "Content-Type: application/json", "Transfer-Encoding: chunked", ""];
    const fits = await wire(server);
    fits.send(...head, "1", '"', ...Array<string>(limit - 2).fill("1\r\nx"), "1", '"', "0", "", "");
    await fits.until(/200 OK[^]*998$/);
    const large = await wire(server);
    large.send(...head, ...Array<string>(limit + 1).fill("1\r\nx"), "");
    await large.until(/ 413 /);
    const extended = await wire(server);
    extended.send(...head, `2;${"x".repeat(64 * 1024)}`, '""', "0", "", "");
    expect(statuses(await extended.closed)).toEqual([413]);
  });
});

describe("limits that nobody has to ask for", () => {
  test("row 5: a body, a form and the nesting of JSON end somewhere by default", async () => {
    const app = new App();
    app.post("/json", { input: { item: body(z.unknown()) } }, () => "handled");
    app.post("/form", { input: { item: form(z.string().optional()) } }, () => "handled");
    const send = async (path: string, content: string | Uint8Array, headers: Record<string, string>) =>
      (await app.fetch(new Request(`http://testserver${path}`, { method: "POST", body: content as BodyInit, headers })))
        .status;
    const mebibyte = 1024 * 1024;
    expect(await send("/json", `"${"x".repeat(mebibyte - 2)}"`, json)).toBe(200);
    expect(await send("/json", `"${"x".repeat(mebibyte - 1)}"`, json)).toBe(413);
    expect(await send("/json", "[".repeat(1000) + "]".repeat(1000), json)).toBe(200);
    expect(await send("/json", "[".repeat(1001) + "]".repeat(1001), json)).toBe(400);
    expect(await send("/form", Array<string>(1000).fill("a=1").join("&"), urlencoded)).toBe(200);
    expect(await send("/form", Array<string>(1001).fill("a=1").join("&"), urlencoded)).toBe(400);
    expect(await send("/form", `item=${"x".repeat(mebibyte)}`, urlencoded)).toBe(413);
  });

  test("row 5: a compressed body is never inflated by itself, so there is nothing to blow up", async () => {
    const app = new App();
    app.post("/", { input: { item: body(z.unknown()) } }, () => "handled");
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, 0x20));
    for (const coding of ["gzip", "x-gzip", "gzip, gzip"]) {
      const headers = { ...json, "content-encoding": coding };
      const request = new Request("http://testserver/", { method: "POST", body: bomb as BodyInit, headers });
      expect((await app.fetch(request)).status).toBe(400);
    }
  });

  test("row 5: an answer to a body full of mistakes is not many times its size", async () => {
    const app = new App();
    app.post("/", { input: { items: z.array(z.object({ a: z.int(), b: z.int(), c: z.int() })) } }, () => 1);
    const wrong = `[${Array<string>(340_000).fill("{}").join(",")}]`;
    const request = new Request("http://testserver/", { method: "POST", body: wrong, headers: json });
    const answer = await app.fetch(request);
    expect(answer.status).toBe(422);
    expect((await answer.text()).length).toBeLessThan(2 * wrong.length);
  });

  const bad: readonly unknown[] = [Number.NaN, -1, 1.5, Number.POSITIVE_INFINITY, "1mb", "1024", 2 ** 60, {}, 1n];
  test.each(bad)("row 5: the limit %s would be none, so it stops the start, wherever it stands", async (limit) => {
    const bodyLimit = limit as number;
    const add = (own: { bodyLimit?: number }) => post("/", { ...own, input: { item: body(z.unknown()) } }, () => 1);
    const apps = [
      new App({ bodyLimit }).include({ add: add({}) }),
      new App().include(router({ add: add({}) }, { bodyLimit })),
      new App().include({ add: add({ bodyLimit }) }),
    ];
    for (const app of apps) await expect(app.startup()).rejects.toThrow(/^APUS_LIMIT: /);
  });

  test("row 5: an address and headers end somewhere, and nobody's header is lost among many", async () => {
    const app = new App();
    const last = z.string().optional();
    app.get("/", { input: { last } }, (values) => values.last ?? "");
    const server = await serve(app, { port: 0, signals: false });
    onTestFinished(() => server.close());
    const first = async (...lines: string[]): Promise<number | undefined> => {
      const client = await wire(server);
      client.send(...lines, "Host: a", "Connection: close", "", "");
      return statuses(await client.closed)[0];
    };
    expect(await first(`GET /?last=${"x".repeat(20_000)} HTTP/1.1`)).toBe(431);
    expect(await first("GET / HTTP/1.1", `x: ${"y".repeat(20_000)}`)).toBe(431);
    expect(await first("GET / HTTP/1.1", ...Array<string>(10_000).fill("a: 1"))).toBe(431);
  });
});
