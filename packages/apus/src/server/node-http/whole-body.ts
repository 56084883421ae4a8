/** The whole body of a request of `node:http`, counted while it arrives. */
import type { IncomingMessage } from "node:http";
import { BodyTooLargeError } from "../../exchange/index.ts";
import { cutShort } from "./node-body.ts";
import type { Collector } from "./node-message.ts";
import { isNodeMessage } from "./node-message.ts";

/** A client may send each byte as a chunk of its own, and each would be an object a hundred times as large. */
const mostPieces = 1024;

export class WholeBody implements Collector {
  readonly #message: IncomingMessage;
  readonly #limit: number;
  readonly #resolve: (bytes: Uint8Array) => void;
  readonly #reject: (error: unknown) => void;
  /** The first piece, which is nearly always the only one. */
  #first: Buffer | undefined = undefined;
  #more: Buffer[] | undefined = undefined;
  #joined: Buffer[] | undefined = undefined;
  #size = 0;
  #listens = false;

  constructor(
    message: IncomingMessage,
    limit: number,
    resolve: (bytes: Uint8Array) => void,
    reject: (error: unknown) => void,
  ) {
    this.#message = message;
    this.#limit = limit;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Takes the pieces from the stream, where they do not come by themselves. */
  listen(): void {
    this.#listens = true;
    this.#message.on("data", this.#onData).on("end", this.#onEnd).on("error", this.#onError).on("close", this.#onError);
  }

  piece(bytes: Buffer): void {
    this.#size += bytes.length;
    if (this.#size > this.#limit) {
      this.#letGo();
      this.#reject(new BodyTooLargeError(this.#limit));
    } else if (this.#first === undefined) this.#first = bytes;
    else {
      const more = (this.#more ??= [this.#first]);
      if (more.push(bytes) === mostPieces) (this.#joined ??= []).push(Buffer.concat(more.splice(0)));
    }
  }

  end(): void {
    this.#letGo();
    if (this.#more === undefined) this.#resolve(this.#first ?? Buffer.alloc(0));
    else this.#resolve(Buffer.concat([...(this.#joined ?? []), ...this.#more], this.#size));
  }

  fail(): void {
    this.#letGo();
    this.#reject(cutShort());
  }

  /** Nobody takes what comes now: the client is not read any further. */
  #letGo(): void {
    if (isNodeMessage(this.#message)) this.#message.release();
    if (!this.#listens) return;
    this.#listens = false;
    const { complete, destroyed } = this.#message;
    this.#message
      .off("data", this.#onData)
      .off("end", this.#onEnd)
      .off("error", this.#onError)
      .off("close", this.#onError);
    if (!complete && !destroyed) this.#message.pause();
  }

  readonly #onData = (bytes: Buffer): void => this.piece(bytes);
  readonly #onEnd = (): void => this.end();
  readonly #onError = (): void => this.fail();
}
