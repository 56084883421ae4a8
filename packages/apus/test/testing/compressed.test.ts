// Answers of an app that compresses: a test reads what was meant, and can see what was sent.
import { brotliCompressSync, deflateSync, gunzipSync, gzipSync } from "node:zlib";
import { App, get, router } from "apus";
import { createClient } from "apus/client";
import { compression } from "apus/middleware";
import { testClient } from "apus/testing";
import { describe, expect, it } from "vitest";

const long = "x".repeat(2000);
const api = router({ long: get("/", () => ({ long })) });
const app = new App({ middleware: [compression({ encodings: ["gzip", "br"] })] }).include(api);
const client = testClient(app);

describe("an app with `compression`", () => {
  it.each(["gzip", "br"])("is read through %s", async (encoding) => {
    const answer = await client.get("/", { headers: { "accept-encoding": encoding } });
    expect(answer.headers.get("content-encoding")).toBe(encoding);
    expect(answer.json()).toEqual({ long });
    expect(answer.bytes.length).toBeLessThan(100);
  });

  it("compresses for the usual headers", async () => {
    const answer = await client.get("/");
    expect(answer.text).toBe(JSON.stringify({ long }));
    expect(gunzipSync(answer.bytes).toString()).toBe(answer.text);
  });

  it("is read through `fetch` and the typed client", async () => {
    const answer = await client.fetch("/");
    expect([answer.headers.get("content-encoding"), await answer.json()]).toEqual(["gzip", { long }]);
    const typed = createClient<typeof api>({ baseUrl: "http://testserver", fetch: client.fetch });
    expect(await typed.get("/")).toMatchObject({ ok: true, value: { long } });
  });
});

describe("what handlers compress themselves", () => {
  const once = gzipSync("text");
  it.each<[string, Uint8Array, string]>([
    ["gzip", once, "text"],
    ["x-gzip", once, "text"],
    ["GZIP", once, "text"],
    ["deflate", deflateSync("text"), "text"],
    ["br", brotliCompressSync("text"), "text"],
    ["deflate, gzip", gzipSync(deflateSync("text")), "text"],
    ["identity", Buffer.from("text"), "text"],
    ["gzip, unknown", Buffer.from("text"), "text"],
    ["gzip", Buffer.from("no gzip at all"), "no gzip at all"],
    ["gzip", new Uint8Array(), ""],
    ["gzip", gzipSync(long, { level: 0 }).subarray(0, 1000), long.slice(0, 1000 - 15)],
  ])("%s", async (encoding, bytes, text) => {
    const sent = get("/", () => new Response(bytes as BodyInit, { headers: { "content-encoding": encoding } }));
    expect((await testClient(new App().include({ sent })).get("/")).text).toBe(text);
  });
});
