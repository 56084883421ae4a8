/** Lets everything else have its turn while something is done over and over that never waits. */

/** In ms: how long others may be kept waiting. */
const longestTurn = 2;

/** Where there is `setImmediate`, a timer that is due again and again would keep sockets waiting: it is one phase of many. */
const later = (turn: () => void): void => {
  const { setImmediate } = globalThis as { readonly setImmediate?: (turn: () => void) => unknown };
  if (setImmediate === undefined) setTimeout(turn, 0);
  else setImmediate(turn);
};

/**
 * Promises that are settled already never let timers, sockets and other requests have their turn: a body that is made as fast
 * as its client reads would hold up the whole server.
 */
export class Pace {
  #began = 0;
  #turn: Promise<void> | undefined;

  /** What is to be waited for before going on; undefined where others had their turn lately. */
  rest(): Promise<void> | undefined {
    if (this.#turn !== undefined) return performance.now() - this.#began < longestTurn ? undefined : this.#turn;
    this.#began = performance.now();
    this.#turn = new Promise<void>((resolve) => {
      later(() => {
        this.#turn = undefined;
        resolve();
      });
    });
    return undefined;
  }
}
