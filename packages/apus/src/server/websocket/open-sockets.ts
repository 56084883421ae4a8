/** The WebSockets of a server: those whose handshake waits for its answer, and those that are open. Closing waits for them. */
import type { Socket } from "node:net";
import type { Exchange } from "../../exchange/index.ts";
import type { NodeUpgrade } from "./node-upgrade.ts";
import { WsAcceptor } from "./ws-acceptor.ts";

export class OpenSockets {
  readonly acceptor = new WsAcceptor();
  /** Those whose handlers have not settled. */
  readonly #handled = new Set<NodeUpgrade>();
  /** Those whose handlers have, and whose clients still owe their part of the end. */
  readonly #closing = new Set<NodeUpgrade>();
  /** Connections that end with an answer in place of a socket; Node does not know them as its own any more. */
  readonly #answered = new Set<Socket>();
  #goingAway = false;
  #waiting: (() => void)[] = [];

  /** Whether the server takes no more of them. */
  get goingAway(): boolean {
    return this.#goingAway;
  }

  /** What is under way on them, oldest first. */
  get exchanges(): readonly Exchange[] {
    return [...this.#handled].map(({ exchange }) => exchange);
  }

  /** Tells of a handshake. */
  begin(upgrade: NodeUpgrade): void {
    this.#handled.add(upgrade);
  }

  /** Tells that a handler has settled. */
  settle(upgrade: NodeUpgrade): void {
    this.#handled.delete(upgrade);
    if (upgrade.open) this.#closing.add(upgrade);
    if (this.#handled.size > 0) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Tells that a connection has ended. */
  ended(upgrade: NodeUpgrade): void {
    this.#closing.delete(upgrade);
  }

  /** Tells that a connection ends with the answer that is being sent on it. */
  answered(socket: Socket): void {
    this.#answered.add(socket);
    socket.once("close", () => void this.#answered.delete(socket));
  }

  /** Cuts connections whose answers nobody takes. */
  cutAnswers(): void {
    for (const each of this.#answered) each.destroy();
  }

  /** Begins the end of each of them (1001), and of those that still are to be accepted. */
  goAway(): void {
    this.#goingAway = true;
    for (const each of this.#handled) each.goAway();
  }

  /** Cuts what is left. */
  cut(): void {
    for (const each of [...this.#handled, ...this.#closing]) each.cut();
  }

  /** Resolves when no handler is under way. */
  settled(): Promise<void> {
    return this.#handled.size === 0 ? Promise.resolve() : new Promise((resolve) => void this.#waiting.push(resolve));
  }
}
