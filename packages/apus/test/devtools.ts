/**
 * The Chrome DevTools Protocol over a pipe: Chromium reads commands from its file descriptor 3 and writes answers and events to
 * descriptor 4, each a JSON text that a zero byte ends.
 */
import type { Readable, Writable } from "node:stream";

/** Parameters, results and events are as the protocol's reference describes them: https://chromedevtools.github.io/devtools-protocol/ */
export type Json = Record<string, any>;

interface Waiting {
  readonly method: string;
  readonly sessionId: string | undefined;
  readonly resolve: (result: Json) => void;
  readonly reject: (error: Error) => void;
}

/** One conversation on the pipe: with the browser itself, or with one page or worker. */
export interface Session {
  send(method: string, parameters?: Json): Promise<Json>;
}

export class DevTools implements Session {
  readonly #commands: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, (event: string, parameters: Json) => void>();
  #lastId = 0;
  #ended: Error | undefined;

  constructor(commands: Writable, answers: Readable) {
    this.#commands = commands;
    // A browser that died is told by `end`; writing to it meanwhile is no error of its own.
    commands.on("error", () => {});
    answers.on("error", () => {});
    let unfinished: Buffer[] = [];
    answers.on("data", (chunk: Buffer) => {
      let start = 0;
      for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
        const text = Buffer.concat([...unfinished, chunk.subarray(start, end)]).toString();
        unfinished = [];
        start = end + 1;
        this.#receive(JSON.parse(text));
      }
      if (start < chunk.length) unfinished.push(chunk.subarray(start));
    });
  }

  /** Asks the browser itself. */
  send(method: string, parameters: Json = {}): Promise<Json> {
    return this.#send(undefined, method, parameters);
  }

  /** The conversation with one target, once it was attached. Its events go to `listener` until it detaches. */
  session(sessionId: string, listener: (event: string, parameters: Json) => void): Session {
    this.#listeners.set(sessionId, listener);
    return { send: (method, parameters = {}) => this.#send(sessionId, method, parameters) };
  }

  /** Hears the browser's own events. */
  listen(listener: (event: string, parameters: Json) => void): void {
    this.#listeners.set("", listener);
  }

  /** A target is gone, and with it the answers to what it was asked last. */
  detach(sessionId: string): void {
    this.#listeners.delete(sessionId);
    for (const [id, { method, sessionId: asked, reject }] of this.#waiting) {
      if (asked !== sessionId) continue;
      this.#waiting.delete(id);
      reject(new Error(`${method}: the window was closed.`));
    }
  }

  /** The browser is gone: nothing will be answered any more. */
  end(reason: Error): void {
    this.#ended = reason;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  #send(sessionId: string | undefined, method: string, parameters: Json): Promise<Json> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) {
        reject(this.#ended);
        return;
      }
      const id = (this.#lastId += 1);
      this.#waiting.set(id, { method, sessionId, resolve, reject });
      this.#commands.write(`${JSON.stringify({ id, sessionId, method, params: parameters })}\0`);
    });
  }

  #receive(message: Json): void {
    const waiting = this.#waiting.get(message["id"]);
    if (waiting === undefined) {
      this.#listeners.get(message["sessionId"] ?? "")?.(message["method"] ?? "", message["params"] ?? {});
      return;
    }
    this.#waiting.delete(message["id"]);
    const { error, result } = message;
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(`${waiting.method}: ${error.message} ${error.data ?? ""}`.trim()));
  }
}
