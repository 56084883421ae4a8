/** Answers handshakes with 101 by the `ws` package, which is loaded with the first of them: an app without sockets does not pay for it. */
import type { IncomingMessage } from "node:http";
import type { WebSocketServer } from "ws";
import { checkedHeader, type Acceptance, type Pairs } from "../../exchange/index.ts";
import type { Handshake } from "./handshake.ts";
import { Heartbeat } from "./heartbeat.ts";
import type { PendingHandshake } from "./node-upgrade.ts";
import { WsChannel, type Owner } from "./ws-channel.ts";

/** How long a client may take to answer the end of a connection, in ms. */
const closeTimeout = 10_000;
/** How many pings of a client may wait for their pongs to be sent; one that sends more without reading is closed. */
const maxPendingAutoPongs = 60;
/** `ws` reads limits as numbers of 32 bits, where a larger one would mean none. */
const largestMessage = 2 ** 31 - 1;

/** Headers that are the handshake's own. */
const own = /^(?:connection|upgrade|content-length|transfer-encoding|sec-websocket-.*)$/;

/** What `ws` is told of a request: what was read of it, and nothing else. */
interface Told {
  readonly method: "GET";
  readonly headers: Readonly<Record<string, string>>;
  /** The further headers of the answer. */
  readonly lines: readonly string[];
}

export class WsAcceptor {
  readonly #heartbeat = new Heartbeat();
  /** By the largest message. */
  readonly #servers = new Map<number, WebSocketServer>();
  #loading: Promise<typeof WebSocketServer> | undefined;

  /** Loads what accepts handshakes; to be awaited before `accept`. */
  load(): Promise<typeof WebSocketServer> {
    return (this.#loading ??= import("ws")
      .then((ws) => ws.WebSocketServer)
      .catch((error: unknown) => {
        // Nobody is refused for what may be over by then: a limit of open files, an installation under way.
        this.#loading = undefined;
        throw error;
      }));
  }

  /**
   * @returns The channel, or undefined where the client has left.
   * @throws ApusError for a header that no answer can have; the connection is still the handshake's then.
   */
  accept(
    Server: typeof WebSocketServer,
    { key }: Handshake,
    pending: PendingHandshake,
    acceptance: Acceptance,
    owner: Owner,
  ): WsChannel | undefined {
    const { subprotocol, pingInterval } = acceptance;
    const told: Told = {
      method: "GET",
      headers: {
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": key,
        ...(subprotocol !== undefined && { "sec-websocket-protocol": subprotocol }),
      },
      lines: linesOf(acceptance.headers),
    };
    const server = this.#server(Server, acceptance.maxMessageSize);
    const { socket, head } = pending.release();
    let channel: WsChannel | undefined;
    // Header values are Latin-1; `ws` leaves it to the socket how text is written.
    socket.setDefaultEncoding("latin1");
    server.handleUpgrade(
      told as unknown as IncomingMessage,
      socket,
      head,
      (ws) => void (channel = new WsChannel(ws, socket, acceptance, owner)),
    );
    socket.setDefaultEncoding("utf8");
    // The server may have stopped reading while the handshake waited for its answer.
    socket.resume();
    if (channel !== undefined && pingInterval !== null) channel.beatsUntilEnd(this.#heartbeat, pingInterval);
    return channel;
  }

  #server(Server: typeof WebSocketServer, maxMessageSize: number): WebSocketServer {
    const maxPayload = Math.min(Math.max(1, maxMessageSize), largestMessage);
    let server = this.#servers.get(maxPayload);
    if (server === undefined) {
      // Each piece that arrives takes some room besides its bytes; no honest client sends them one by one.
      const maxBufferedChunks = Math.min(Math.max(1_024, Math.ceil(maxPayload / 64)), 262_144);
      const options = {
        noServer: true,
        clientTracking: false,
        perMessageDeflate: false,
        maxPayload,
        maxBufferedChunks,
        maxPendingAutoPongs,
        closeTimeout,
      };
      server = new Server(options);
      server.on("headers", (lines, request) => void lines.push(...(request as unknown as Told).lines));
      this.#servers.set(maxPayload, server);
    }
    return server;
  }
}

function linesOf(headers: Pairs): readonly string[] {
  const lines: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const name = checkedHeader(headers[i]!, headers[i + 1]!);
    if (!own.test(name)) lines.push(`${name}: ${headers[i + 1]}`);
  }
  return lines;
}
