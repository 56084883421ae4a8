/** A web stream as a source for `node:http`, which lets others have their turn. */
import { Pace } from "../../exchange/index.ts";
import { builtin } from "../builtin.ts";

const { Readable } = builtin("node:stream");

/**
 * Node's own (`Readable.fromWeb`) reads on for as long as the stream has something and the client takes it, and nobody else
 * is served meanwhile. The stream is cancelled when it is destroyed, and nothing waits for that: it may take as long as it
 * wants.
 */
export class WebSource extends Readable {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #pace = new Pace();

  constructor(body: ReadableStream<Uint8Array>) {
    super();
    this.#reader = body.getReader();
  }

  override _read(): void {
    void this.#next();
  }

  async #next(): Promise<void> {
    try {
      const rest = this.#pace.rest();
      if (rest !== undefined) await rest;
      const { done, value } = await this.#reader.read();
      this.push(done ? null : value);
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(`${String(error)} was thrown`, { cause: error }));
    }
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    void this.#cancel(error);
    callback(error);
  }

  async #cancel(reason: unknown): Promise<void> {
    try {
      await this.#reader.cancel(reason);
    } catch {
      // Whoever made the stream has told of it.
    }
  }
}
