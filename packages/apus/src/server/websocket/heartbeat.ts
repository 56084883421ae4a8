/** The pulse of open sockets: one timer for all that have the same interval, however many there are. */

/** What has a pulse. */
export interface Beating {
  /** Called once in each interval. */
  beat(): void;
}

/** Into how many parts an interval is divided, so that not all sockets are pinged at once. */
const parts = 10;

/** Everything with one interval. */
class Ring {
  readonly slots: readonly Set<Beating>[] = Array.from({ length: parts }, () => new Set());
  /** The slot whose turn comes next. */
  at = 0;

  get empty(): boolean {
    return this.slots.every(({ size }) => size === 0);
  }

  turn(): void {
    const slot = this.slots[this.at]!;
    this.at = (this.at + 1) % parts;
    for (const each of slot) each.beat();
  }
}

export class Heartbeat {
  readonly #rings = new Map<number, Ring>();

  /**
   * Calls `beat` in each interval, from the next one on.
   * @param interval In ms.
   * @returns What it is to be taken out of when its pulse is to end.
   */
  add(beating: Beating, interval: number): Set<Beating> {
    const ring = this.#rings.get(interval) ?? this.#start(interval);
    // The slot that was served last comes round last.
    const slot = ring.slots[(ring.at + parts - 1) % parts]!;
    slot.add(beating);
    return slot;
  }

  #start(interval: number): Ring {
    const ring = new Ring();
    this.#rings.set(interval, ring);
    const turn = (): void => {
      ring.turn();
      if (!ring.empty) return;
      clearInterval(timer);
      if (this.#rings.get(interval) === ring) this.#rings.delete(interval);
    };
    // What arrived while the process was busy is read between the timer and this: nobody is gone whose word waits to be read.
    const timer = setInterval(() => void setImmediate(turn), Math.max(1, Math.floor(interval / parts)));
    timer.unref();
    return ring;
  }
}
