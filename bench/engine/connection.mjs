// One connection: requests are read and answered one after the other, what arrives meanwhile waits, and a client that does
// not take its answers is not read any further.
import { BodyReadError, Exchange, forbidsBody } from "../../packages/apus/dist/exchange/index.js";
import { answerHead } from "./answer-head.mjs";
import { AnswerStream } from "./answer-stream.mjs";
import { Following } from "./following.mjs";
import { NetIncoming } from "./net-incoming.mjs";
import { Body } from "./request-body.mjs";
import { head, MORE, readHead, REFUSED } from "./request-head.mjs";

/** So many bytes may wait behind a request that is being answered, stay unread of its body, and gather for one write. */
const enough = 64 * 1024;
/** How long a client may go on sending after its last answer, in ms: closing at once would take the answer away from it. */
const linger = 500;

export class Connection {
  /**
   * @param {import("node:net").Socket} socket
   * @param {(exchange: Exchange) => object | Promise<object>} handle the App
   */
  constructor(socket, handle) {
    this.socket = socket;
    this.handle = handle;
    /** What has arrived and waits for its turn. */
    this.rest = undefined;
    /** A body that is on its way although its request is answered. */
    this.unread = undefined;
    /** The request that is being answered. */
    this.exchange = undefined;
    /** Whether the connection ends with its answer. */
    this.last = false;
    /** Text of answers to be written at the end of the turn, all of it ASCII. */
    this.out = "";
    /** Nothing that arrives counts any more. */
    this.over = false;
    /** The last answer is written. */
    this.ending = false;
    /** The client sends nothing more. */
    this.halfClosed = false;
    /** The client does not take what was written. */
    this.blocked = false;
    this.paused = false;
    this.closed = false;
    /** The body that is being sent piece by piece. */
    this.streaming = undefined;
    /** What follows answers that have not gone out. */
    this.following = new Following();
    this.pace = () => this.paceReading();
    this.answered = (answer) => {
      this.send(answer);
      this.resume();
    };
    this.broken = (error) => {
      console.error("an answer could not be made\n", error);
      socket.destroy();
    };
    socket.on("drain", () => {
      this.blocked = false;
      this.streaming?.drained();
      this.resume();
    });
    socket.on("end", () => this.end());
    socket.on("error", () => {});
    socket.on("close", () => this.close());
  }

  /**
   * Bytes that arrived.
   * @param {Buffer} bytes of which only the first ones count, and only during the call: the next read writes over them
   */
  take(bytes, length) {
    let at = 0;
    if (this.exchange !== undefined || this.unread !== undefined) at = this.feed(bytes, length);
    if (at < length && !this.over) {
      const { rest } = this;
      if (rest === undefined && this.exchange === undefined && !this.blocked) this.answerAll(bytes, at, length);
      else {
        const all = Buffer.allocUnsafe((rest?.length ?? 0) + length - at);
        if (rest !== undefined) rest.copy(all);
        bytes.copy(all, all.length - (length - at), at, length);
        this.rest = all;
        // Whether a head that was incomplete has become complete can only a line break decide, or its size.
        if (all.includes(10, all.length - (length - at)) || all.length > enough / 4) this.answerRest();
      }
    }
    this.flush();
    this.paceReading();
  }

  /** More of the body of the request that is being answered, or was answered before. */
  feed(bytes, length) {
    const body = this.unread ?? this.exchange.incoming.body;
    if (body === undefined || body.ended) return 0;
    const at = body.feed(bytes, 0, length);
    // Where a broken body ends cannot be known: its request is the last.
    if (body.failed !== undefined) this.last = this.over = true;
    if (body.ended) this.unread = undefined;
    return at;
  }

  answerRest() {
    const { rest } = this;
    if (rest === undefined || this.exchange !== undefined || this.blocked || this.over) return;
    this.rest = undefined;
    this.answerAll(rest, 0, rest.length);
  }

  /** Answers requests until one is incomplete, an answer takes time, or the client does not take its answers. */
  answerAll(bytes, at, to) {
    while (at < to && this.exchange === undefined && !this.over && !this.blocked) {
      const end = readHead(bytes, at, to);
      if (end === MORE) break;
      at = end === REFUSED ? this.refuse(head.status, head.detail) : this.begin(bytes, end, to);
      if (this.out.length > enough) this.flush();
    }
    if (at < to && !this.over) this.rest = Buffer.from(bytes.subarray(at, to));
  }

  /** @returns {number} where what follows the request begins */
  begin(bytes, at, to) {
    let body;
    if (head.length !== 0) {
      body = new Body(head.length, this.pace);
      if (at < to) at = body.feed(bytes, at, to);
      if (body.failed !== undefined) return this.refuse(400, "The request is malformed");
    }
    this.last = head.last;
    const exchange = (this.exchange = new Exchange(new NetIncoming(head, body, this)));
    const answer = this.handle(exchange);
    if (answer instanceof Promise) answer.then(this.answered, this.broken);
    else this.send(answer);
    return at;
  }

  /** Goes on after an answer that took time. */
  resume() {
    this.answerRest();
    this.flush();
    if (this.halfClosed && this.exchange === undefined) this.end();
    this.paceReading();
  }

  refuse(status, detail) {
    const body = JSON.stringify({ detail });
    const { text } = answerHead(status, refused);
    this.out += `${text}connection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    this.finish();
    return 0;
  }

  send(answer) {
    const { exchange } = this;
    const { status, body, after } = answer;
    if (after !== undefined) this.following.add(after);
    if (this.closed) return this.giveUp(body);
    let lines;
    try {
      lines = answerHead(status, answer.headers);
    } catch (error) {
      this.giveUp(body);
      return this.broken(error);
    }
    const { incoming } = exchange;
    if (lines.closes || leavesMuch(incoming)) this.last = true;
    let { text } = lines;
    if (this.last) text += "connection: close\r\n";
    const withoutBody = incoming.method === "HEAD" || forbidsBody(status);
    if (typeof body === "string") {
      const length = Buffer.byteLength(body);
      text += `content-length: ${length}\r\n\r\n`;
      if (withoutBody) this.write(lines, text, undefined);
      else if (length === body.length && lines.ascii) this.out += text + body;
      else this.write(lines, text, body);
    } else if (body === null) {
      this.write(lines, forbidsBody(status) ? `${text}\r\n` : `${text}content-length: 0\r\n\r\n`, undefined);
    } else if (body instanceof Uint8Array) {
      this.write(lines, `${text}content-length: ${body.byteLength}\r\n\r\n`, withoutBody ? undefined : body);
    } else {
      void this.stream(answer, lines, text, withoutBody);
      return;
    }
    this.sent(answer);
  }

  giveUp(body) {
    if (body instanceof ReadableStream) void body.cancel().catch(() => {});
    this.exchange = undefined;
    if (this.closed) this.following.runAll();
  }

  /** The answer is written, and the next request may be read. */
  sent({ after }) {
    const unread = this.exchange.incoming.body;
    this.exchange = undefined;
    if (unread !== undefined && !unread.ended && !this.last) {
      this.unread = unread;
      unread.drop();
    }
    if (after !== undefined) {
      this.flush();
      this.socket.write("", () => this.following.run(after));
    }
    if (this.last) this.finish();
  }

  write(lines, text, body) {
    if (lines.ascii && body === undefined) {
      this.out += text;
      return;
    }
    this.socket.cork();
    this.flush();
    this.socket.write(text, "latin1");
    if (body !== undefined && !this.socket.write(body)) this.blocked = true;
    this.socket.uncork();
  }

  flush() {
    if (this.out === "") return;
    const text = this.out;
    this.out = "";
    if (!this.socket.write(text, "latin1")) this.blocked = true;
    if (this.ending) this.linger();
  }

  async stream(answer, lines, text, withoutBody) {
    const { exchange } = this;
    const { body, length } = answer;
    // A client of HTTP/1.0 knows no chunks: the end of the connection is the end of the body.
    const chunked = length === undefined && exchange.incoming.minor === 1;
    if (length !== undefined) text += `content-length: ${length}\r\n`;
    else if (chunked) text += "transfer-encoding: chunked\r\n";
    this.write(lines, `${text}\r\n`, undefined);
    // The first piece may be long in coming, and the client is to know that its request was taken.
    this.flush();
    if (withoutBody) void body.cancel().catch(() => {});
    else {
      this.streaming = new AnswerStream(this.socket, body, { length, chunked });
      const sent = await this.streaming.send(exchange);
      this.streaming = undefined;
      if (!sent) return;
    }
    this.sent(answer);
    this.resume();
  }

  /** The last answer is written: what still comes is thrown away. */
  finish() {
    this.over = this.ending = true;
    this.rest = undefined;
    if (this.out === "") this.linger();
  }

  linger() {
    if (this.closed || this.socket.writableEnded) return;
    this.socket.end();
    this.lingering = setTimeout(() => this.socket.destroy(), linger);
  }

  paceReading() {
    if (this.closed) return;
    const { exchange, rest } = this;
    const waits =
      !this.over &&
      (this.blocked || (rest !== undefined && rest.length > enough) || exchange?.incoming.body?.full === true);
    if (waits === this.paused) return;
    this.paused = waits;
    if (waits) this.socket.pause();
    else this.socket.resume();
  }

  /** The client has sent everything; it still gets its answers. */
  end() {
    this.halfClosed = true;
    this.exchange?.incoming.body?.fail(new BodyReadError("The request body ended before it was complete"));
    if (this.exchange !== undefined || this.over || this.blocked) return;
    if (this.rest !== undefined && this.unread === undefined) {
      this.refuse(400, "The request is malformed");
      this.flush();
    } else this.socket.end();
  }

  close() {
    this.closed = this.over = true;
    this.rest = undefined;
    clearTimeout(this.lingering);
    this.exchange?.incoming.leave();
    this.streaming?.stop();
    this.following.runAll();
  }
}

/** A little of a body that nobody reads is passed over; a lot of it, or an unknown amount, is the end of the connection. */
function leavesMuch({ body, expects }) {
  if (body === undefined || body.ended) return false;
  return expects || body.length < 0 || body.left > enough;
}

const refused = Object.freeze(["content-type", "application/json"]);
