/** The body of a request of `node:http` piece by piece: while nobody takes a piece, the client is not read any further. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { BodyReadError, BodyTooLargeError } from "../../exchange/index.ts";
import { rawHeader } from "../raw-header.ts";

type Piece = IteratorResult<Uint8Array, undefined>;

const done: Piece = { done: true, value: undefined };

export class NodeBody implements AsyncIterator<Uint8Array, undefined> {
  readonly #message: IncomingMessage;
  readonly #limit: number;
  #size = 0;
  #ended = false;
  #failed: Error | undefined;
  #wake: (() => void) | undefined;

  /**
   * @param reply Once it is sent nobody has a use for the rest, which would stand in the way of the connection's next request.
   * @param ask Asks the client for the body, where it waits for that; not for one that will not be read.
   */
  constructor(message: IncomingMessage, reply: ServerResponse, limit: number, ask: () => void) {
    this.#message = message;
    this.#limit = limit;
    if (Number(rawHeader(message, "content-length") ?? 0) > limit) this.#failed = new BodyTooLargeError(limit);
    else if (!announcesBody(message)) this.#ended = true;
    // Nothing would tell any more that the client left before.
    else if (message.destroyed) this.#failed = cutShort();
    else {
      message.on("readable", this.#look).on("end", this.#end).on("error", this.#break).on("close", this.#break);
      reply.once("finish", () => {
        if (!this.#ended) this.#break();
        message.resume();
      });
      ask();
    }
  }

  async next(): Promise<Piece> {
    for (;;) {
      if (this.#failed !== undefined) throw this.#failed;
      if (this.#ended) return done;
      // All that has arrived, however small the pieces it came in.
      const piece = this.#message.read() as Uint8Array | null;
      if (piece === null) await new Promise<void>((resolve) => (this.#wake = resolve));
      else {
        this.#size += piece.byteLength;
        if (this.#size <= this.#limit) return { done: false, value: piece };
        this.#failed = new BodyTooLargeError(this.#limit);
        this.#end();
      }
    }
  }

  return(): Promise<Piece> {
    this.#end();
    return Promise.resolve(done);
  }

  readonly #look = (): void => this.#wake?.();

  readonly #break = (): void => {
    this.#failed ??= cutShort();
    this.#end();
  };

  readonly #end = (): void => {
    this.#ended = true;
    this.#message.off("readable", this.#look).off("end", this.#end).off("error", this.#break).off("close", this.#break);
    this.#wake?.();
  };
}

/** Whether a body belongs to the request (RFC 9112, section 6.3); where none does, Node may have closed it already. */
export function announcesBody(message: IncomingMessage): boolean {
  return rawHeader(message, "content-length") !== undefined || rawHeader(message, "transfer-encoding") !== undefined;
}

export function cutShort(): BodyReadError {
  return new BodyReadError("The request body ended before it was complete");
}
