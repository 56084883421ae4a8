/** An answer on its way out, as middleware sees and changes it. */
import { ApusError } from "../diagnostic/index.ts";
import { forbidsBody } from "./framing.ts";
import { HeaderList } from "./header-list.ts";
import type { Answer } from "./incoming.ts";
import { CookiesToSet } from "./set-cookie.ts";

export class Outgoing {
  status: number;
  /** Text (UTF-8), bytes, a stream, or null for none. `content-length` is not among the headers: the adapter counts. */
  body: Answer["body"];
  /** The error of this request that nobody listed; undefined where there was none. It has been reported. */
  readonly error: unknown;
  readonly #headers: HeaderList;
  readonly #original: Answer;

  constructor(answer: Answer, error?: unknown) {
    this.status = answer.status;
    this.#headers = new HeaderList(answer.headers);
    this.body = answer.body;
    this.error = error;
    this.#original = answer;
  }

  /** Changed one by one. Without a setter: an object put in their place would be no list that can be sent. */
  get headers(): HeaderList {
    return this.#headers;
  }

  /** Cookies to set, among the headers. */
  get cookies(): CookiesToSet {
    return new CookiesToSet(this.headers);
  }

  /** Whether nobody has answered `error` yet: this is the plain 500. */
  get unanswered(): boolean {
    return this.#original.unanswered === true;
  }

  /** @throws ApusError for a status or a body that no answer can have. */
  check(): void {
    // A WebSocket handshake that is accepted stays what it is.
    if (this.status === 101 && this.#original.status === 101) return;
    if (!Number.isInteger(this.status) || this.status < 200 || this.status > 599) {
      throw new ApusError(`APUS_STATUS: answer.status is ${String(this.status)}; use an integer from 200 to 599.`);
    }
    checkBody(this.body);
  }

  /** What the adapter gets. */
  answer(): Answer {
    const { status, headers } = this;
    const body = forbidsBody(status) ? null : this.body;
    return {
      status,
      headers: headers.pairs,
      body,
      length: body === this.#original.body ? this.#original.length : undefined,
      after: this.#afterSending(body),
      unanswered: this.#original.unanswered,
    };
  }

  /** Another answer in place of this one. What was to follow this one still follows. */
  replaced(answer: Answer): Answer {
    return { ...answer, after: this.#afterSending(answer.body) };
  }

  /** What follows. A stream that was not sent, nor read to make what was sent, is given up first. */
  #afterSending(sent: Answer["body"]): Answer["after"] {
    const { body, after } = this.#original;
    if (body === sent && this.body === sent) return after;
    const others = [body, this.body].filter((each) => each instanceof ReadableStream && each !== sent);
    if (others.length === 0) return after;
    return async () => {
      // One that somebody reads refuses to be cancelled, and need not be.
      await Promise.allSettled(others.map((each) => (each as ReadableStream).cancel()));
      await after?.();
    };
  }
}

function checkBody(body: unknown): void {
  if (body === null || typeof body === "string" || body instanceof Uint8Array) return;
  if (body instanceof ReadableStream) {
    if (!body.locked) return;
    throw new ApusError(
      "APUS_MIDDLEWARE: answer.body is a stream that is being read already; put what reads it in its place.",
    );
  }
  throw new ApusError(
    `APUS_MIDDLEWARE: answer.body is ${typeof body === "object" ? "an object" : String(body)}; give text, bytes, a stream or null.`,
  );
}
