/** A request of `node:http` as the core sees requests. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { BodyReadError, BodyTooLargeError, type Incoming, type Pairs } from "../exchange/index.ts";
import { clientOf, schemeOf } from "./connection.ts";
import { whenConnectionEnds } from "./connection-end.ts";
import { cutShort, NodeBody } from "./node-body.ts";
import { rawHeader, rawHeaderLines } from "./raw-header.ts";

/** A client may send each byte as a chunk of its own, and each would be an object a hundred times as large. */
const mostPieces = 1024;

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

  read(limit: number): Promise<Uint8Array> {
    const request = this.message;
    return new Promise((resolve, reject) => {
      const announced = Number(rawHeader(request, "content-length") ?? 0);
      if (announced > limit) {
        reject(new BodyTooLargeError(limit));
        return;
      }
      // Nothing would tell any more that the client left while the guards were asked.
      if (request.destroyed) {
        reject(cutShort());
        return;
      }
      this.askForBody();
      const joined: Buffer[] = [];
      const chunks: Buffer[] = [];
      let size = 0;
      const settle = (): void => {
        request.off("data", onData).off("end", onEnd).off("error", onError).off("close", onError);
      };
      const onData = (chunk: Buffer): void => {
        size += chunk.length;
        if (size > limit) {
          settle();
          request.pause();
          reject(new BodyTooLargeError(limit));
        } else if (chunks.push(chunk) === mostPieces) joined.push(Buffer.concat(chunks.splice(0)));
      };
      const onEnd = (): void => {
        settle();
        const all = joined.length === 0 ? chunks : [...joined, ...chunks];
        resolve(all.length === 1 ? all[0]! : Buffer.concat(all, size));
      };
      const onError = (): void => {
        settle();
        reject(cutShort());
      };
      request.on("data", onData).on("end", onEnd).on("error", onError).on("close", onError);
    });
  }

  chunks(limit: number): AsyncIterable<Uint8Array> {
    return {
      [Symbol.asyncIterator]: () => new NodeBody(this.message, this.reply, limit, () => this.askForBody()),
    };
  }
}
