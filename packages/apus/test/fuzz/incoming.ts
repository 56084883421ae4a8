/** A request as an adapter would hand it over, with nothing tidied: the raw target, any header lines, any bytes. */
import { BodyTooLargeError, Exchange, type Incoming } from "../../src/exchange/index.ts";

/** What is sent. Header lines are name and value in turn, names in lower case. */
export interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly string[];
  /** Bytes as Latin-1 characters. */
  readonly body?: string;
}

const nobody = new AbortController().signal;

export class FuzzIncoming implements Incoming {
  readonly method: string;
  readonly target: string;
  readonly scheme = "http";
  readonly client: Incoming["client"];
  readonly signal = nobody;
  readonly #pairs: readonly string[];
  readonly #body: Uint8Array;

  constructor(
    { method, target, headers, body = "" }: Sent,
    client: Incoming["client"] = { host: "192.0.2.7", port: 9 },
  ) {
    this.method = method;
    this.target = target;
    this.client = client;
    this.#pairs = headers;
    this.#body = Uint8Array.from(Buffer.from(body, "latin1"));
  }

  header(name: string): string | undefined {
    return this.headerLines(name)[0];
  }

  headerLines(name: string): readonly string[] {
    return this.#pairs.filter((_, i) => i % 2 === 1 && this.#pairs[i - 1] === name);
  }

  headers(): readonly string[] {
    return this.#pairs;
  }

  read(limit: number): Promise<Uint8Array> {
    if (this.#body.byteLength > limit) return Promise.reject(new BodyTooLargeError(limit));
    return Promise.resolve(this.#body);
  }

  /** In pieces of seven bytes, so that every border is somewhere in the middle. */
  async *chunks(limit: number): AsyncGenerator<Uint8Array> {
    const whole = await this.read(limit);
    for (let at = 0; at < whole.length; at += 7) yield whole.subarray(at, at + 7);
  }
}

export function exchangeOf(sent: Partial<Sent>, client?: Incoming["client"]): Exchange {
  return new Exchange(new FuzzIncoming({ method: "GET", target: "/", headers: [], ...sent }, client));
}
