/** Sockets as clients see them: in process through `testClient`, and through a real server with the client of `ws`. */
import { once } from "node:events";
import { App, socket, WebSocketDisconnect, type AppOptions, type Socket } from "apus";
import { testClient, WebSocketDenial, type TestWebSocketInit } from "apus/testing";
import { describe, onTestFinished } from "vitest";
import { WebSocket } from "ws";
import { serve } from "../serve.ts";

/** What arrives: a message, or the end. */
export type Arrived = string | Uint8Array | { readonly code: number; readonly reason: string };

export interface Client {
  readonly subprotocol: string | undefined;
  /** The headers of the 101, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  send(data: string | Uint8Array): Promise<void>;
  /** The next message, or how the connection ended. */
  next(): Promise<Arrived>;
  /** Leaves; in process it waits for the handler. */
  close(code?: number, reason?: string): Promise<void>;
  /** Leaves without a word. */
  cut(): Promise<void>;
}

/** An answer in place of the connection. */
export interface Refused {
  readonly status: number;
  readonly body: string;
}

export type Connect = (
  app: App,
  path: string,
  init?: Pick<TestWebSocketInit, "subprotocols"> & Headers,
) => Promise<Client>;
interface Headers {
  readonly headers?: Readonly<Record<string, string>>;
}

export class Refusal extends Error {
  readonly refused: Refused;
  constructor(refused: Refused) {
    super(`${refused.status} ${refused.body}`);
    this.refused = refused;
  }
}

/** An app with one socket at `/ws`. */
export const serving = (handler: (socket: Socket) => unknown, options: AppOptions = {}): App =>
  new App(options).include({ ws: socket("/ws", handler) });

/** What a call throws or rejects with, in words. */
export async function failure(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    return error instanceof WebSocketDisconnect ? `WebSocketDisconnect ${error.code}` : String(error);
  }
  return "nothing";
}

/** A promise that others settle. */
export function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

/** What refused a handshake. @throws Error where it was accepted. */
export async function refused(connecting: Promise<Client>): Promise<Refused> {
  try {
    await connecting;
  } catch (error) {
    if (error instanceof Refusal) return error.refused;
    throw error;
  }
  throw new Error("the handshake was accepted");
}

/** Declares the same tests for both ways. */
export function bothWays(name: string, declare: (connect: Connect, way: "in process" | "a server") => void): void {
  describe(`${name}, in process`, () => declare(inProcess, "in process"));
  describe(`${name}, through a server`, () => declare(overNetwork, "a server"));
}

const inProcess: Connect = async (app, path, init = {}) => {
  const client = testClient(app, { raiseServerErrors: false });
  const socket = await client.websocket(path, init).catch((error: unknown) => {
    if (!(error instanceof WebSocketDenial)) throw error;
    throw new Refusal({ status: error.response.status, body: error.response.text });
  });
  return {
    subprotocol: socket.subprotocol,
    headers: Object.fromEntries(socket.headers),
    send: (data) => (typeof data === "string" ? socket.sendText(data) : socket.sendBytes(data)),
    next: () => socket.receive().catch(({ code, reason }: { code: number; reason: string }) => ({ code, reason })),
    close: (code, reason) => socket.close(code, reason),
    cut: () => socket.cut(),
  };
};

const overNetwork: Connect = async (app, path, { subprotocols = [], headers = {} } = {}) => {
  const server = await serve(app, { port: 0, signals: false, drainTimeout: 500 });
  onTestFinished(() => server.close());
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, [...subprotocols], { headers });
  const arrived: Arrived[] = [];
  let wake = (): void => {};
  const arrive = (what: Arrived): void => {
    arrived.push(what);
    wake();
  };
  socket.on("message", (data: Buffer, binary) => arrive(binary ? new Uint8Array(data) : data.toString()));
  socket.on("close", (code, reason) => arrive({ code, reason: reason.toString() }));
  socket.on("error", () => {});
  let upgrade: Readonly<Record<string, string>> = {};
  socket.on("upgrade", (response) => (upgrade = response.headers as Record<string, string>));
  await new Promise<void>((resolve, reject) => {
    socket.on("open", resolve);
    socket.on("error", reject);
    socket.on("unexpected-response", (_, response) => {
      let body = "";
      response.on("data", (part) => (body += String(part)));
      response.on("end", () => reject(new Refusal({ status: response.statusCode!, body })));
    });
  });
  return {
    subprotocol: socket.protocol === "" ? undefined : socket.protocol,
    headers: upgrade,
    send: (data) =>
      new Promise((resolve, reject) =>
        socket.send(data, (error) => (error instanceof Error ? reject(error) : resolve())),
      ),
    async next() {
      while (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return arrived.shift()!;
    },
    async close(code = 1000, reason = "") {
      if (socket.readyState === WebSocket.CLOSED) return;
      const closed = once(socket, "close");
      socket.close(code, reason);
      await closed;
    },
    cut: () => {
      socket.terminate();
      return Promise.resolve();
    },
  };
};
