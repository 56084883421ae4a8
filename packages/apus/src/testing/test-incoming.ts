/** A request as it would arrive: the raw target, each header line of its own, a body whatever the method. */
import { streamedBody, type Incoming } from "../exchange/index.ts";
import type { Outbound } from "./outbound.ts";

export class TestIncoming implements Incoming {
  readonly method: string;
  readonly target: string;
  readonly scheme: "http" | "https";
  readonly client: Incoming["client"];
  readonly signal: AbortSignal;
  readonly #lines: Outbound["lines"];
  readonly #body: Outbound["body"];

  constructor({ method, address, client, signal, lines, body }: Outbound) {
    this.method = method;
    this.target = address.target;
    this.scheme = address.origin.startsWith("https:") ? "https" : "http";
    this.client = client;
    this.signal = signal ?? new AbortController().signal;
    this.#lines = lines;
    this.#body = body;
  }

  header(name: string): string | undefined {
    return this.#lines.find(([each]) => each === name)?.[1];
  }

  headerLines(name: string): readonly string[] {
    return this.#lines.filter(([each]) => each === name).map(([, value]) => value);
  }

  headers(): readonly string[] {
    return this.#lines.flat();
  }

  async read(limit: number): Promise<Uint8Array> {
    return (await this.#body?.read(limit)) ?? new Uint8Array(0);
  }

  chunks(limit: number): AsyncIterable<Uint8Array> {
    return this.#body?.chunks(limit) ?? streamedBody(null, limit);
  }
}
