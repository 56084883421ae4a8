/**
 * Connections against requests that are read one after the other by the rules: bytes of one or several requests arrive in any
 * pieces, handlers answer at once and later and in another order, the client takes its answers when it likes. The App sees the
 * requests that there are, each is answered once and in order, and every connection ends.
 */
import { BodyTooLargeError, type Answer, type Exchange } from "../../../src/exchange/index.ts";
import type { App } from "../../../src/app/index.ts";
import { Connection } from "../../../src/server/http1/connection.ts";
import { Http1Server } from "../../../src/server/http1/server.ts";
import type { Bytes, Transport } from "../../../src/server/http1/transport.ts";
import { settingsOf } from "../../../src/server/options.ts";
import type { Random } from "../random.ts";
import { holds, same, type Target } from "../target.ts";
import { chunked } from "./chunks.ts";
import { headerLines, methods, tokens } from "./http-head.ts";
import { judgeConversation, type Seen } from "./http-conversation.ts";

interface Input {
  readonly text: string;
  /** How long the pieces are, over and over. */
  readonly pieces: readonly number[];
  /** Which of the answers that are to come is made next, over and over. */
  readonly order: readonly number[];
  /** The client takes nothing after each so many writes; 0 for always everything. */
  readonly blocks: number;
}

export interface Told {
  readonly seen: readonly Seen[];
  readonly output: string;
  readonly ended: boolean;
  /** Whether the connection was cut, and not ended. */
  readonly cut: boolean;
}

/** Most bytes of a body that handlers take. */
const bodyLimit = 60;
const settings = settingsOf({
  maxHeaderSize: 300,
  maxHeadersCount: 8,
  maxTargetLength: 60,
  maxRequestsPerSocket: 6,
});

/** What is long stands for connections on which much may be. */
const wide = settingsOf({ maxRequestsPerSocket: 2 ** 30, maxHeadersCount: 100 });
const isLong = (text: string): boolean => text.length > 10_000;

const paths = ["/now", "/now", "/body", "/body", "/stream", "/late", "/late-body", "/part", "/body/tail"];

function request(random: Random): string {
  const first = `${random.oneIn(4) ? random.pick(methods) : random.oneIn(2) ? "GET" : "POST"} ${random.pick(paths)} ${random.oneIn(9) ? "HTTP/1.0" : "HTTP/1.1"}`; // prettier-ignore
  const lines = random.oneIn(4) ? headerLines(random) : ["Host: a"];
  if (random.oneIn(6)) lines.push("Expect: 100-continue");
  if (random.oneIn(12)) lines.push("Connection: close");
  let body = "";
  const kind = random.int(3);
  if (kind === 1) {
    body = random.oneIn(9) ? "x".repeat(90) : random.latin1(12);
    lines.push(`Content-Length: ${body.length + (random.oneIn(20) ? 1 : 0)}`);
  } else if (kind === 2) {
    body = chunked(random);
    lines.push("Transfer-Encoding: chunked");
  }
  return `${[first, ...lines, "", ""].join("\r\n")}${body}`;
}

function input(random: Random): Input {
  const whole = `${random.oneIn(9) ? "\r\n" : ""}${random.list(7, () => request(random)).join(random.oneIn(9) ? "\r\n" : "")}`; // prettier-ignore
  const text = random.oneIn(4) ? random.mutated(whole, tokens) : whole;
  const size = random.pick([1, 9, 90, 900]);
  return {
    text: random.oneIn(9) ? text.slice(0, random.int(text.length + 1)) : text,
    pieces: random.oneIn(3) ? [] : Array.from({ length: 1 + random.int(4) }, () => 1 + random.int(size)),
    order: random.list(4, () => random.int(4)),
    blocks: random.oneIn(3) ? 1 + random.int(4) : 0,
  };
}

/** A client that notes what goes out. */
class Client implements Transport {
  readonly remoteAddress = "192.0.2.7";
  readonly remotePort = 9;
  readonly written: Buffer[] = [];
  paused = false;
  blocked = false;
  /** Whether our side has ended, or the connection is over. */
  ended = false;
  over = false;
  cut = false;
  /** Whether something was written behind the end. */
  wroteLate = false;
  readonly #blocks: number;
  #gone = false;

  constructor(blocks: number) {
    this.#blocks = blocks;
  }

  write(text: string, tail: string, size: number): boolean {
    const bytes = Buffer.from(text + tail);
    if (bytes.length !== size) throw new Error(`${bytes.length} bytes are called ${size}`);
    return this.writeBytes(bytes);
  }

  writeBytes(bytes: Uint8Array): boolean {
    // What is written to a connection that was cut is for nobody, and harms nobody.
    this.wroteLate ||= this.ended && !this.#gone;
    if (this.#gone) return false;
    this.written.push(Buffer.from(bytes));
    this.blocked ||= this.#blocks > 0 && this.written.length % this.#blocks === 0;
    return !this.blocked;
  }
  shutdown(): void {
    this.ended = true;
  }
  end(): void {
    this.ended = this.over = true;
  }
  terminate(): void {
    this.cut ||= !this.ended;
    this.#gone = true;
    this.ended = this.over = true;
  }
  get taken(): number {
    return this.written.length;
  }
  reset(): void {
    this.terminate();
  }
  pause(): void {
    this.paused = true;
  }
  resume(): void {
    this.paused = false;
  }
}

/** Handlers by what they do with a body and when they answer. */
class Handlers {
  readonly seen: Seen[] = [];
  readonly waiting: (() => void)[] = [];
  readonly options = {};
  readonly #bodyLimit: number;

  constructor(limit: number) {
    this.#bodyLimit = limit;
  }

  handle(exchange: Exchange): Answer | Promise<Answer> {
    const { incoming } = exchange;
    const seen: Seen = { method: incoming.method, target: incoming.target, pairs: incoming.headers(), body: undefined };
    this.seen.push(seen);
    const answer = (status = 200): Answer => ({ status, headers: ["x-target", seen.target], body: seen.body ?? "" });
    const whole = (): Answer | Promise<Answer> => {
      let made: Answer | undefined;
      let tell: ((answer: Answer) => void) | undefined;
      const done = (each: Answer): void => (tell === undefined ? void (made = each) : tell(each));
      incoming.collect!(
        this.#bodyLimit,
        (bytes) => {
          seen.body = Buffer.from(bytes).toString("hex");
          done(answer());
        },
        (error) => done(answer(error instanceof BodyTooLargeError ? 413 : 400)),
      );
      return made ?? new Promise((resolve) => (tell = resolve));
    };
    if (seen.target.startsWith("/body")) return whole();
    if (seen.target.startsWith("/part")) return this.#part(incoming, answer);
    if (seen.target.startsWith("/stream")) return { ...answer(), body: echoed(incoming) };
    if (!seen.target.startsWith("/late")) return answer();
    const later = new Promise<void>((resolve) => this.waiting.push(resolve));
    return later.then(() => (seen.target.startsWith("/late-body") ? whole() : answer()));
  }

  async #part(incoming: Exchange["incoming"], answer: (status?: number) => Answer): Promise<Answer> {
    try {
      for await (const _ of incoming.chunks(this.#bodyLimit)) break;
      return answer();
    } catch (error) {
      return answer(error instanceof BodyTooLargeError ? 413 : 400);
    }
  }
}

function echoed(incoming: Exchange["incoming"]): ReadableStream<Uint8Array> {
  const body = incoming.chunks(2 ** 30)[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await body.next();
      if (done === true) controller.close();
      else controller.enqueue(Uint8Array.from(Buffer.from(Buffer.from(value).toString("hex"))));
    },
    async cancel() {
      await body.return?.();
    },
  });
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Sends everything, takes everything, and lets the time run out for whatever is still waited for. */
async function conversation({ text, pieces, order, blocks }: Input): Promise<Told> {
  const handlers = new Handlers(isLong(text) ? 2 ** 30 : bodyLimit);
  const server = new Http1Server(handlers as unknown as App, isLong(text) ? wide : settings, () =>
    Promise.reject(new Error("no listener")),
  );
  const client = new Client(blocks);
  const connection = new Connection(client, server);
  let releases = 0;
  const goOn = (): void => {
    const { waiting } = handlers;
    if (waiting.length > 0) waiting.splice((order[releases++ % Math.max(1, order.length)] ?? 0) % waiting.length, 1)[0]!(); // prettier-ignore
    if (client.blocked && !client.over) {
      client.blocked = false;
      connection.drained();
    }
  };
  const rest = async (): Promise<void> => {
    let idle = 0;
    for (
      let quiet = 0;
      quiet < 3;
      quiet = (client.blocked && !client.over) || handlers.waiting.length > 0 ? 0 : quiet + 1
    ) {
      goOn();
      await turn();
      holds("the connection comes to rest", ++idle < 500 + text.length);
    }
  };
  const bytes = Buffer.from(text, "latin1");
  for (let at = 0, i = 0; at < bytes.length && !client.over; i++) {
    // A client that is not read waits.
    for (let turns = 0; client.paused && !client.over; turns++) {
      goOn();
      await turn();
      holds("the client is read again", turns < 500);
    }
    const size = Math.max(1, pieces.length === 0 ? bytes.length : pieces[i % pieces.length]!);
    connection.take(Buffer.from(bytes.subarray(at, at + size)) as Bytes);
    at += size;
    for (let ticks = 0; ticks < 4; ticks++) await Promise.resolve();
    if (i % 3 === 0) goOn();
  }
  await rest();
  for (let times = 0; !client.over && times < 5; times++) {
    holds("a connection waits for ever", client.ended || connection.deadline < Infinity);
    if (connection.deadline < Infinity) connection.timeOut();
    await rest();
  }
  const { ended, cut } = client;
  connection.hasClosed();
  await rest();
  holds("nothing is written behind the end", !client.wroteLate);
  same("what is under way behind the end", server.works.length, 0);
  return { seen: handlers.seen, output: Buffer.concat(client.written).toString("latin1"), ended, cut };
}

const getNow = "GET /now HTTP/1.1\r\nHost: a\r\n\r\n";
const posted = (path: string, line: string): string => `POST ${path} HTTP/1.1\r\nHost: a\r\n${line}\r\n\r\n`;

export const httpConnection: Target<Input, Promise<readonly Told[]>> = {
  name: "http-connection",
  cost: 10,
  make: input,
  async read(given) {
    const told = [await conversation(given)];
    if (given.pieces.length > 0) told.push(await conversation({ ...given, pieces: [], order: [], blocks: 0 }));
    return told;
  },
  judge({ text }, told) {
    for (const each of told) judgeConversation(text, each, { ...settings, bodyLimit });
  },
  series: [
    [getNow, 0],
    [getNow, 90],
    [getNow, 7],
    [getNow.replace("now", "late"), 900],
    ["\r\n", 2],
    ["1\r\na\r\n", 6, posted("/body", "Transfer-Encoding: chunked")],
    ["a", 1, posted("/body", "Content-Length: 99999")],
    ["a", 1, posted("/now", "Content-Length: 50000")],
    ["a", 3, posted("/part", "Content-Length: 99999")],
    ["a:\r\n", 4, "GET /now HTTP/1.1\r\n"],
    ["a:\r\n", 0, "GET /now HTTP/1.1\r\n"],
  ].map(([unit, piece, first = ""]) => (size: number) => ({
    text: `${String(first)}${String(unit).repeat(size / String(unit).length)}`,
    pieces: piece === 0 ? [] : [Number(piece)],
    order: [],
    blocks: 3,
  })),
};
