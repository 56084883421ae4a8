/** A request of `node:http` as the core sees requests. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { BodyReadError, BodyTooLargeError, type Incoming, type Pairs, type Timers } from "../../exchange/index.ts";
import { clientOf, schemeOf } from "../connection.ts";
import { whenConnectionEnds } from "./connection-end.ts";
import { announcesBody, cutShort, NodeBody } from "./node-body.ts";
import { isNodeMessage } from "./node-message.ts";
import { timers } from "../deadlines.ts";
import { rawHeader, rawHeaderLines } from "../raw-header.ts";
import { WholeBody } from "./whole-body.ts";

const nothing = new Uint8Array(0);

export class NodeIncoming implements Incoming {
  readonly method: string;
  readonly target: string;
  // Plain fields: one is made for each request, and private names cost time to set up.
  private readonly message: IncomingMessage;
  private readonly reply: ServerResponse;
  private readonly awaited: boolean;
  private readonly keptAlive: boolean;
  private leaving: AbortSignal | undefined = undefined;

  /** @param awaited Whether the client sends the body only when it is asked to: `Expect: 100-continue`. */
  constructor(request: IncomingMessage, response: ServerResponse, awaited: boolean) {
    this.message = request;
    this.reply = response;
    this.awaited = awaited;
    this.keptAlive = response.shouldKeepAlive;
    // Whether the body follows that was not asked for cannot be known. Node ends such a connection by itself, Bun does not.
    if (awaited) response.shouldKeepAlive = false;
    this.method = request.method!;
    this.target = request.url!;
  }

  get timers(): Timers {
    return timers;
  }

  get scheme(): "http" | "https" {
    return schemeOf(this.message.socket);
  }

  get client(): Incoming["client"] {
    return clientOf(this.message.socket);
  }

  /** Made when it is first asked for: most handlers never ask. */
  get signal(): AbortSignal {
    if (this.leaving === undefined) {
      const controller = new AbortController();
      this.leaving = controller.signal;
      const { reply } = this;
      const { socket } = this.message;
      let forget: (() => void) | undefined;
      const leave = (): void => {
        reply.off("close", leave);
        forget?.();
        if (!reply.writableFinished) controller.abort(new BodyReadError("The client left"));
      };
      if (socket.destroyed) leave();
      else {
        reply.once("close", leave);
        // A pipelined answer that waits for its turn is not told when the connection ends.
        forget = whenConnectionEnds(socket, leave);
      }
    }
    return this.leaving;
  }

  private askForBody(): void {
    if (!this.awaited || this.reply.headersSent) return;
    this.reply.shouldKeepAlive = this.keptAlive;
    this.reply.writeContinue();
  }

  header(name: string): string | undefined {
    return rawHeader(this.message, name);
  }

  headerLines(name: string): readonly string[] {
    return rawHeaderLines(this.message, name);
  }

  headers(): Pairs {
    return this.message.rawHeaders.map((each, i) => (i % 2 === 0 ? each.toLowerCase() : each));
  }

  utf8(bytes: Uint8Array): string {
    const buffer = bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return buffer.toString();
  }

  read(limit: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => this.collect(limit, resolve, reject));
  }

  collect(limit: number, resolve: (bytes: Uint8Array) => void, reject: (error: unknown) => void): void {
    const request = this.message;
    const length = rawHeader(request, "content-length");
    const announced = Number(length ?? 0);
    if (announced > limit) {
      reject(new BodyTooLargeError(limit));
      return;
    }
    // Such a request may be over for Node before anybody asks for its body.
    if (!announcesBody(request)) {
      resolve(nothing);
      return;
    }
    // Nothing would tell any more that the client left while the guards were asked.
    if (request.destroyed) {
      reject(cutShort());
      return;
    }
    this.askForBody();
    const whole = new WholeBody(request, limit, resolve, reject);
    if (!isNodeMessage(request) || !request.collect(whole)) whole.listen();
  }

  chunks(limit: number): AsyncIterable<Uint8Array> {
    return {
      [Symbol.asyncIterator]: () => new NodeBody(this.message, this.reply, limit, () => this.askForBody()),
    };
  }
}
