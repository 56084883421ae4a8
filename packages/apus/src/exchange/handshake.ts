/**
 * A WebSocket handshake on its way through an app. It is answered like a request, by a 101 or by a refusal, and middleware see
 * that answer; the upgrade itself follows when the answer is final.
 */
import { BodyReadError } from "./errors.ts";
import type { Answer } from "./incoming.ts";
import type { Acceptance, Channel, Upgrade } from "./upgrade.ts";

/** What a socket says when it accepts, except for the headers: those are the answer's. */
type Terms = Omit<Acceptance, "headers">;

export class Handshake {
  /** The subprotocols that the client offers, the ones it likes best first. */
  readonly protocols: readonly string[];
  /** The close code and reason where the app closed what it had not accepted: no client is told, but those who test are. */
  closed: { readonly code: number; readonly reason: string } | undefined = undefined;
  /** Whether the program runs in development, where those who write it are told why a handshake was refused. */
  readonly development: boolean;
  /** Why the connection could not be opened, where that is not the client's doing. */
  fault: unknown = undefined;
  readonly #upgrade: Upgrade;
  #terms: Terms | undefined;
  readonly #asked: Promise<Channel | undefined>;
  #give!: (channel: Channel | undefined) => void;

  constructor(upgrade: Upgrade, development = false) {
    this.#upgrade = upgrade;
    this.development = development;
    this.protocols = upgrade.protocols;
    this.#asked = new Promise((resolve) => (this.#give = resolve));
  }

  /**
   * Asks for the connection; the answer that goes with it is a 101.
   * @returns The channel once the 101 is sent; undefined where it was not: something else was answered, or the client has left.
   */
  ask(terms: Terms): Promise<Channel | undefined> {
    this.#terms = terms;
    return this.#asked;
  }

  /** Calls the listener where no connection comes of it, whatever was answered in its place. */
  whenRefused(listener: () => void): void {
    void this.#asked.then((channel) => {
      if (channel === undefined) listener();
    });
  }

  /** Carries out the final answer. @returns Whether the connection is open; the answer goes back like any other if it is not. */
  async settle({ status, headers }: Answer): Promise<"open" | "gone" | "refused"> {
    if (status !== 101 || this.#terms === undefined) {
      this.#give(undefined);
      return "refused";
    }
    try {
      this.#give(await this.#upgrade.accept({ ...this.#terms, headers }));
      return "open";
    } catch (error) {
      // As a rule the client has not waited for the answer.
      if (!(error instanceof BodyReadError)) this.fault = error;
      this.#give(undefined);
      return "gone";
    }
  }
}
