/**
 * Time-outs of which there are many of the same length, nearly all taken back before their time, as each request has them. Those
 * of one length expire in the order in which they were set: one timer of the platform, for the oldest, does for all.
 */
import type { Timers } from "../exchange/index.ts";

/** One time-out; a link of the list of its length. */
class Deadline {
  readonly at: number;
  readonly list: List;
  expire: (() => void) | undefined;
  previous: Deadline | undefined;
  next: Deadline | undefined;

  constructor(list: List, at: number, expire: () => void) {
    this.list = list;
    this.at = at;
    this.expire = expire;
    this.previous = list.last;
    this.next = undefined;
  }
}

class List {
  first: Deadline | undefined = undefined;
  last: Deadline | undefined = undefined;
  timer: NodeJS.Timeout | undefined = undefined;
  readonly #ms: number;

  constructor(ms: number) {
    this.#ms = ms;
  }

  add(expire: () => void): Deadline {
    const added = new Deadline(this, performance.now() + this.#ms, expire);
    if (this.last !== undefined) this.last.next = added;
    else {
      this.first = added;
      // The timer goes on when the list has become empty; only then it keeps no process alive.
      if (this.timer === undefined) this.#wait(this.#ms);
      else this.timer.ref();
    }
    return (this.last = added);
  }

  remove(deadline: Deadline): void {
    const { previous, next } = deadline;
    if (previous === undefined) this.first = next;
    else previous.next = next;
    if (next === undefined) this.last = previous;
    else next.previous = previous;
    if (this.first === undefined) this.timer?.unref();
  }

  #wait(ms: number): void {
    this.timer = setTimeout(this.#look, ms);
  }

  readonly #look = (): void => {
    this.timer = undefined;
    // A timer may fire a moment before the clock says so.
    const now = performance.now() + 1;
    for (let each = this.first; each !== undefined && each.at <= now; each = this.first) {
      const { expire } = each;
      timers.clear(each);
      try {
        expire?.();
      } catch (error) {
        // As with a timer of its own, nobody is there to catch it.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
    if (this.first !== undefined) this.#wait(Math.max(1, Math.ceil(this.first.at - now + 1)));
  };
}

let lists = new Map<number, List>();
/** Who replaces the clock, as tests do, gets lists of their own. */
let clock = setTimeout;

export const timers: Timers = {
  set(ms, expire) {
    if (clock !== setTimeout) {
      clock = setTimeout;
      lists = new Map();
    }
    let list = lists.get(ms);
    if (list === undefined) lists.set(ms, (list = new List(ms)));
    return list.add(expire);
  },
  clear(timer) {
    if (!(timer instanceof Deadline) || timer.expire === undefined) return;
    timer.expire = undefined;
    timer.list.remove(timer);
  },
};
