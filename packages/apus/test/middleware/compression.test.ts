// Compression: which answers, in which coding, with which headers, and streams piece by piece.
import { request as httpRequest, type IncomingMessage } from "node:http";
import { once } from "node:events";
import { brotliDecompressSync, createGunzip, gunzipSync } from "node:zlib";
import { App, get, HTTPException, text, type ReplyInit } from "apus";
import { compression, type CompressionOptions } from "apus/middleware";
import { nodeHost } from "apus/server";
import { testClient } from "apus/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { gate, scenarios } from "../scenario.ts";
import { serve } from "../serve.ts";

const long = "compressible ".repeat(100);
const gzip = { "accept-encoding": "gzip" };

/** What CompressionStream, which cannot flush, is never asked for: streams. With a host they are compressed everywhere. */
function appOf(answer: () => unknown, options?: CompressionOptions): App {
  const app = new App({ middleware: [compression(options)] });
  app.host = nodeHost;
  app.include(get("/", {}, answer as () => string));
  return app;
}

function texts(body: string, init?: ReplyInit, options?: CompressionOptions): App {
  return appOf(() => text(body, init), options);
}

function streamOf(...pieces: readonly string[]): ReadableStream<Uint8Array> {
  return new Blob([...pieces]).stream();
}

scenarios("compression", (ask) => {
  test("a long text is compressed, and says so", async () => {
    const { headers, bytes } = await ask(texts(long), "GET /", { headers: gzip });
    expect(headers).toMatchObject({
      "content-encoding": "gzip",
      "content-length": String(bytes.byteLength),
      "content-type": "text/plain; charset=utf-8",
      vary: "Accept-Encoding",
    });
    expect(gunzipSync(bytes).toString()).toBe(long);
    expect(bytes.byteLength).toBeLessThan(100);
  });

  test("HEAD has the headers of GET", async () => {
    const app = texts(long);
    const { headers } = await ask(app, "GET /", { headers: gzip });
    const head = await ask(app, "HEAD /", { headers: gzip });
    expect(head.headers).toEqual(headers);
    expect(head.bytes.byteLength).toBe(0);
  });

  test("a client that does not accept it gets the text, and caches are told why", async () => {
    const { headers, text: found } = await ask(texts(long), "GET /", { headers: { "accept-encoding": "gzip;q=0" } });
    expect([headers["content-encoding"], headers["vary"], found]).toEqual([undefined, "Accept-Encoding", long]);
  });

  test.each([
    [499, undefined, false],
    [500, undefined, true],
    [1, { minimumSize: 0 }, true],
    [0, { minimumSize: 0 }, false],
    [999, { minimumSize: 1000 }, false],
  ] as const)("%i bytes under %j: compressed is %s", async (size, options, compressed) => {
    const { headers } = await ask(texts("a".repeat(size), {}, options), "GET /", { headers: gzip });
    expect([headers["content-encoding"], headers["vary"]]).toEqual(
      compressed ? ["gzip", "Accept-Encoding"] : [undefined, undefined],
    );
  });

  test("bytes count, not letters", async () => {
    const short = await ask(texts("é".repeat(249)), "GET /", { headers: gzip });
    const enough = await ask(texts("é".repeat(250)), "GET /", { headers: gzip });
    expect([short.headers["content-encoding"], enough.headers["content-encoding"]]).toEqual([undefined, "gzip"]);
    expect(gunzipSync(enough.bytes).toString()).toBe("é".repeat(250));
  });

  test.each<[ReplyInit]>([
    [{ headers: { "content-encoding": "identity" } }],
    [{ headers: { "content-type": "text/event-stream" } }],
    [{ headers: { "content-type": "TEXT/Event-Stream ; charset=utf-8" } }],
    [{ headers: { "content-type": "image/png" } }],
    [{ headers: { "content-type": "video/mp4" } }],
    [{ headers: { "content-type": "application/zip" } }],
    [{ headers: { "content-type": "application/grpc+proto" } }],
    [{ headers: { "cache-control": "public, No-Transform" } }],
    [{ headers: { "repr-digest": "sha-256=:d435Qo+nKZ+gLcUHn7GQtQ72hiBVAgqoLsZnZPiTGPk=:" } }],
    [{ status: 206, headers: { "content-range": "bytes 0-1299/2000" } }],
  ])("%j is left as it is", async (init) => {
    const { headers, text: found } = await ask(texts(long, init), "GET /", { headers: gzip });
    const { "content-encoding": encoding = "identity" } = headers;
    expect([encoding, headers["vary"], found]).toEqual(["identity", undefined, long]);
  });

  test.each<[ReplyInit]>([
    [{ headers: { "content-type": "image/svg+xml" } }],
    [{ headers: { "content-type": "application/vnd.example+json" } }],
    [{ headers: { "cache-control": "x-no-transform-not" } }],
    [{ cookies: { a: "b" } }],
    [{ status: 404 }],
  ])("%j is compressed", async (init) => {
    const { headers, bytes } = await ask(texts(long, init), "GET /", { headers: gzip });
    expect(headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(bytes).toString()).toBe(long);
  });

  test("excludeContentTypes takes the place of the built-in list", async () => {
    const options = { excludeContentTypes: ["text/*", "Application/X-Own; a=b"] };
    const encodingOf = async (type: string) =>
      (await ask(texts(long, { headers: { "content-type": type } }, options), "GET /", { headers: gzip })).headers[
        "content-encoding"
      ];
    expect([await encodingOf("text/html"), await encodingOf("application/x-own")]).toEqual([undefined, undefined]);
    expect([await encodingOf("image/png"), await encodingOf("application/json")]).toEqual(["gzip", "gzip"]);
  });

  test("Vary keeps what it said", async () => {
    const vary = async (said: string) =>
      (await ask(texts(long, { headers: { vary: said } }), "GET /", { headers: gzip })).headers["vary"];
    expect([await vary("Origin"), await vary("origin, accept-encoding"), await vary("*")]).toEqual([
      "Origin, Accept-Encoding",
      "origin, accept-encoding",
      "*",
    ]);
  });

  test.each([
    ['"v1"', gzip, 'W/"v1"'],
    ['W/"v1"', gzip, 'W/"v1"'],
    ['"v1"', { "accept-encoding": "identity" }, '"v1"'],
  ])("the ETag %s for %j is %s", async (etag, headers, found) => {
    expect((await ask(texts(long, { headers: { etag } }), "GET /", { headers })).headers["etag"]).toBe(found);
  });

  const strong = { etag: '"v1"' };
  const none = { "accept-encoding": "identity" };
  test.each([
    [strong, { ...gzip, "if-none-match": '"a", W/"v1"' }, 'W/"v1"', "Accept-Encoding"],
    // It accepts gzip and holds the bytes as they are: they are never compressed.
    [strong, { ...gzip, "if-none-match": '"v1"' }, '"v1"', undefined],
    [strong, { ...gzip, "if-none-match": 'W/"v10"' }, '"v1"', "Accept-Encoding"],
    [strong, { ...gzip, "if-none-match": "*" }, '"v1"', "Accept-Encoding"],
    [strong, { ...none, "if-none-match": '"v1"' }, '"v1"', "Accept-Encoding"],
    [{ etag: 'W/"v1"' }, { ...gzip, "if-none-match": 'W/"v1"' }, 'W/"v1"', "Accept-Encoding"],
    [{ "last-modified": "x" }, { ...gzip, "if-modified-since": "x" }, undefined, "Accept-Encoding"],
    [{ ...strong, "cache-control": "no-transform" }, { ...none, "if-none-match": '"v1"' }, '"v1"', undefined],
  ])("the 304 with %j to a client that says %j has the ETag %s and Vary %s", async (said, request, etag, vary) => {
    const { headers } = await ask(texts("", { status: 304, headers: said }), "GET /", { headers: request });
    expect([headers["etag"], headers["vary"]]).toEqual([etag, vary]);
  });

  test("errors are compressed like everything else", async () => {
    const app = appOf(() => {
      throw new HTTPException(400, long);
    });
    const { status, bytes } = await ask(app, "GET /", { headers: gzip });
    expect([status, JSON.parse(gunzipSync(bytes).toString())]).toEqual([400, { detail: long }]);
  });

  test("streams are compressed at any size, without a length", async () => {
    const app = appOf(() => new Response(streamOf("a", "b"), { headers: { "content-type": "text/plain" } }));
    const { headers, bytes } = await ask(app, "GET /", { headers: gzip });
    expect(headers).toEqual({ "content-encoding": "gzip", "content-type": "text/plain", vary: "Accept-Encoding" });
    expect(gunzipSync(bytes).toString()).toBe("ab");
    const empty = await ask(
      appOf(() => new Response(streamOf())),
      "GET /",
      { headers: gzip },
    );
    expect(gunzipSync(empty.bytes).byteLength).toBe(0);
  });

  test("Brotli where it is offered and accepted", async () => {
    const app = texts(long, {}, { encodings: ["br", "gzip"], level: 9 });
    const browser = await ask(app, "GET /", { headers: { "accept-encoding": "gzip, deflate, br, zstd" } });
    expect(browser.headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(browser.bytes).toString()).toBe(long);
    expect((await ask(app, "GET /", { headers: gzip })).headers["content-encoding"]).toBe("gzip");
  });
});

describe("without a host", () => {
  const hostless = async (answer: () => unknown, options?: CompressionOptions) => {
    const app = appOf(answer, options);
    app.host = undefined;
    const headers = { "accept-encoding": "br, gzip" };
    const response = await app.fetch(new Request("http://testserver/", { headers }));
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  };

  test("CompressionStream compresses whole bodies, with gzip alone", async () => {
    const { response, bytes } = await hostless(() => text(long), { encodings: ["br", "gzip"], level: 1 });
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(response.headers.get("content-length")).toBe(String(bytes.byteLength));
    expect(gunzipSync(bytes).toString()).toBe(long);
  });

  test("a client that accepts Brotli alone gets it as it is", async () => {
    const { response, bytes } = await hostless(() => text(long), { encodings: ["br"] });
    expect(response.headers.has("content-encoding")).toBe(false);
    expect(new TextDecoder().decode(bytes)).toBe(long);
  });

  test("streams are not held back", async () => {
    const { response, bytes } = await hostless(() => new Response(streamOf(long)));
    expect(response.headers.has("content-encoding")).toBe(false);
    expect(new TextDecoder().decode(bytes)).toBe(long);
  });
});

describe("streams over a connection", () => {
  async function connect(body: ReadableStream<Uint8Array>): Promise<IncomingMessage> {
    const server = await serve(
      appOf(() => new Response(body)),
      { port: 0, signals: false },
    );
    onTestFinished(() => server.close());
    const sent = httpRequest(server.url, { headers: gzip, agent: false }).end();
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    return response;
  }

  test("each piece can be read before the next is made", async () => {
    const pieces = ["first ", "second ", "third"];
    const asked = pieces.map(() => gate());
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const next = asked.shift();
          if (next === undefined) return controller.close();
          await next.opened;
          controller.enqueue(new TextEncoder().encode(pieces.shift()));
        },
      },
      { highWaterMark: 0 },
    );
    const gates = [...asked];
    // The status goes out with the first piece.
    gates[0]!.open();
    const reader = (await connect(body)).pipe(createGunzip())[Symbol.asyncIterator]();
    const found: string[] = [];
    for (const each of gates) {
      each.open();
      found.push(String((await reader.next()).value));
    }
    expect(found).toEqual(["first ", "second ", "third"]);
    expect((await reader.next()).done).toBe(true);
  });

  test("the source ends when the reader leaves, and is not read ahead of it", async () => {
    const left = gate();
    let made = 0;
    const block = crypto.getRandomValues(new Uint8Array(65_536));
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          made++;
          controller.enqueue(block);
        },
        cancel: () => left.open(),
      },
      { highWaterMark: 0 },
    );
    const response = await connect(body);
    await once(response, "readable");
    response.destroy();
    await left.opened;
    // 64 KiB each: what the sockets hold, not all that could be made.
    expect(made).toBeLessThan(500);
  });
});

test.each<[unknown, string]>([
  [{ minimumSize: -1 }, "minimumSize"],
  [{ minimumSize: 0.5 }, "minimumSize"],
  [{ minimumSize: "500" }, "minimumSize"],
  [{ level: 0 }, "level"],
  [{ level: 10 }, "level"],
  [{ encodings: [] }, "encodings"],
  [{ encodings: ["deflate"] }, "encodings"],
  [{ encodings: "gzip" }, "encodings"],
  [{ excludeContentTypes: ["png"] }, "excludeContentTypes"],
  [{ minimum_size: 1 }, "minimum_size"],
  [null, "options"],
])("compression(%j) is refused", (options, named) => {
  const declare = () => compression(options as CompressionOptions);
  expect(declare).toThrow(["minimum_size", "options"].includes(named) ? /^APUS_OPTIONS: / : /^APUS_MIDDLEWARE: /);
  expect(declare).toThrow(named);
});

test("undefined options are the defaults", async () => {
  const options = { minimumSize: undefined, level: undefined, encodings: undefined, excludeContentTypes: undefined };
  const { headers } = await testClient(texts(long, {}, options)).get("/");
  expect(headers.get("content-encoding")).toBe("gzip");
});
