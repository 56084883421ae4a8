/**
 * A connection: reads its requests, has them answered, and ends it. A client that does not take its answers, or sends
 * more than is taken, is not read any further.
 */
import { Exchange, type Answer, type Incoming } from "../../exchange/index.ts";
import { Answers } from "./answers.ts";
import { RequestBody } from "./body.ts";
import { readHead } from "./head.ts";
import { RequestHead } from "./request-head.ts";
import { answerHandshake, HandshakeTurn } from "./handshake-turn.ts";
import { Http1Incoming } from "./incoming.ts";
import type { Http1Server } from "./server.ts";
import type { Bytes, Receiver, Transport } from "./transport.ts";
import { clientOf } from "../connection.ts";
import { refusals, type Refusal } from "../refusal.ts";
import { Stall } from "../stall.ts";
import { asksForWebSocket } from "../websocket/handshake.ts";

/** So many bytes wait behind requests that are being answered before the client is not read any further. */
const enough = 64 * 1024;
/** So many requests of one connection are answered at the same time. */
const mostAtOnce = 100;
/** How long a client may go on sending behind its last answer: as long as something arrives, and in all. In ms. */
const quiet = 500;
const longest = 5_000;

const nothing = Buffer.alloc(0);

/** What a connection waits for: a request, the rest of its head, the rest of its body, an answer, its end. */
type Phase = "request" | "head" | "body" | "answer" | "end";

export class Connection implements Receiver {
  readonly transport: Transport;
  readonly answers: Answers;
  /** When what is waited for is too late, by the server's clock. */
  deadline: number;
  closed = false;
  /** Whether anything has arrived. */
  used = false;
  private readonly server: Http1Server;
  private phase: Phase = "request";
  /** What has arrived and is still to be read. */
  private rest: Bytes | undefined = undefined;
  /** The request whose body has not arrived as a whole. */
  private reading: Http1Incoming | undefined = undefined;
  /** Nothing that arrives is a request any more. */
  private over = false;
  /** Whether a handshake is next to be read, or what follows the one that was: nothing is until all has been answered. */
  private upgrades = false;
  private paused = false;
  private requests = 0;
  private lingersUntil = 0;
  /** While something waits to be taken, from the first look at it. */
  private stall: Stall | undefined = undefined;
  private readonly pace = (): void => this.paceReading();

  constructor(transport: Transport, server: Http1Server) {
    this.transport = transport;
    this.server = server;
    this.answers = new Answers(transport, server, this);
    this.deadline = server.in(server.settings.headersTimeout);
  }

  get client(): Incoming["client"] {
    return clientOf(this.transport);
  }

  get waiting(): boolean {
    return this.rest !== undefined;
  }

  /** Bytes have arrived. */
  take(bytes: Bytes): void {
    this.used = true;
    if (this.phase === "end") {
      this.deadline = Math.min(this.server.in(quiet), this.lingersUntil);
      return;
    }
    const at = this.reading === undefined ? 0 : this.feed(this.reading, bytes);
    if (at < bytes.length && !this.over) {
      const { rest } = this;
      const more = at === 0 ? bytes : (bytes.subarray(at) as Bytes);
      this.rest = rest === undefined ? more : (Buffer.concat([rest, more]) as Bytes);
      // Only a line break can complete a head, or show that it is none; without one its size is all there is to see.
      if (rest === undefined || more.includes(10) || this.rest.length > this.server.settings.maxHeaderSize) this.read();
    }
    this.settle();
  }

  /** More of a body. @returns Where what follows it begins. */
  private feed(incoming: Http1Incoming, bytes: Buffer): number {
    const body = incoming.body!;
    const at = body.feed(bytes, 0, bytes.length);
    if (body.broken !== undefined) this.refuse(refusals[body.broken]);
    else if (body.ended) this.reading = undefined;
    return at;
  }

  /** Reads the requests that have arrived, until one is not complete, or there are enough of them. */
  private read(): void {
    const { answers } = this;
    const bytes = this.rest;
    if (bytes === undefined || (this.upgrades && answers.count > 0)) return;
    let at = 0;
    while (at < bytes.length) {
      if (this.reading !== undefined || this.over || answers.output.blocked || answers.count >= mostAtOnce) break;
      const head = readHead(bytes, at, bytes.length, this.server.settings);
      if (head === undefined) break;
      if (!(head instanceof RequestHead)) return this.refuse(head);
      if (head.offers && this.transport.upgradable !== undefined && asksForWebSocket(head)) {
        return this.upgrade(head, bytes, at);
      }
      at = this.begin(head, bytes);
      answers.output.flushLong();
    }
    if (this.over || at >= bytes.length) this.rest = undefined;
    else this.rest = at === 0 ? bytes : (bytes.subarray(at) as Bytes);
  }

  private begin(head: RequestHead, bytes: Bytes): number {
    const { server, answers } = this;
    const body = head.length === 0 ? undefined : new RequestBody(head.length, this.pace);
    const at = body === undefined ? head.end : body.feed(bytes, head.end, bytes.length);
    if (body?.broken !== undefined) {
      this.refuse(refusals[body.broken]);
      return at;
    }
    // What is behind it, as far as has arrived: the answer may have to know.
    this.rest = at < bytes.length ? bytes : undefined;
    const incoming = new Http1Incoming(head, body, this);
    incoming.last = head.last || ++this.requests >= server.settings.maxRequestsPerSocket;
    if (incoming.last) this.over = true;
    if (body !== undefined && !body.ended) {
      this.reading = incoming;
      this.phase = "body";
      this.deadline = server.in(server.settings.requestTimeout);
    } else this.phase = "answer";
    const exchange = (incoming.exchange = new Exchange(incoming));
    answers.add(incoming);
    const answer = server.app.handle(exchange);
    if (answer instanceof Promise) this.wait(incoming, answer);
    else answers.made(incoming, answer);
    return at;
  }

  /** @param from Where the handshake begins. */
  private upgrade(head: RequestHead, bytes: Bytes, from: number): void {
    const { answers, transport } = this;
    this.upgrades = true;
    answers.output.flush();
    const waits = answers.count > 0 || answers.output.blocked;
    const at = waits ? from : head.end;
    this.rest = at < bytes.length ? (bytes.subarray(at) as Bytes) : undefined;
    if (waits) return;
    const turn = new HandshakeTurn(head, this, transport.upgradable!);
    answers.add(turn);
    answerHandshake(turn, this.server);
  }

  /** The connection goes on as a WebSocket. @returns What has arrived for it. */
  handOver(turn: HandshakeTurn): Buffer {
    const { rest, answers, server } = this;
    this.closed = this.over = true;
    this.rest = undefined;
    answers.withdraw(turn);
    server.handedOver(this);
    return rest ?? nothing;
  }

  private wait(incoming: Http1Incoming, answer: Promise<Answer>): void {
    answer.then(
      (made) => {
        this.answers.made(incoming, made);
        this.goOn();
      },
      (error: unknown) => this.answers.failed(incoming, error),
    );
  }

  goOn(): void {
    if (this.rest !== undefined && this.reading === undefined) this.read();
    this.settle();
  }

  /** Sends what is gathered, and says what is waited for now. */
  private settle(): void {
    const { answers } = this;
    answers.output.flush();
    if (this.closed) return;
    if (this.phase !== "end" && this.reading === undefined) {
      if (answers.count > 0) {
        this.phase = "answer";
        this.deadline = Infinity;
      } else if (this.rest === undefined) {
        this.phase = "request";
        this.deadline = this.server.in(this.server.settings.keepAliveTimeout);
      } else if (this.phase !== "head") {
        this.phase = "head";
        this.deadline = this.server.in(this.server.settings.headersTimeout);
      }
    }
    this.paceReading();
    answers.follow();
    if (this.server.closing) this.endIdle();
  }

  takeNoMore(): void {
    this.over = true;
    this.rest = undefined;
  }

  /** The last answer is written: what still comes is thrown away, so that the client gets to read the answer. */
  finish(complete: boolean): void {
    this.over = true;
    this.rest = this.reading = undefined;
    this.phase = "end";
    this.lingersUntil = this.server.in(longest);
    this.deadline = this.server.in(quiet);
    if (complete) this.answers.output.end();
  }

  private refuse(refusal: Refusal): void {
    const { reading, answers } = this;
    this.over = true;
    this.rest = this.reading = undefined;
    if (reading !== undefined && !answers.abandon(reading)) return this.transport.terminate();
    answers.refuse(refusal);
    answers.output.flush();
  }

  /** The time is up for what is waited for. */
  timeOut(): void {
    this.deadline = Infinity;
    if (this.phase === "head" || this.phase === "body" || (this.phase === "request" && !this.used))
      this.refuse(refusals.late);
    else if (this.phase === "request") this.transport.end();
    else if (this.phase === "end" && !this.answers.output.blocked) this.transport.terminate();
  }

  /** Something waits for the client: one that takes none of it for too long has left. */
  lookAtOutput(now: number): void {
    const { taken } = this.transport;
    this.stall ??= new Stall(taken, now);
    if (this.stall.look(taken, now) >= this.server.settings.sendTimeout) this.transport.reset();
  }

  /** Ends the connection if nothing is under way on it, and nothing is still to be sent. */
  endIdle(): void {
    if (this.answers.count === 0 && this.reading === undefined && !this.answers.output.blocked) this.transport.end();
  }

  private paceReading(): void {
    if (this.closed) return;
    const { rest, reading, answers } = this;
    const full = (rest !== undefined && rest.length > enough) || reading?.body?.full === true;
    const waits = this.phase !== "end" && (answers.output.blocked || full);
    if (waits === this.paused) return;
    this.paused = waits;
    if (waits) this.transport.pause();
    else this.transport.resume();
  }

  /** The system takes more. */
  drained(): void {
    this.stall = undefined;
    this.answers.output.drained();
    if (this.phase === "end") this.deadline = this.lingersUntil = this.server.in(quiet);
    this.goOn();
  }

  /** The client has sent everything: as on Node it has left, and gets what has been answered by now. */
  ended(): void {
    if (this.phase === "head") this.refuse(refusals.malformed);
    this.over = true;
    this.answers.leave();
    this.answers.output.end();
    if (!this.answers.output.blocked) this.transport.end();
  }

  hasClosed(): void {
    this.closed = this.over = true;
    this.rest = this.reading = undefined;
    this.answers.output.close();
    this.answers.leave();
    this.answers.follow();
    this.server.closed(this);
  }
}
