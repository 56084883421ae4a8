/** An answer that is read while it is sent, and left before its end if the test wants to. */
import { readEvents, readJsonLines, readLines, type ReceivedEvent } from "../client/index.ts";
import { textOf } from "./address.ts";
import type { Outbound } from "./outbound.ts";
import type { SetCookie } from "./set-cookie.ts";
import { setCookiesOf, type TestResponse } from "./test-response.ts";

/**
 * Its body can be read once, in one of four ways; each is an async generator, for a loop or for `next()` after `next()`. Leaving
 * the loop is leaving the server, as `close()` is.
 */
export interface TestStream extends Pick<TestResponse, "status" | "ok" | "headers" | "cookies" | "url" | "history"> {
  /** The pieces of the body as the app sends them. @throws What breaks the stream off. */
  chunks(): AsyncGenerator<Uint8Array, void, undefined>;
  /** The lines of a text, without what ends them. */
  lines(): AsyncGenerator<string, void, undefined>;
  /** The values of JSON Lines. */
  jsonLines<T = unknown>(): AsyncGenerator<T, void, undefined>;
  /** Server-Sent Events, as browsers read them; comments are seen by `chunks()` alone. */
  events<T = unknown>(): AsyncGenerator<ReceivedEvent<T>, void, undefined>;
  /** Leaves, as a client that goes away does. Resolves when the app has let go of the request, what follows the answer included. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Leaves a request, whoever wants to: the test's own signal, or the stream that is closed. */
export class Leaving {
  readonly #controller = new AbortController();
  readonly #theirs: AbortSignal | undefined;
  readonly #follow = (): void => this.#controller.abort(this.#theirs!.reason);

  constructor(theirs: AbortSignal | undefined) {
    this.#theirs = theirs;
    if (theirs?.aborted === true) this.#follow();
    else theirs?.addEventListener("abort", this.#follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  leave(): void {
    this.#controller.abort(new DOMException("The test closed the stream", "AbortError"));
    this.end();
  }

  /** Nobody is to be left any more. */
  end(): void {
    this.#theirs?.removeEventListener("abort", this.#follow);
  }
}

/** @param given.raise Whether the error that broke the stream off is thrown as it is. `given.end` is told when all is over. */
export function streamOf(
  response: Response,
  { address }: Outbound,
  history: readonly TestResponse[],
  given: { readonly leaving: Leaving; readonly raise: boolean; end(): void },
): TestStream {
  const { leaving, raise } = given;
  const { status, ok, headers, body } = response;
  let state: "open" | "left" | "over" = body === null ? "over" : "open";
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const over = (): void => {
    if (state === "open") state = "over";
    leaving.end();
    given.end();
  };
  const hasLeft = (): boolean => state === "left";
  if (body === null) over();

  async function close(): Promise<void> {
    if (state !== "open") return;
    state = "left";
    reader ??= body!.getReader();
    leaving.leave();
    // The body ends when the app has let go of the request.
    await reader.closed.catch(() => {});
    over();
  }
  async function* chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    if (state !== "open") return;
    reader = body!.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return over();
        yield value;
      }
    } catch (error) {
      if (hasLeft()) return;
      over();
      if (raise || leaving.signal.aborted) throw error;
      throw new Error("The stream broke off", { cause: error });
    } finally {
      await close();
    }
  }
  return {
    status,
    ok,
    headers,
    cookies: new Map(setCookiesOf(headers).map((each): [string, SetCookie] => [each.name, each])),
    url: textOf(address),
    history,
    chunks,
    lines: () => readLines(chunks()),
    jsonLines: <T>() => readJsonLines<T>(chunks()),
    events: <T>() => readEvents<T>(chunks()),
    close,
    [Symbol.asyncDispose]: close,
  };
}
