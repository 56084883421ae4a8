import { describe, expect, it } from "vitest";
import type { App } from "../../app/index.ts";
import type { Answer } from "../../exchange/index.ts";
import { settingsOf } from "../options.ts";
import { Connection } from "./connection.ts";
import { Http1Server } from "./server.ts";
import type { Bytes, Transport } from "./transport.ts";

/** A connection of a client that takes what it takes, and an App whose answers are made when they may. */
function connected({ takes = true, at = "once" }: { takes?: boolean; at?: "once" | "never" }) {
  const client = {
    remoteAddress: "192.0.2.7",
    remotePort: 9,
    paused: false,
    ended: false,
    written: "",
    write(text: string, tail: string): boolean {
      this.written += text + tail;
      return takes;
    },
    writeBytes(bytes: Uint8Array): boolean {
      this.written += Buffer.from(bytes).toString("latin1");
      return takes;
    },
    shutdown(): void {
      this.ended = true;
    },
    end(): void {
      this.ended = true;
    },
    terminate(): void {
      this.ended = true;
    },
    taken: 0,
    reset(): void {
      this.ended = true;
    },
    pause(): void {
      this.paused = true;
    },
    resume(): void {
      this.paused = false;
    },
  } satisfies Transport & Record<string, unknown>;
  let handled = 0;
  const answer: Answer = { status: 200, headers: [], body: "x".repeat(100) };
  const app = {
    options: {},
    handle(): Answer | Promise<Answer> {
      handled++;
      return at === "once" ? answer : new Promise(() => {});
    },
  } as unknown as App;
  const server = new Http1Server(app, settingsOf({}), () => Promise.reject(new Error("no listener")));
  const connection = new Connection(client, server);
  /** Sends something again and again until the client is not read any more. @returns How many bytes were taken. */
  const flood = (first: string, unit: string): number => {
    connection.take(Buffer.from(first, "latin1") as Bytes);
    let taken = 0;
    while (!client.paused && !client.ended && taken < 10_000_000) {
      connection.take(Buffer.from(unit, "latin1") as Bytes);
      taken += unit.length;
    }
    return taken;
  };
  return { client, connection, flood, handled: () => handled };
}

const get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const post = "POST / HTTP/1.1\r\nHost: a\r\n";
const kib = 1024;

describe("a client is not read any further", () => {
  it("when so many of its requests wait for their answers", () => {
    const { flood, client, handled } = connected({ at: "never" });
    expect(flood("", get.repeat(10))).toBeLessThan(100 * get.length + 66 * kib);
    expect([client.paused, handled()]).toEqual([true, 100]);
  });

  it.each([
    ["of a known length", "Content-Length: 100000000", "x".repeat(1000)],
    ["in chunks", "Transfer-Encoding: chunked", `64\r\n${"x".repeat(100)}\r\n`],
    ["in chunks of one byte", "Transfer-Encoding: chunked", "1\r\nx\r\n"],
  ])("when nobody takes a body %s", (_, header, unit) => {
    const { flood, client } = connected({ at: "never" });
    const content = unit.replaceAll(/[^x]/g, "").length;
    expect(flood(`${post}${header}\r\n\r\n`, unit) * (content / unit.length)).toBeLessThan(66 * kib);
    expect(client.paused).toBe(true);
  });

  it("when it does not take its answers, and is again when it does", () => {
    const { flood, client, connection, handled } = connected({ takes: false });
    flood("", get);
    expect([client.paused, handled()]).toEqual([true, 1]);
    connection.drained();
    expect(client.paused).toBe(false);
  });
});

it.each([
  ["empty lines", "", "\r\n"],
  ["a request line", "GET /", "a"],
  ["header lines", "GET / HTTP/1.1\r\n", "a:\r\n"],
  ["a header line", "GET / HTTP/1.1\r\na:", "b"],
])("%s without an end are refused", (_, first, unit) => {
  const { flood, client } = connected({});
  expect(flood(first, unit)).toBeLessThan(17 * kib);
  expect(client.written).toMatch(/^HTTP\/1\.1 4(?:00|31) /);
  expect(client.ended).toBe(true);
});

it("each head has its own time, also of a client that always has one under way", () => {
  const { connection } = connected({});
  connection.take(Buffer.from("GET / HT") as Bytes);
  const first = connection.deadline;
  connection.deadline = 0;
  connection.take(Buffer.from("TP/1.1\r\nHost: a\r\n\r\nGET / HT") as Bytes);
  expect(connection.deadline).toBeGreaterThanOrEqual(first);
  connection.deadline = 0;
  connection.take(Buffer.from("TP/1.1\r\n") as Bytes);
  expect(connection.deadline).toBe(0);
});
