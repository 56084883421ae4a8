/** A client that takes nothing of what waits for it, as looks at its connection now and then show. */
import type { Socket } from "node:net";

/** From the first look that finds something waiting, until all of it is taken. */
export class Stall {
  private taken: number;
  private since: number;

  constructor(taken: number, now: number) {
    this.taken = taken;
    this.since = now;
  }

  /**
   * @param taken What the system has taken by now. Where it is not what it was, the time begins anew.
   * @returns For how long nothing was taken, in ms.
   */
  look(taken: number, now: number): number {
    if (taken !== this.taken) this.since = now;
    this.taken = taken;
    return now - this.since;
  }
}

/** What Node keeps for itself of a socket: how much of the write under way the system has not taken. */
interface Inside {
  readonly _handle?: { readonly writeQueueSize?: number } | null;
}

/**
 * A number that changes when the system takes more from a socket of Node, and stays when more is written behind what waits.
 * Parts of a write count too: a long answer is one write.
 */
export function takenFrom(socket: Socket): number {
  const ofWrite = (socket as unknown as Inside)._handle?.writeQueueSize ?? 0;
  return socket.bytesWritten - socket.writableLength - ofWrite;
}
