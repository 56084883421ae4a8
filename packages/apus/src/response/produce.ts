/** The body of an answer that is made while it is sent: an iterable, asked for its next item when the client has taken the last. */
import { endedBy, Pace, type Exchange } from "../exchange/index.ts";

/** Where items come from. */
export type Source<T> = Iterable<T> | AsyncIterable<T> | ReadableStream<T>;

/** How items are sent. */
interface Sending<T> {
  /** The bytes of an item; none where it has nothing to say. */
  readonly bytesOf: (item: T) => Uint8Array;
  /** What is sent where no item comes, and after how many ms. */
  readonly keepAlive?: { readonly bytes: Uint8Array; readonly every: number } | undefined;
}

/** Whether items can be asked for. A text is one value, although it can be iterated. */
export function isSource(value: unknown): value is Source<unknown> {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return false;
  return value instanceof ReadableStream || Symbol.asyncIterator in value || Symbol.iterator in value;
}

/**
 * @returns `body`, which begins when it is first read; one that is cancelled before closes the source unasked. `after`
 *   settles when the source has let go of everything: what it uses is closed only then.
 * @throws TypeError for a ReadableStream that is being read already.
 */
export function produce<T>(
  source: Source<T>,
  sending: Sending<T>,
  exchange: Exchange,
): { readonly body: ReadableStream<Uint8Array>; readonly after: () => Promise<void> } {
  const production = new Production(iteratorOf(source), sending, exchange);
  return { body: production.body(), after: () => production.closed };
}

type Steps<T> = Pick<AsyncIterator<T> | Iterator<T>, "next" | "return">;

function iteratorOf<T>(source: Source<T>): Steps<T> {
  // Not every runtime can iterate streams, and what is cancelled has to be so at once.
  if (source instanceof ReadableStream) return readerOf(source);
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
}

function readerOf<T>(stream: ReadableStream<T>): Steps<T> {
  const reader = stream.getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<T>>,
    async return(): Promise<IteratorResult<T>> {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}

const late = Symbol("late");

class Production<T> {
  readonly #steps: Steps<T>;
  readonly #sending: Sending<T>;
  readonly #exchange: Exchange;
  readonly #pace = new Pace();
  readonly #signal: AbortSignal;
  /** The item that has been asked for. A ping goes out while it is waited for. */
  #next: Promise<IteratorResult<T>> | undefined;
  /** Whether it has settled. */
  #here = false;
  /** Ends the wait for it. */
  #arrived: () => void = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether nobody asks for items any more. */
  #over = false;
  #settle!: () => void;
  /** Settles when the source is closed. */
  readonly closed = new Promise<void>((resolve) => (this.#settle = resolve));
  #leave: () => void = () => {};

  constructor(steps: Steps<T>, sending: Sending<T>, exchange: Exchange) {
    this.#steps = steps;
    this.#sending = sending;
    this.#exchange = exchange;
    this.#signal = exchange.course.signal;
  }

  body(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#leave = () => {
            controller.error(this.#signal.reason);
            this.#close();
          };
          if (this.#signal.aborted) this.#leave();
          else this.#signal.addEventListener("abort", this.#leave, { once: true });
        },
        pull: (controller) => this.#pull(controller),
        cancel: () => {
          this.#close();
          return this.closed;
        },
      },
      // Nothing is asked for before it is wanted: not for HEAD, and not while a client does not read.
      { highWaterMark: 0 },
    );
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    try {
      for (;;) {
        await this.#pace.rest();
        if (this.#over) return;
        this.#next ??= this.#ask();
        const step = await this.#within(this.#next);
        if (this.#over) return;
        if (step === late) return controller.enqueue(this.#sending.keepAlive!.bytes);
        this.#next = undefined;
        if (step.done === true) {
          this.#end();
          this.#settle();
          return controller.close();
        }
        const bytes = this.#sending.bytesOf(step.value);
        // An empty piece would end the chunks of HTTP/1.1.
        if (bytes.byteLength > 0) return controller.enqueue(bytes);
      }
    } catch (error) {
      if (this.#over) return;
      this.#tell(error);
      this.#exchange.course.broken = { error };
      if (this.#next === undefined) this.#close();
      else {
        // What threw is closed.
        this.#end();
        this.#settle();
      }
      throw error;
    }
  }

  #ask(): Promise<IteratorResult<T>> {
    const next = this.#step();
    if (this.#sending.keepAlive === undefined) return next;
    this.#here = false;
    // Once for the item, not for each wait: what is attached to a promise stays there until it settles, which may be days.
    const arrived = (): void => {
      this.#here = true;
      this.#arrived();
    };
    void next.then(arrived, arrived);
    return next;
  }

  async #step(): Promise<IteratorResult<T>> {
    return this.#steps.next();
  }

  /** The item, or `late` where it does not come before the client is to be told that there is somebody. */
  #within(next: Promise<IteratorResult<T>>): Promise<IteratorResult<T> | typeof late> {
    const { keepAlive } = this.#sending;
    if (keepAlive === undefined || this.#here) return next;
    return new Promise((resolve) => {
      this.#timer = setTimeout(() => resolve(late), keepAlive.every);
      this.#arrived = () => {
        clearTimeout(this.#timer);
        resolve(next);
      };
    });
  }

  /** Asks for nothing any more. */
  #end(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#signal.removeEventListener("abort", this.#leave);
  }

  /** Closes the source before its end. A generator at work hears of it when it has settled. */
  #close(): void {
    if (this.#over) return;
    this.#end();
    void this.#letGo().then(this.#settle);
  }

  async #letGo(): Promise<void> {
    // What it still rejects with is told below, or was.
    const asked = this.#next?.catch((error: unknown) => this.#tell(error));
    // Not in the midst of a generator that runs: it cannot be closed there.
    await Promise.resolve();
    try {
      await (this.#steps.return === undefined ? asked : this.#steps.return());
    } catch (error) {
      this.#tell(error);
    }
  }

  /** Reports an error, unless it only says that the request has ended. */
  #tell(error: unknown): void {
    const { course } = this.#exchange;
    if (course.ended === undefined || !endedBy(course.ended, error)) this.#exchange.tell(error);
  }
}
