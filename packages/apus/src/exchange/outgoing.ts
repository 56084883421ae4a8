/** An answer on its way out, as middleware sees and changes it. */
import { HeaderList } from "./header-list.ts";
import type { Answer } from "./incoming.ts";
import { CookiesToSet } from "./set-cookie.ts";

export class Outgoing {
  status: number;
  readonly headers: HeaderList;
  readonly cookies: CookiesToSet;
  /** Text (UTF-8), bytes, a stream, or null for none. `content-length` is not among the headers: the adapter counts. */
  body: Answer["body"];
  /** The error behind a 500 that nobody listed; undefined where all went well. */
  readonly error: unknown;
  readonly #after: Answer["after"];

  constructor(answer: Answer, error?: unknown) {
    this.status = answer.status;
    this.headers = new HeaderList(answer.headers);
    this.cookies = new CookiesToSet(this.headers);
    this.body = answer.body;
    this.error = error;
    this.#after = answer.after;
  }

  /** What the adapter gets. */
  answer(): Answer {
    return { status: this.status, headers: this.headers.pairs, body: this.body, after: this.#after };
  }
}
