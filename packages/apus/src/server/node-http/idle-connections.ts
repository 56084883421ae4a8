/**
 * Closes connections on which nothing has happened for a while. Node's own keep-alive sets and clears a timer with every answer;
 * this looks at all connections now and then, so that requests pay nothing for it.
 */
import type { Socket } from "node:net";

/** What a connection looked like when it was seen idle first. */
interface Idle {
  readonly since: number;
  readonly read: number;
  readonly written: number;
}

/**
 * @param connections Those that are open.
 * @param busy Those of them that have something under way, asked for at each look.
 * @param timeout How long a connection may be idle once something was answered on it, in ms; until then the time-outs of
 *   requests hold. It is closed up to a second later.
 * @returns Looks no more.
 */
export function closeIdle(
  connections: ReadonlySet<Socket>,
  busy: () => ReadonlySet<Socket>,
  timeout: number,
): () => void {
  const seen = new WeakMap<Socket, Idle>();
  const look = (): void => {
    if (connections.size === 0) return;
    const working = busy();
    const now = performance.now();
    for (const socket of connections) {
      const { bytesRead: read, bytesWritten: written } = socket;
      if (written === 0 || socket.writableLength > 0 || working.has(socket)) {
        seen.delete(socket);
        continue;
      }
      const idle = seen.get(socket);
      if (idle === undefined || idle.read !== read || idle.written !== written) {
        seen.set(socket, { since: now, read, written });
      } else if (now - idle.since >= timeout) socket.destroy();
    }
  };
  const timer = setInterval(look, Math.min(1000, Math.max(10, Math.floor(timeout / 2)))).unref();
  return () => clearInterval(timer);
}
