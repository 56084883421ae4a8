/**
 * The answers of a connection: requests that arrive together are answered together, and their answers go out in the order
 * of the requests. Each is followed, once it has gone out or cannot, by the work that was asked for.
 */
import type { Answer, Exchange } from "../../exchange/index.ts";
import type { Http1Incoming } from "./incoming.ts";
import { Output } from "./output.ts";
import { sendAnswer, type Sending } from "./send.ts";
import type { Http1Server } from "./server.ts";
import type { Transport } from "./transport.ts";
import { rawAnswer, type Refusal } from "../refusal.ts";

/** What a connection does when its answers go out. */
interface Owner {
  readonly closed: boolean;
  /** Whether requests wait that have arrived. */
  readonly waiting: boolean;
  /** The connection ends with the answer that has begun: what arrives behind its request is none. */
  takeNoMore(): void;
  /** The last answer is written. @param complete Whether it is as a whole. */
  finish(complete: boolean): void;
  /** The connection may go on. */
  goOn(): void;
}

export class Answers implements Sending {
  readonly output: Output;
  readonly keptAlive: string;
  last = false;
  minor = 1;
  cancel: (() => void) | undefined = undefined;
  private readonly transport: Transport;
  private readonly server: Http1Server;
  private readonly owner: Owner;
  /** The request whose answer is next to go out. */
  private current: Http1Incoming | undefined = undefined;
  /** Those that arrived after it. */
  private behind: Http1Incoming[] = [];
  /** What follows the answer that is being written. */
  private after: Answer["after"] = undefined;
  /** What is said behind all of them. */
  private refusal: Refusal | undefined = undefined;
  /** Work for after answers that have been written. */
  private following: { readonly exchange: Exchange; readonly after: () => Promise<void> }[] = [];
  /** Whose work runs that no answer waits for. */
  private readonly running = new Set<Exchange>();

  constructor(transport: Transport, server: Http1Server, owner: Owner) {
    this.transport = transport;
    this.server = server;
    this.owner = owner;
    this.output = new Output(transport);
    this.keptAlive = server.keptAlive;
  }

  /** How many answers are to come. */
  get count(): number {
    return this.current === undefined ? 0 : this.behind.length + 1;
  }

  /** Whether anything is under way. */
  get busy(): boolean {
    return this.current !== undefined || this.running.size > 0;
  }

  /** What is under way. */
  get exchanges(): Exchange[] {
    const asked = this.current === undefined ? [] : [this.current, ...this.behind];
    return [...asked.map(({ exchange }) => exchange!), ...this.running];
  }

  /** Tells of a request, which is to be answered behind those before it. */
  add(incoming: Http1Incoming): void {
    if (this.current === undefined) this.current = incoming;
    else this.behind.push(incoming);
  }

  /** Tells of an answer. */
  made(incoming: Http1Incoming, answer: Answer): void {
    const exchange = incoming.exchange!;
    if (this.owner.closed || incoming.abandoned) {
      this.running.delete(exchange);
      this.giveUp(exchange, answer);
      this.follow();
      this.server.settle();
    } else if (incoming === this.current) this.send(incoming, answer);
    else incoming.answer = answer;
  }

  /** An answer that nobody gets: what follows it follows all the same. */
  private giveUp(exchange: Exchange, { body, after }: Answer): void {
    if (body instanceof ReadableStream) void body.cancel().catch(() => {});
    if (after !== undefined) this.following.push({ exchange, after });
  }

  private send(incoming: Http1Incoming, answer: Answer): void {
    const { body, head } = incoming;
    const exchange = incoming.exchange!;
    this.after = answer.after;
    const none = this.behind.length === 0 && this.refusal === undefined && !this.owner.waiting;
    // Whether a body follows that was not asked for cannot be known, and one that is long is not worth reading. While the
    // server closes, what has arrived is answered all the same.
    const unread = body !== undefined && !body.ended && (head.awaited || body.long);
    this.last = incoming.last || unread || (this.server.ending && none);
    this.minor = head.minor;
    sendAnswer(this, answer, exchange);
    if (this.last && this.current === incoming) this.owner.takeNoMore();
  }

  sent(complete: boolean): void {
    const { body, exchange } = this.current!;
    const { after } = this;
    if (after !== undefined) this.following.push({ exchange: exchange!, after });
    this.after = this.cancel = undefined;
    if (body !== undefined && !body.ended) body.drop();
    this.current = this.behind.shift();
    if (!complete || this.last) {
      // What was asked for behind it is answered to nobody.
      this.leave();
      this.owner.finish(complete);
    }
    if (this.owner.closed) {
      this.follow();
      this.server.settle();
    } else if (complete && !this.last) this.next();
  }

  private next(): void {
    const { current } = this;
    if (current === undefined) this.sayRefusal();
    else if (current.answer !== undefined) this.send(current, current.answer);
    else if (current.asksForBody) this.askForBody(current);
  }

  /** Says 100 (Continue) once it is the request's turn: before, it would stand in the answer to another one. */
  askForBody(incoming: Http1Incoming): void {
    incoming.asksForBody = true;
    if (incoming !== this.current || this.output.begun || this.owner.closed) return;
    incoming.head.awaited = false;
    this.output.write("HTTP/1.1 100 Continue\r\n\r\n");
    this.output.flush();
  }

  /** Refuses what arrived behind all that is under way, and ends the connection. */
  refuse(refusal: Refusal): void {
    this.refusal = refusal;
    if (this.current === undefined) this.sayRefusal();
  }

  private sayRefusal(): void {
    if (this.refusal === undefined) return;
    const text = rawAnswer(this.refusal, this.server.app.options.errorShape ?? "fastapi");
    this.output.write(text, Buffer.byteLength(text));
    this.owner.finish(true);
  }

  /**
   * The last request cannot be read to its end: its answer, if it has not begun, is for nobody.
   * @returns Whether it has not.
   */
  abandon(incoming: Http1Incoming): boolean {
    incoming.leave();
    if (incoming === this.current) {
      if (this.output.begun) return false;
      this.current = undefined;
    } else if (!this.behind.includes(incoming))
      return true; // It has been answered.
    else this.behind.pop();
    incoming.abandoned = true;
    if (incoming.answer === undefined) this.running.add(incoming.exchange!);
    else this.giveUp(incoming.exchange!, incoming.answer);
    return true;
  }

  /** A request that gets no answer: its connection goes on as another protocol's, or is cut. */
  withdraw(incoming: Http1Incoming): void {
    if (incoming === this.current) this.current = undefined;
    this.running.delete(incoming.exchange!);
    this.server.settle();
  }

  /** The client has left. */
  leave(): void {
    const left = this.current === undefined ? [] : [this.current, ...this.behind];
    const streams = this.cancel !== undefined;
    for (const incoming of left) {
      incoming.leave();
      if (streams && incoming === this.current) continue;
      incoming.abandoned = true;
      if (incoming.answer === undefined) this.running.add(incoming.exchange!);
      else this.giveUp(incoming.exchange!, incoming.answer);
    }
    this.behind = [];
    if (streams) this.cancel!();
    else this.current = undefined;
  }

  /** Runs what follows answers that have gone out or cannot. */
  follow(): void {
    if (this.following.length === 0 || (this.output.blocked && !this.owner.closed)) return;
    for (const { exchange, after } of this.following.splice(0)) {
      this.running.add(exchange);
      after()
        .catch((error: unknown) => console.error("apus: work after an answer failed\n", error))
        .finally(() => {
          this.running.delete(exchange);
          this.server.settle();
        });
    }
  }

  goOn(): void {
    this.owner.goOn();
  }

  /** An answer could not be made, which an App never lets happen. */
  failed(incoming: Http1Incoming, error: unknown): void {
    console.error("apus: an answer could not be made\n", error);
    incoming.abandoned = true;
    this.running.delete(incoming.exchange!);
    if (incoming === this.current) this.current = undefined;
    this.transport.terminate();
    this.server.settle();
  }
}
