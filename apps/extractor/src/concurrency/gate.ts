// Bounds how much work runs at once: opening files, decoding pictures. Work that waits can be abandoned by a signal.

/** Lets at most `width` tasks run at the same time; the others wait in order. */
export class Gate {
  readonly #width: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** @param width how many tasks may run at once, a positive integer */
  constructor(width: number) {
    if (!Number.isInteger(width) || width < 1)
      throw new RangeError(`a gate needs a positive whole number, got ${width}`);
    this.#width = width;
  }

  /**
   * Runs `task` when there is room and gives its result.
   * When `signal` aborts while the task still waits, it is never started and the signal's reason is thrown.
   */
  async run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    if (this.#running >= this.#width) await this.#turn(signal);
    else this.#running += 1;
    try {
      return await task();
    } finally {
      // The place is handed to the next in line, so that a newcomer cannot overtake it.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(signal?.reason);
      };
      this.#waiting.push(enter);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }
}

/**
 * Applies `task` to every item, `width` of them at a time, and gives the results in the order of the items.
 * The first failure stops further items from being started and is thrown once those under way have ended.
 */
export async function mapBounded<T, R>(
  items: readonly T[],
  width: number,
  task: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let position = 0;
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    while (position < items.length && failures.length === 0) {
      const index = position++;
      try {
        results[index] = await task(items[index] as T, index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
