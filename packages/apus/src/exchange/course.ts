/** The course of a request from its arrival to its end: one for the request, however often middleware changes what is seen of it. */
import { BodyReadError, type InterruptedError } from "./errors.ts";
import type { Handshake } from "./handshake.ts";
import type { Incoming } from "./incoming.ts";
import { platformTimers, type Timers } from "./timers.ts";

type Interrupted = (reason: InterruptedError) => void;

/** One for all: a course is made for each request. */
const noClock = (): void => {};

export class Course {
  /** What the runtime gave besides the request, such as the bindings of a worker. */
  env: unknown = undefined;
  /** The error behind a 500, for middleware and for those who test: nothing of it goes on the wire. */
  failure: unknown = undefined;
  /** The same error, once middleware has answered it in place of the plain 500. */
  answered: unknown = undefined;
  /** Ends the time of those guards behind which another deadline begins. */
  stopClock: () => void = noClock;
  /** Why the stream of the answer broke off while it was sent, boxed; what follows the answer sees it. */
  broken: { readonly error: unknown } | undefined = undefined;
  /** The handshake that the request is, where it asks for a WebSocket and the server speaks it. */
  handshake: Handshake | undefined = undefined;
  /** Why the server ended the request, where it did. */
  interrupted: InterruptedError | undefined = undefined;
  // Plain fields: one is made for each request, and private names cost time to set up.
  private readonly incoming: Incoming;
  private id: string | undefined = undefined;
  private shared: Record<string, unknown> | undefined = undefined;
  private left: (() => Promise<void>)[] | undefined = undefined;
  private listeners: (() => unknown)[] | undefined = undefined;
  private controller: AbortController | undefined = undefined;
  private stopReading: Interrupted | undefined = undefined;
  private answerInstead: Interrupted | undefined = undefined;
  private over: unknown = undefined;

  constructor(incoming: Incoming) {
    this.incoming = incoming;
  }

  /** What times out the request. */
  get timers(): Timers {
    return this.incoming.timers ?? platformTimers;
  }

  /** The id under which failures are reported; made when it is first asked for. */
  get requestId(): string {
    return (this.id ??= crypto.randomUUID());
  }
  set requestId(id: string) {
    this.id = id;
  }

  get state(): Record<string, unknown> {
    return (this.shared ??= Object.create(null) as Record<string, unknown>);
  }

  beforeBody(listener: () => unknown): void {
    (this.listeners ??= []).push(listener);
  }

  /** Adds what tidies up behind the request, such as the files it left; it never rejects. */
  atEnd(tidy: () => Promise<void>): void {
    (this.left ??= []).push(tidy);
  }

  /** Whether there is anything to tidy up. */
  get leaves(): boolean {
    return this.left !== undefined;
  }

  /** Tidies up: once nobody has a use any more for what the request left. */
  async tidy(): Promise<void> {
    const left = this.left ?? [];
    this.left = undefined;
    for (const each of left) await each();
  }

  /** Whether anything waits for the guards to be through. */
  get awaitsBody(): boolean {
    return this.listeners !== undefined;
  }

  /** Calls what waits for the guards to be through, where a body is still to be read. */
  async announceBody(): Promise<void> {
    for (const listener of this.listeners?.splice(0) ?? []) await listener();
  }

  /** Aborted when the client leaves and when the request is interrupted; made when it is first asked for. */
  get signal(): AbortSignal {
    if (this.controller === undefined) {
      const controller = (this.controller = new AbortController());
      const { signal } = this.incoming;
      if (this.interrupted !== undefined) controller.abort(this.interrupted);
      else if (this.over !== undefined) controller.abort(this.over);
      else if (signal.aborted) controller.abort(signal.reason);
      else signal.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
    }
    return this.controller.signal;
  }

  /** Why nobody waits for the answer any more; undefined while somebody does. */
  get ended(): unknown {
    const { signal } = this.incoming;
    return (
      this.interrupted ??
      this.over ??
      (signal.aborted ? (signal.reason ?? new BodyReadError("The client left")) : undefined)
    );
  }

  /** Ends the request from the server's side: aborts the signal, and tells whoever answers. Only the first time counts. */
  interrupt(reason: InterruptedError): void {
    if (this.interrupted !== undefined) return;
    this.interrupted = reason;
    this.controller?.abort(reason);
    this.stopReading?.(reason);
    this.answerInstead?.(reason);
  }

  /** The WebSocket connection that came of it is over: aborts the signal. Only the first time counts. */
  end(reason: unknown): void {
    this.over ??= reason;
    this.controller?.abort(reason);
  }

  /** Adds who gives up waiting for a body when the request is interrupted. */
  stopsReading(stop: Interrupted): void {
    this.stopReading = both(this.stopReading, stop);
    if (this.interrupted !== undefined) stop(this.interrupted);
  }

  /**
   * Adds who answers when the request is interrupted; those further out are told first.
   * @returns Who was to answer until now, for `settled`.
   */
  whenInterrupted(listener: Interrupted): Interrupted | undefined {
    const outer = this.answerInstead;
    this.answerInstead = both(outer, listener);
    if (this.interrupted !== undefined) listener(this.interrupted);
    return outer;
  }

  /** The answer is made: only those further out still wait. */
  settled(outer: Interrupted | undefined): void {
    this.answerInstead = outer;
  }
}

function both(one: Interrupted | undefined, other: Interrupted): Interrupted {
  if (one === undefined) return other;
  return (reason) => {
    one(reason);
    other(reason);
  };
}
