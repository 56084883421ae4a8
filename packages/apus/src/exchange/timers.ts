/** Time-outs of requests. Nearly all of them are taken back, so an adapter may have cheaper ones than the platform's. */

export interface Timers {
  /**
   * @param ms Whole milliseconds, at least 1.
   * @returns What `clear` takes.
   */
  set(ms: number, expire: () => void): unknown;
  clear(timer: unknown): void;
}

export const platformTimers: Timers = {
  set: (ms, expire) => setTimeout(expire, ms),
  clear: (timer) => clearTimeout(timer as Parameters<typeof clearTimeout>[0]),
};
