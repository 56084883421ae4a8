/** Cuts connections whose clients take nothing of their answers. It looks at all of them now and then: requests pay nothing. */
import type { Socket } from "node:net";
import { Stall, takenFrom } from "../stall.ts";

/**
 * @param connections Those that are open.
 * @param timeout How long a client may take nothing of what waits for it, in ms. It is cut up to two seconds later.
 * @returns Looks no more.
 */
export function cutStalled(connections: ReadonlySet<Socket>, timeout: number): () => void {
  const stalls = new WeakMap<Socket, Stall>();
  const look = (): void => {
    const now = performance.now();
    for (const socket of connections) {
      if (socket.writableLength === 0) {
        stalls.delete(socket);
        continue;
      }
      const taken = takenFrom(socket);
      const stall = stalls.get(socket);
      if (stall === undefined) stalls.set(socket, new Stall(taken, now));
      // Cut, not closed: what has arrived of an answer is not to look like all of it.
      else if (stall.look(taken, now) >= timeout) socket.resetAndDestroy();
    }
  };
  const timer = setInterval(look, Math.min(1_000, Math.max(10, Math.floor(timeout / 2)))).unref();
  return () => clearInterval(timer);
}
