/**
 * Tells when a connection ends, to any number of requests on it, with one listener: a connection carries thousands of
 * requests, many of them at once where they are pipelined, and Node takes many listeners for a leak.
 */
import type { Socket } from "node:net";

const waiting = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls `listener` once the connection has ended, unless it is taken back.
 * @returns Takes it back.
 */
export function whenConnectionEnds(socket: Socket, listener: () => void): () => void {
  let listeners = waiting.get(socket);
  if (listeners === undefined) {
    const added = (listeners = new Set());
    waiting.set(socket, added);
    socket.once("close", () => {
      for (const each of added) each();
    });
  }
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
