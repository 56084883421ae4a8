/** A server whose sockets are in the hands of a test, and clients that write what they like. */
import { App } from "apus";
import { serve, type ServeOptions, type Serving } from "apus/server";
import { beforeEach, describe, onTestFinished } from "vitest";
import { wire, type Wire } from "../wire.ts";

/** What `App.connect` does, with the types that an adapter sees. */
export type Connect = App["connect"];
export type Exchange = Parameters<Connect>[0];
export type Upgrade = Parameters<Connect>[1];
export type Channel = Awaited<ReturnType<Upgrade["accept"]>>;
type Acceptance = Parameters<Upgrade["accept"]>[0];

/** Accepts with limits that no test reaches unless it says so. */
export function accept(upgrade: Upgrade, acceptance: Partial<Acceptance> = {}): Promise<Channel> {
  return upgrade.accept({
    subprotocol: undefined,
    headers: [],
    maxMessageSize: 1024 * 1024,
    maxQueued: 1024 * 1024,
    pingInterval: null,
    ...acceptance,
  });
}

/** Sends back what it gets until the connection ends. */
export async function echo(channel: Channel): Promise<undefined> {
  for (;;) {
    const arrival = await channel.receive();
    if (arrival.kind === "closed") return undefined;
    await channel.send(arrival.data).catch(() => {});
  }
}

/** What reads HTTP in the tests that run. */
let engine: Engine = "apus";
type Engine = NonNullable<ServeOptions["engine"]>;

/** On Bun sockets are open over `node:http` alone, which `ws` needs there. */
const engines: readonly Engine[] = process.versions["bun"] === undefined ? ["apus", "node:http"] : ["node:http"];

/** Declares the same tests for both of what reads HTTP: a file has nothing else. */
export function overBoth(declare: (engine: Engine) => void): void {
  describe.each(engines)("engine %s", (each) => {
    beforeEach(() => void (engine = each));
    declare(each);
  });
}

/** Serves an app; it is closed after the test. */
export async function served(app: App, options: ServeOptions): Promise<Serving> {
  const server = await serve(app, { port: 0, signals: false, engine, ...options });
  onTestFinished(() => server.close());
  return server;
}

/** Serves an app whose handshakes go to `connect`; it is closed after the test. */
export function serving(connect: Connect, options: ServeOptions = {}, app = new App()): Promise<Serving> {
  app.connect = connect;
  return served(app, { drainTimeout: 200, closeTimeout: 2_000, ...options });
}

export const key = "dGhlIHNhbXBsZSBub25jZQ==";

/** A handshake as text, with headers put in place of its own (null for none) or added. */
export function handshake(changed: Readonly<Record<string, string | null>> = {}, line = "GET /ws HTTP/1.1"): string {
  const headers: Record<string, string | null> = {
    Host: "localhost",
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": key,
    ...changed,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return [line, ...lines, "", ""].join("\r\n");
}

/** A frame of a client as Latin-1 text. The mask of zeros leaves the content readable. */
export function frame(opcode: number, content = "", { fin = true, rsv = 0, masked = true } = {}): string {
  const size = content.length;
  const length =
    size < 126 ? [size] : size < 65_536 ? [126, size >> 8, size & 255] : [127, 0, 0, 0, 0, ...bytesOf(size)];
  length[0]! |= masked ? 0x80 : 0;
  const mask = masked ? "\0\0\0\0" : "";
  return String.fromCharCode((fin ? 0x80 : 0) | (rsv << 4) | opcode, ...length) + mask + content;
}

function bytesOf(size: number): number[] {
  return [size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255];
}

/** The content of a close frame. */
export function closing(code: number, reason = ""): string {
  return String.fromCharCode(code >> 8, code & 255) + reason;
}

/** Waits until a server has sent a frame. */
export async function sees(client: Wire, opcode: number, content = ""): Promise<void> {
  const bytes = frame(opcode, content, { masked: false });
  await client.until(new RegExp(bytes.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)));
}

export interface Frame {
  readonly opcode: number;
  readonly content: string;
}

/** The frames in what a server sent behind the headers of its 101; an incomplete one at the end is left out. */
export function frames(received: string): Frame[] {
  const found: Frame[] = [];
  let at = received.indexOf("\r\n\r\n") + 4;
  const byte = (i: number): number => received.charCodeAt(at + i);
  while (at + 2 <= received.length) {
    let size = byte(1) & 0x7f;
    let head = 2;
    if (size === 126) [size, head] = [byte(2) * 256 + byte(3), 4];
    else if (size === 127) [size, head] = [byte(6) * 2 ** 24 + byte(7) * 2 ** 16 + byte(8) * 256 + byte(9), 10];
    if (at + head + size > received.length) break;
    found.push({ opcode: byte(0) & 0x0f, content: received.slice(at + head, at + head + size) });
    at += head + size;
  }
  return found;
}

/** The close code that a server sent, or undefined. */
export function closeCode(received: string): number | undefined {
  const found = frames(received).find(({ opcode }) => opcode === 8);
  return found && found.content.charCodeAt(0) * 256 + found.content.charCodeAt(1);
}

/** A raw connection that has been upgraded. */
export async function upgraded(
  server: Serving,
  more = "",
  changed: Parameters<typeof handshake>[0] = {},
): Promise<Wire> {
  const client = await wire(server);
  client.send(handshake(changed) + more);
  await client.until(/^HTTP\/1\.1 101 [^]*?\r\n\r\n/);
  return client;
}
