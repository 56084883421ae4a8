/** What reads HTTP: those who look into Node's HTTP server see requests where it is asked for, and nowhere else. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { App } from "apus";
import { serve, type ServeOptions } from "apus/server";
import { expect, onTestFinished, test } from "vitest";

/** Requests that Node's HTTP server tells of while the test runs. */
function seenByNode(): string[] {
  const seen: string[] = [];
  const see = (message: unknown): void => {
    seen.push((message as { request: { url: string } }).request.url);
  };
  subscribe("http.server.request.start", see);
  onTestFinished(() => void unsubscribe("http.server.request.start", see));
  return seen;
}

const app = new App();
app.get("/name", () => "answer");
const withSockets = new App();
withSockets.get("/name", () => "answer");
withSockets.socket("/echo", () => {});

test.each<[ServeOptions["engine"], string, App, readonly string[]]>([
  [undefined, "an App", app, []],
  ["apus", "an App", app, []],
  ["node:http", "an App", app, ["/name?a=b"]],
  [undefined, "an App with sockets", withSockets, []],
  ["node:http", "an App with sockets", withSockets, ["/name?a=b"]],
])("engine %s, %s", async (engine, _, served, expected) => {
  const seen = seenByNode();
  const server = await serve(served, { port: 0, signals: false, engine });
  onTestFinished(() => server.close());
  const answer = await fetch(`${server.url}/name?a=b`);
  expect(await answer.json()).toBe("answer");
  expect(seen).toEqual(expected);
});
