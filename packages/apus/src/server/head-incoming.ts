/** What every request that stands on a head has alike: its headers, and a client that may leave before its answer. */
import { BodyReadError, type Incoming, type Pairs } from "../exchange/index.ts";

/** The head of a request, whichever server has read it. */
export interface Head extends Pick<Incoming, "method" | "target" | "header" | "headerLines" | "headers"> {
  /** The digit behind `HTTP/1.`. */
  readonly minor: number;
}

export class HeadIncoming<H extends Head> {
  readonly head: H;
  private hasLeft = false;
  private controller: AbortController | undefined = undefined;

  constructor(head: H) {
    this.head = head;
  }

  /** Whether the client left before it had an answer. */
  get left(): boolean {
    return this.hasLeft;
  }

  /** Aborted when the client leaves before its answer is complete; made when it is first asked for: most handlers never ask. */
  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.hasLeft) this.controller.abort(clientLeft());
    }
    return this.controller.signal;
  }

  /** Tells it that the client has left. */
  leave(): void {
    this.hasLeft = true;
    this.controller?.abort(clientLeft());
  }

  header(name: string): string | undefined {
    return this.head.header(name);
  }

  headerLines(name: string): readonly string[] {
    return this.head.headerLines(name);
  }

  headers(): Pairs {
    return this.head.headers();
  }
}

/** Why a request comes to nothing. */
export function clientLeft(): BodyReadError {
  return new BodyReadError("The client left");
}
