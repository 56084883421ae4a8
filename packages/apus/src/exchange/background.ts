/** Work for after the answer: `background.add(sendEmail, address)`. */

/** What a handler or a dependency asks to be done once the answer is sent. */
export interface Background {
  /**
   * Adds work. It runs when the answer is on its way, one after the other in the order of adding, before request-scoped
   * dependencies are left. The first that fails ends the rest; what was added is dropped where the request fails.
   * @example background.add(writeLog, "sent");
   */
  add<A extends readonly unknown[]>(work: (...args: A) => unknown, ...args: A): void;
}

/** The list behind `Background`. */
export class BackgroundTasks implements Background {
  readonly #tasks: (() => unknown)[] = [];

  add<A extends readonly unknown[]>(work: (...args: A) => unknown, ...args: A): void {
    if (typeof work !== "function") throw new TypeError("background.add(work, …arguments) takes a function first.");
    this.#tasks.push(() => work(...args));
  }

  /** Runs what was added, and what the work itself adds. @throws What the first that fails throws. */
  async run(): Promise<void> {
    for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) await task();
  }
}
