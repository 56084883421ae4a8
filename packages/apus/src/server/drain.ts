/** Closing a server: requests under way end, new ones are refused, and what takes too long is interrupted, then cut. */
import { InterruptedError, type Exchange } from "../exchange/index.ts";
import type { OpenSockets } from "./websocket/open-sockets.ts";
import type { Settings } from "./options.ts";

/** What a server does when it closes. */
export interface Closing {
  readonly listening: boolean;
  /** Takes no more connections. @param closed Told once there are none. */
  close(closed: () => void): unknown;
  closeAllConnections(): void;
}

/** What a server has under way, as closing sees it. */
export interface Works {
  readonly works: readonly { readonly exchange: Exchange }[];
  /** From now on each connection ends with the answer that is under way on it. */
  announceEnd(): void;
  /** From now on connections without work end, too. */
  close(): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** How many of the requests that were interrupted are named. */
const named = 20;

/**
 * Goes on serving for `drainDelay`. Then takes no new connections, ends each one with the answer under way on it, and waits
 * until handlers, streams and the work after answers have settled: what they use is closed only then. What has not by
 * `drainTimeout` is interrupted, so that its answer is 503 and its work rolled back; after `closeTimeout` connections are
 * cut and nothing is waited for any more. WebSockets are told to end when connections are (1001), and cut with the interruption.
 */
export async function drain(
  server: Closing,
  underWay: Works,
  sockets: OpenSockets,
  { drainDelay, drainTimeout, closeTimeout }: Pick<Settings, "drainDelay" | "drainTimeout" | "closeTimeout">,
): Promise<void> {
  underWay.announceEnd();
  if (drainDelay > 0 && server.listening) {
    await new Promise((resolve) => setTimeout(resolve, drainDelay));
    // What clients have opened and the server has not taken yet would be reset: right after a look at them it is little.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  underWay.close();
  sockets.goAway();
  const done = closed.then(() => underWay.settled()).then(() => sockets.settled());
  if (await within(done, drainTimeout)) return;
  interrupt(exchangesOf(underWay, sockets));
  sockets.cut();
  if (await within(done, closeTimeout)) return;
  const left = exchangesOf(underWay, sockets).length;
  if (left > 0) console.warn(`apus: ${counted(left)} did not stop; what they use is closed now`);
  server.closeAllConnections();
  sockets.cutAnswers();
}

/** Whether something happened in time. */
function within(happening: Promise<void>, time: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), time);
    void happening.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

function counted(requests: number): string {
  return requests === 1 ? "1 request" : `${requests} requests`;
}

function exchangesOf(underWay: Works, sockets: OpenSockets): Exchange[] {
  return [...new Set([...underWay.works.map(({ exchange }) => exchange), ...sockets.exchanges])];
}

function interrupt(left: readonly Exchange[]): void {
  if (left.length === 0) return;
  const lines = left.slice(0, named).map((exchange) => {
    // Quoted, so that a line break in the path cannot pass for a line of the log.
    const path = JSON.stringify(exchange.target?.path ?? exchange.incoming.target);
    return `\n  ${exchange.method} ${path}, request ${exchange.course.requestId}`;
  });
  const more = left.length > named ? `\n  and ${left.length - named} more` : "";
  console.warn(`apus: time to drain is up, ${counted(left.length)} interrupted:${lines.join("")}${more}`);
  for (const exchange of left) exchange.course.interrupt(new InterruptedError("The server is closing"));
}

/** The servers of this process that signals close: they end it together, when the last of them has drained. */
const closing = new Set<() => Promise<void>>();

/**
 * The first signal drains; a second one ends the process at once, by the system's own doing.
 * @returns Takes the server out again.
 */
export function closeOnSignals(close: () => Promise<void>): () => void {
  if (closing.size === 0) process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  closing.add(close);
  return () => {
    closing.delete(close);
    if (closing.size === 0) ignoreSignals();
  };
}

function ignoreSignals(): void {
  process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
}

function onSignal(signal: NodeJS.Signals): void {
  ignoreSignals();
  let code = signal === "SIGINT" ? 130 : 0;
  const closed = [...closing].map((close) =>
    close().catch((error: unknown) => {
      console.error("apus: closing the app failed\n", error);
      code = 1;
    }),
  );
  closing.clear();
  void Promise.all(closed).then(() => process.exit(code));
}
