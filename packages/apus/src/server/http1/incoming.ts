/** A request as the core sees requests. */
import {
  BodyReadError,
  type Answer,
  type Content,
  type Exchange,
  type Incoming,
  type Timers,
} from "../../exchange/index.ts";
import { utf8Of, type RequestBody } from "./body.ts";
import type { Connection } from "./connection.ts";
import type { RequestHead } from "./request-head.ts";
import { timers } from "../deadlines.ts";
import { HeadIncoming } from "../head-incoming.ts";

const nothing = new Uint8Array(0);
const noContent: Content = { length: 0, bytes: () => nothing, utf8: () => "" };
const done = { done: true, value: undefined } as const;

export class Http1Incoming extends HeadIncoming<RequestHead> implements Incoming {
  readonly method: string;
  readonly target: string;
  readonly scheme = "http";
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

  /** @param body Undefined where the request has none. */
  constructor(head: RequestHead, body: RequestBody | undefined, connection: Connection) {
    super(head);
    this.method = head.method;
    this.target = head.target;
    this.body = body;
    this.connection = connection;
  }

  get timers(): Timers {
    return timers;
  }

  get client(): Incoming["client"] {
    return this.connection.client;
  }

  override leave(): void {
    this.body?.fail(new BodyReadError("The request body ended before it was complete"));
    super.leave();
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
