/** A raw TCP connection to a server: what is written goes out as it is, and answers are waited for by what they hold. */
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

export interface Wire {
  readonly socket: Socket;
  /** Everything received so far. */
  readonly received: () => string;
  /** Writes lines, joined by CRLF. */
  send(...lines: readonly string[]): void;
  /** Resolves once what was received matches; rejects when the connection ends before. */
  until(text: RegExp): Promise<RegExpExecArray>;
  /** Resolves when the connection has ended, with everything received. */
  readonly closed: Promise<string>;
}

/** Connects; the connection is destroyed after the test. */
export async function wire({ host, port }: { readonly host: string; readonly port: number }): Promise<Wire> {
  const socket = connect({ host, port });
  onTestFinished(() => void socket.destroy());
  let received = "";
  const waiting = new Set<() => void>();
  socket.setEncoding("latin1").on("data", (text: string) => {
    received += text;
    for (const look of waiting) look();
  });
  // A reset is an end as well; what arrived before it is what counts.
  socket.on("error", () => {});
  const closed = new Promise<string>((resolve) => socket.once("close", () => resolve(received)));
  await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
  return {
    socket,
    received: () => received,
    send: (...lines) => void socket.write(lines.join("\r\n"), "latin1"),
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = text.exec(received);
          if (found === null) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void closed.then(() => reject(new Error(`The connection ended without ${text}:\n${received}`)));
      }),
    closed,
  };
}

/** The status lines in what was received. */
export function statuses(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((found) => Number(found[1]));
}
