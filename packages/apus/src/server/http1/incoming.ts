/** A request as the core sees requests. */
import {
  BodyReadError,
  type Answer,
  type Content,
  type Exchange,
  type Incoming,
  type Pairs,
  type Timers,
} from "../../exchange/index.ts";
import { utf8Of, type RequestBody } from "./body.ts";
import type { Connection } from "./connection.ts";
import type { RequestHead } from "./request-head.ts";
import { timers } from "../deadlines.ts";

const nothing = new Uint8Array(0);
const noContent: Content = { length: 0, bytes: () => nothing, utf8: () => "" };
const done = { done: true, value: undefined } as const;

export class Http1Incoming implements Incoming {
  readonly method: string;
  readonly target: string;
  readonly scheme = "http";
  readonly head: RequestHead;
  readonly body: RequestBody | undefined;
  exchange: Exchange | undefined = undefined;
  /** The answer, while it waits for its turn. */
  answer: Answer | undefined = undefined;
  /** Whether somebody reads the body that the client holds back. */
  asksForBody = false;
  /** Whether the answer is for nobody. */
  abandoned = false;
  /** Whether the connection ends with the answer. */
  last = false;
  private readonly connection: Connection;
  private left = false;
  private controller: AbortController | undefined = undefined;

  /** @param body Undefined where the request has none. */
  constructor(head: RequestHead, body: RequestBody | undefined, connection: Connection) {
    this.method = head.method;
    this.target = head.target;
    this.head = head;
    this.body = body;
    this.connection = connection;
  }

  get timers(): Timers {
    return timers;
  }

  get client(): Incoming["client"] {
    return this.connection.client;
  }

  /** Made when it is first asked for: most handlers never ask. */
  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.left) this.controller.abort(new BodyReadError("The client left"));
    }
    return this.controller.signal;
  }

  /** The client left before its answer was complete. */
  leave(): void {
    this.left = true;
    this.body?.fail(new BodyReadError("The request body ended before it was complete"));
    this.controller?.abort(new BodyReadError("The client left"));
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

  arrived(limit: number): Content | undefined {
    return this.body === undefined ? noContent : this.body.whole(limit);
  }

  utf8(bytes: Uint8Array): string {
    return utf8Of(bytes, 0, bytes.length);
  }

  read(limit: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => this.collect(limit, resolve, reject));
  }

  collect(limit: number, done: (bytes: Uint8Array) => void, fail: (error: unknown) => void): void {
    const { body } = this;
    if (body === undefined) return done(nothing);
    if (this.head.length <= limit) this.askForBody();
    body.collect(limit, done, fail);
  }

  chunks(limit: number): AsyncIterable<Uint8Array> {
    const { body } = this;
    const iterator = (): AsyncIterator<Uint8Array, undefined> => {
      if (body === undefined) return { next: async () => done };
      if (this.head.length <= limit) this.askForBody();
      return body.stream(limit);
    };
    return { [Symbol.asyncIterator]: iterator };
  }

  private askForBody(): void {
    if (this.head.awaited) this.connection.answers.askForBody(this);
  }
}
