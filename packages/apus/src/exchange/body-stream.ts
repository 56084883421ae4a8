/**
 * A body piece by piece, for one reader: no faster than the pieces are taken, no longer than each may be waited for, and no
 * further once the request is over.
 */
import type { Course } from "./course.ts";
import { BodyTimeoutError } from "./errors.ts";

type Piece = IteratorResult<Uint8Array, undefined>;

const done: Piece = { done: true, value: undefined };

export class BodyStream implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #timeout: number | null;
  #failed: { readonly error: unknown } | undefined;
  #ended = false;
  /** Settles what is waited for at present. */
  #stopWaiting: (() => void) | undefined;

  /** @param timeout Longest wait for the next piece, in ms; null for none. */
  constructor(pieces: AsyncIterator<Uint8Array>, timeout: number | null, course: Course) {
    this.#pieces = pieces;
    this.#timeout = timeout;
    course.stopsReading((reason) => this.#fail(reason));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** One call at a time, as `for await` does it. */
  next(): Promise<Piece> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed.error);
    if (this.#ended) return Promise.resolve(done);
    return new Promise((resolve, reject) => {
      const timeout = this.#timeout;
      const timer = timeout === null ? undefined : setTimeout(() => this.#fail(new BodyTimeoutError(timeout)), timeout);
      this.#stopWaiting = () => {
        clearTimeout(timer);
        this.#stopWaiting = undefined;
        if (this.#failed !== undefined) reject(this.#failed.error);
        else resolve(done);
      };
      this.#pieces.next().then(
        (piece) => {
          if (this.#stopWaiting === undefined) return;
          if (piece.done === true) return this.#end();
          clearTimeout(timer);
          this.#stopWaiting = undefined;
          resolve(piece);
        },
        (error: unknown) => this.#fail(error),
      );
    });
  }

  /** Lets go of the rest. */
  return(): Promise<Piece> {
    this.#end();
    return Promise.resolve(done);
  }

  #fail(error: unknown): void {
    if (this.#ended) return;
    this.#failed = { error };
    this.#end();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    void this.#pieces.return?.().catch(() => {});
    this.#stopWaiting?.();
  }
}

/** A body that is there already, as its only piece. */
export async function* onePiece(body: Promise<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  const bytes = await body;
  if (bytes.byteLength > 0) yield bytes;
}
