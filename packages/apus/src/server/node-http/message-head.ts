/** The head of a request of `node:http`, without the rest of it, which a handshake does not keep. */
import type { IncomingMessage } from "node:http";
import { rawHeader, rawHeaderLines } from "../raw-header.ts";
import type { Pairs } from "../../exchange/index.ts";
import type { Head } from "../head-incoming.ts";

export class MessageHead implements Head {
  readonly method: string;
  readonly target: string;
  readonly minor: number;
  readonly rawHeaders: string[];

  constructor({ method, url, httpVersionMinor, rawHeaders }: IncomingMessage) {
    this.method = method!;
    this.target = url!;
    this.minor = httpVersionMinor;
    this.rawHeaders = rawHeaders;
  }

  header(name: string): string | undefined {
    return rawHeader(this, name);
  }

  headerLines(name: string): readonly string[] {
    return rawHeaderLines(this, name);
  }

  headers(): Pairs {
    return this.rawHeaders.map((each, i) => (i % 2 === 0 ? each.toLowerCase() : each));
  }
}
