/** A WebSocket of a test client: the other end of a socket, in process. */
import { respond, type App } from "../app/index.ts";
import { ApusError } from "../diagnostic/index.ts";
import { Exchange, isToken, type Acceptance, type Channel, type Upgrade } from "../exchange/index.ts";
import { WebSocketDisconnect } from "../websocket/index.ts";
import type { Outbound, TestRequest } from "./outbound.ts";
import { TestChannel } from "./test-channel.ts";
import { TestIncoming } from "./test-incoming.ts";
import { readResponse, type TestResponse } from "./test-response.ts";

/** What a handshake carries. */
export interface TestWebSocketInit extends Pick<
  TestRequest,
  "query" | "headers" | "cookies" | "auth" | "defaultHeaders"
> {
  /** The subprotocols that are offered, the best first. */
  readonly subprotocols?: readonly string[] | undefined;
}

/** The handshake was refused: `response` is its answer. */
export class WebSocketDenial extends WebSocketDisconnect {
  override readonly name: string = "WebSocketDenial";
  readonly response: TestResponse;

  /**
   * The code and the reason are those that the app closed with where it did before it accepted, which the client of a network is
   * not told; else 1006, as a browser says.
   */
  constructor(response: TestResponse, { code, reason }: { readonly code: number; readonly reason: string }) {
    super(code, reason);
    this.message = `The handshake of ${response.url} was answered ${response.status} ${response.text}`;
    this.response = response;
  }
}

/** An accepted WebSocket. What it receives comes in order; what the server closes with is thrown as `WebSocketDisconnect`. */
export interface TestWebSocket {
  /** The one that the server chose, or undefined. */
  readonly subprotocol: string | undefined;
  /** The headers of the 101. */
  readonly headers: Headers;
  /** How the connection ended, once it has. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  sendText(text: string): Promise<void>;
  sendBytes(bytes: Uint8Array): Promise<void>;
  sendJson(value: unknown): Promise<void>;
  /** The next message, text or bytes. @throws WebSocketDisconnect once the server has closed; the error of the app where it failed. */
  receive(): Promise<string | Uint8Array>;
  /** The next message. @throws ApusError for one of bytes. */
  receiveText(): Promise<string>;
  /** The next message. @throws ApusError for one of text. */
  receiveBytes(): Promise<Uint8Array>;
  /** The next message as JSON: `receiveJson<Heard>()`. */
  receiveJson<T = unknown>(): Promise<T>;
  /**
   * Leaves, and waits until the handler and all clean-ups are through.
   * @param code Default: 1000.
   * @throws The error of the app where it is raised.
   */
  close(code?: number | undefined, reason?: string | undefined): Promise<void>;
  /** Leaves without a word, as a client whose network is gone; the server sees 1006. */
  cut(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The header lines of a handshake, on top of what every request carries. @throws ApusError for what is no subprotocol. */
export function handshakeOf(outbound: Outbound, subprotocols: readonly string[] = []): Outbound {
  const wrong = subprotocols.find((each) => typeof each !== "string" || !isToken(each));
  if (wrong !== undefined) {
    throw new ApusError(`APUS_TEST_REQUEST: ${JSON.stringify(wrong)} is no name of a subprotocol.`);
  }
  const own: [string, string][] = [
    ["connection", "Upgrade"],
    ["upgrade", "websocket"],
    ["sec-websocket-version", "13"],
    ["sec-websocket-key", btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))],
  ];
  if (subprotocols.length > 0) own.push(["sec-websocket-protocol", subprotocols.join(", ")]);
  const lines = outbound.lines.filter(([name]) => !own.some(([each]) => each === name));
  return { ...outbound, lines: [...lines, ...own] };
}

/**
 * Connects to a socket of an app.
 * @param raise Whether an error of the app is thrown, the same that its code threw.
 * @throws WebSocketDenial where the handshake is refused.
 */
export async function connect(
  app: App,
  outbound: Outbound,
  { subprotocols = [], raise }: { readonly subprotocols: readonly string[] | undefined; readonly raise: boolean },
): Promise<TestWebSocket> {
  const exchange = new Exchange(new TestIncoming(outbound));
  const { course } = exchange;
  const upgrade = new TestUpgrade(subprotocols);
  const over = app.connect(exchange, upgrade);
  const answer = await Promise.race([upgrade.opened, over]);
  if (upgrade.socket !== undefined) return new OpenSocket(upgrade.socket, over, exchange, raise);
  // What middleware answered is as good as caught.
  if (course.failure === course.answered) course.failure = undefined;
  const response = await respond(answer!, exchange, course.interrupted && (() => {}));
  if (raise && course.failure !== undefined) {
    await response.body?.cancel().catch(() => {});
    throw course.failure;
  }
  throw new WebSocketDenial(
    await readResponse(response, outbound, [], raise),
    course.handshake?.closed ?? { code: 1006, reason: "" },
  );
}

interface Opened {
  readonly channel: TestChannel;
  readonly acceptance: Acceptance;
}

class TestUpgrade implements Upgrade {
  readonly protocols: readonly string[];
  socket: Opened | undefined;
  readonly opened: Promise<undefined>;
  #open!: () => void;

  constructor(protocols: readonly string[]) {
    this.protocols = protocols;
    this.opened = new Promise((resolve) => (this.#open = () => resolve(undefined)));
  }

  accept(acceptance: Acceptance): Promise<Channel> {
    const channel = new TestChannel(acceptance);
    this.socket = { channel, acceptance };
    this.#open();
    return Promise.resolve(channel);
  }
}

class OpenSocket implements TestWebSocket {
  readonly subprotocol: string | undefined;
  readonly headers = new Headers();
  readonly closed: TestWebSocket["closed"];
  readonly #end: TestChannel["client"];
  readonly #over: Promise<unknown>;
  readonly #course: Exchange["course"];
  readonly #raise: boolean;
  #raised = false;

  constructor({ channel, acceptance }: Opened, over: Promise<unknown>, { course }: Exchange, raise: boolean) {
    this.subprotocol = acceptance.subprotocol;
    const { headers } = acceptance;
    for (let i = 0; i < headers.length; i += 2) this.headers.append(headers[i]!, headers[i + 1]!);
    this.closed = channel.closed;
    this.#end = channel.client;
    this.#over = over;
    this.#course = course;
    this.#raise = raise;
  }

  /** Each error is thrown once: to whoever asks first. */
  #throwFailure(): void {
    const { failure } = this.#course;
    if (failure === undefined || !this.#raise || this.#raised) return;
    this.#raised = true;
    throw failure;
  }

  sendText(text: string): Promise<void> {
    return this.#send(text);
  }
  sendBytes(bytes: Uint8Array): Promise<void> {
    return this.#send(bytes);
  }
  sendJson(value: unknown): Promise<void> {
    return this.#send(JSON.stringify(value));
  }

  async #send(data: string | Uint8Array): Promise<void> {
    if (this.#end.send(data)) return;
    this.#throwFailure();
    const { code, reason } = await this.closed;
    throw new WebSocketDisconnect(code, reason);
  }

  async receive(): Promise<string | Uint8Array> {
    const arrival = await this.#end.receive();
    if (arrival.kind === "message") return arrival.data;
    this.#throwFailure();
    throw new WebSocketDisconnect(arrival.code, arrival.reason);
  }

  async receiveText(): Promise<string> {
    const data = await this.receive();
    if (typeof data === "string") return data;
    throw new ApusError("APUS_TEST_WEBSOCKET: text was to be received, but the message is bytes.");
  }

  async receiveBytes(): Promise<Uint8Array> {
    const data = await this.receive();
    if (typeof data !== "string") return data;
    throw new ApusError(
      `APUS_TEST_WEBSOCKET: bytes were to be received, but the message is text: ${beginningOf(data)}`,
    );
  }

  async receiveJson(): Promise<never> {
    const data = await this.receive();
    const text = typeof data === "string" ? data : new TextDecoder().decode(data);
    try {
      return JSON.parse(text) as never;
    } catch (cause) {
      throw new ApusError(`APUS_TEST_WEBSOCKET: JSON was to be received, but the message is ${beginningOf(text)}`, {
        cause,
      });
    }
  }

  async close(code?: number, reason = ""): Promise<void> {
    this.#end.close(code ?? 1000, reason);
    await this.#over;
    this.#throwFailure();
  }

  async cut(): Promise<void> {
    this.#end.cut();
    await this.#over;
    this.#throwFailure();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

const beginningOf = (text: string): string => JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
