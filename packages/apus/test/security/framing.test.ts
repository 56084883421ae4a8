// Where a request ends: what two servers may read in two ways is refused, and nothing hides in it.
import { App, body } from "apus";
import type { ServeOptions, Serving } from "apus/server";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";

async function serving(app: App, options: ServeOptions = {}): Promise<Serving> {
  const server = await serve(app, { port: 0, signals: false, ...options });
  onTestFinished(() => server.close());
  return server;
}

/** An app that keeps who was asked for. */
function handling(): { app: App; handled: string[] } {
  const handled: string[] = [];
  const app = new App({ docsUrl: null });
  app.post("/first", { input: { item: body(z.unknown()) } }, () => void handled.push("first"));
  app.get("/unread", () => void handled.push("unread"));
  app.post("/unread", () => void handled.push("unread"));
  app.get("/smuggled", () => void handled.push("smuggled"));
  return { app, handled };
}

const smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
/** A body that is one thing by its length and another by its chunks: the smuggled request is in one of them. */
const inChunks = `0\r\n\r\n${smuggled}`;
const inLength = `${(smuggled.length + 2).toString(16)}\r\n\r\n${smuggled}\r\n0\r\n\r\n`;

/** Ways to write "chunked" so that one server sees it and another does not. */
const codings: readonly string[] = [
  "Transfer-Encoding: chunked\r\n",
  "Transfer-Encoding : chunked\r\n",
  "Transfer-Encoding:\tchunked\r\n",
  "Transfer-Encoding: \x0bchunked\r\n",
  "Transfer-Encoding: \x00chunked\r\n",
  "Transfer-Encoding: chunked\x00\r\n",
  "Transfer-Encoding: xchunked\r\n",
  "Transfer-Encoding: chunkedx\r\n",
  "Transfer-Encoding: 'chunked'\r\n",
  'Transfer-Encoding: "chunked"\r\n',
  "Transfer-Encoding: chunked, chunked\r\n",
  "Transfer-Encoding: chunked, identity\r\n",
  "Transfer-Encoding: identity, chunked\r\n",
  "Transfer-Encoding: gzip, chunked\r\n",
  "Transfer-Encoding: chunked;q=1\r\n",
  "Transfer-Encoding: ,chunked\r\n",
  "Transfer-Encoding: chunked,\r\n",
  "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n",
  "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
  "Transfer-Encoding: chunked\r\nTransfer-encoding: x\r\n",
  "Transfer-Encoding:\r\n chunked\r\n",
  "X: y\r\n Transfer-Encoding: chunked\r\n",
  " Transfer-Encoding: chunked\r\n",
  "\tTransfer-Encoding: chunked\r\n",
  "X: y\nTransfer-Encoding: chunked\r\n",
  "X: y\rTransfer-Encoding: chunked\r\n",
  "X: y\r\n\rTransfer-Encoding: chunked\r\n",
  "Transfer-Encoding: chun\r\n ked\r\n",
  "Transfer_Encoding: chunked\r\n",
  "Transfer-Encoding\x00: chunked\r\n",
  "Transfer\u00adEncoding: chunked\r\n",
  "Content-Encoding: chunked\r\n",
  "Transfer-Encoding:\r\n",
  "Transfer-Encoding: cHuNkEd\r\n",
];

/** Ways to write a length so that one server sees it and another does not. */
const lengths = (length: number): readonly string[] => [
  `Content-Length: ${length}\r\n`,
  `Content-Length: +${length}\r\n`,
  `Content-Length: -${length}\r\n`,
  `Content-Length: 0${length}\r\n`,
  `Content-Length: ${length}.0\r\n`,
  `Content-Length: ${length}e0\r\n`,
  `Content-Length: 0x${length.toString(16)}\r\n`,
  `Content-Length: ${length} ${length}\r\n`,
  `Content-Length: ${length}, ${length}\r\n`,
  `Content-Length: ${length}\r\nContent-Length: 0\r\n`,
  `Content-Length: 0\r\nContent-Length: ${length}\r\n`,
  `Content-Length: ${length}\r\nContent-Length: ${length}\r\n`,
  ` Content-Length: ${length}\r\n`,
  `Content-Length : ${length}\r\n`,
  `Content-Length\x0b: ${length}\r\n`,
  `X: y\nContent-Length: ${length}\r\n`,
  `X: y\r\n Content-Length: ${length}\r\n`,
  `Content-Length: \r\n ${length}\r\n`,
  `Content_Length: ${length}\r\n`,
  `Content-Length: 1${"0".repeat(30)}\r\n`,
  `Content-Length: 18446744073709551616\r\n`,
  `Content-Length: 4294967296\r\n`,
  "Content-Length: \r\n",
  `Content-Length: \u0665\r\n`,
];

describe("framing", () => {
  /** Sends one request and what may be another, and tells what was handled. */
  async function handledOf(line: string, headers: string, content: string): Promise<string[]> {
    const { app, handled } = handling();
    const client = await wire(await serving(app));
    client.send(`${line} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${headers}\r\n${content}`);
    client.socket.end();
    await client.closed;
    return handled.toSorted();
  }

  test.each(codings)("row 49: the coding %j is chunked, or the request is refused", async (coding) => {
    // After no chunks at all comes another request; what is inside of a chunk is none.
    const chunked = /^Transfer-Encoding:[ \t]*chunked\r\n$/i.test(coding);
    expect(await handledOf("POST /first", coding, inChunks)).toEqual(chunked ? ["smuggled"] : []);
    expect(await handledOf("POST /first", coding, inLength)).toEqual([]);
  });

  test.each(codings)("row 49: the coding %j beside a length is refused, in any order", async (coding) => {
    for (const [method, path] of [
      ["POST", "/first"],
      ["GET", "/unread"],
    ] as const) {
      for (const length of [0, 4, inChunks.length]) {
        const { app, handled } = handling();
        const server = await serving(app);
        for (const headers of [`Content-Length: ${length}\r\n${coding}`, `${coding}Content-Length: ${length}\r\n`]) {
          // Another header altogether, or one whose name no header can have, is no coding.
          if (/^(?:Transfer_Encoding|Content-Encoding)/.test(coding)) continue;
          const client = await wire(server);
          client.send(`${method} ${path} HTTP/1.1\r\nHost: a\r\n${headers}\r\n${inChunks}`);
          client.socket.end();
          const received = statuses(await client.closed);
          expect([headers, received.length, handled]).toEqual([headers, 1, []]);
          expect(received[0]).toBeGreaterThanOrEqual(400);
        }
      }
    }
  });

  test.each(lengths(4))("row 49: the length %j is one number, or the request is refused", async (length) => {
    const exact = /^Content-Length: 0?4\r\n$/.test(length);
    // One is another header's name, and one so long that nothing comes after it.
    const none = /^Content_Length|4294967296/.test(length);
    const content = `1234${smuggled}`;
    expect(await handledOf("POST /first", length, content)).toEqual(exact ? ["first", "smuggled"] : []);
    const unread = exact ? ["smuggled", "unread"] : none ? ["unread"] : [];
    expect(await handledOf("GET /unread", length, content)).toEqual(unread);
  });

  test("row 49: chunks are measured by hexadecimal digits alone", async () => {
    const { app, handled } = handling();
    const server = await serving(app);
    const head =
      "POST /first HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (const size of [
      "0x2",
      "+2",
      "-2",
      " 2",
      "2 ",
      "2\t",
      "\n2",
      "2\n",
      "2\r",
      "2;\n",
      "g",
      "",
      "\u0662",
      "00000000000000000002x",
      "f".repeat(17),
    ]) {
      const client = await wire(server);
      client.send(`${head}${size}\r\n{}\r\n0\r\n\r\n${smuggled}`);
      client.socket.end();
      const received = await client.closed;
      // White space around a size is passed over by some and refused by others; it never hides a request.
      expect([
        size,
        statuses(received)
          .slice(1)
          .filter((status) => status < 400).length,
      ]).toEqual([size, handled.includes("smuggled") ? 1 : 0]);
      if (statuses(received)[0] !== 200) expect([size, handled.splice(0)]).toEqual([size, []]);
      handled.length = 0;
    }
  });

  test("row 49: what follows a refused request on its connection is no request", async () => {
    const { app, handled } = handling();
    const server = await serving(app);
    for (const first of [
      "GET /unread HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET /unread HTTP/1.1\r\n\r\n",
      "GET /unread HTTP/1.1\r\nHost : a\r\n\r\n",
      "GET /unread HTTP/1.1 \r\nHost: a\r\n\r\n",
      "POST /first HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ]) {
      const client = await wire(server);
      client.send(first + smuggled);
      const received = statuses(await client.closed);
      expect([first, received.length, handled]).toEqual([first, 1, []]);
      expect(received[0]).toBeGreaterThanOrEqual(400);
    }
  });

  test("row 49: in production a Node line without fixes is told of at the start", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const real = Object.getOwnPropertyDescriptor(process.versions, "node")!;
    onTestFinished(() => {
      warn.mockRestore();
      vi.unstubAllEnvs();
      Object.defineProperty(process.versions, "node", real);
    });
    vi.stubEnv("NODE_ENV", "production");
    for (const [version, told] of [
      ["16.20.2", true],
      ["18.20.8", true],
      ["999.0.0", false],
    ] as const) {
      Object.defineProperty(process.versions, "node", { ...real, value: version });
      warn.mockClear();
      await (await serve(new App(), { port: 0, signals: false })).close();
      expect([version, warn.mock.calls.flat().some((line) => String(line).includes("no security fixes"))]).toEqual([
        version,
        told,
      ]);
    }
  });
});
