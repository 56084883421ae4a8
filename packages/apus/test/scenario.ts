/**
 * Runs each scenario three times, through testClient, a real Node server and `app.fetch`, and holds the answers equal:
 * status, headers and body of the n-th request of a scenario are the same whoever carried it.
 */
import { request as httpRequest, type IncomingMessage } from "node:http";
import type { App } from "apus";
import type { Serving } from "apus/server";
import { testClient } from "apus/testing";
import { describe, expect, onTestFinished } from "vitest";
import { serve } from "./serve.ts";

/** What a request carries besides its method and target. At most one of `json` and `body`. */
export interface Sent {
  readonly headers?: Readonly<Record<string, string>> | readonly (readonly [string, string])[] | undefined;
  readonly json?: unknown;
  readonly body?: string | Uint8Array | undefined;
}

/** An answer as it came back. */
export interface Answered {
  readonly status: number;
  /** Names in lower case. What the connection rather than the answer is about (date, framing) is left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** Each Set-Cookie line. */
  readonly cookies: readonly string[];
  readonly text: string;
  readonly bytes: Uint8Array;
  /** The body as JSON. */
  json(): any;
}

/** Sends a request: `await ask(app, "GET /items?q=1", { headers })`. */
export interface Ask {
  (app: App, line: string, sent?: Sent): Promise<Answered>;
  readonly adapter: "testClient" | "node" | "fetch";
  /** Whether a request can be sent exactly as it is written: raw targets, repeated header lines, GET with a body. */
  readonly raw: boolean;
  /** Lets everything under way end and closes what the app opened; happens after each test anyway. */
  close(app: App): Promise<void>;
}

/** Declares scenarios; the function declares tests that ask. */
export function scenarios(name: string, declare: (ask: Ask) => void): void {
  const seen: Seen = new Map();
  describe(`${name} (testClient)`, () => declare(asker("testClient", true, throughTestClient, seen, name)));
  describe(`${name} (node)`, () => declare(asker("node", true, throughNode, seen, name)));
  describe(`${name} (fetch)`, () => declare(asker("fetch", false, throughFetch, seen, name)));
}

type Door = { ask(method: string, target: string, sent: Sent): Promise<Answered>; close(): Promise<void> };
type Open = (app: App) => Door | Promise<Door>;
type Seen = Map<string, { readonly adapter: string; readonly facts: unknown }>;

function asker(adapter: Ask["adapter"], raw: boolean, open: Open, seen: Seen, name: string): Ask {
  const doors = new Map<App, Promise<Door>>();
  const counts = new Map<string, number>();
  const close = async (app: App): Promise<void> => {
    const door = doors.get(app);
    doors.delete(app);
    await (await door)?.close();
  };
  const ask = async (app: App, line: string, sent: Sent = {}): Promise<Answered> => {
    let door = doors.get(app);
    if (door === undefined) {
      door = Promise.resolve(open(app));
      doors.set(app, door);
      onTestFinished(() => close(app));
    }
    const [method, target] = split(line);
    const test = (expect.getState().currentTestName ?? "").replace(`${name} (${adapter})`, "");
    const count = counts.get(test) ?? 0;
    counts.set(test, count + 1);
    const answer = await (await door).ask(method, target, sent);
    const facts = { ...answer, bytes: undefined, json: undefined };
    const place = `${test} #${count} ${line}`;
    const first = seen.get(place);
    if (first === undefined) seen.set(place, { adapter, facts });
    else expect(facts, `${adapter} answers as ${first.adapter} does: ${line}`).toEqual(first.facts);
    return answer;
  };
  return Object.assign(ask, { adapter, raw, close });
}

function split(line: string): [string, string] {
  const space = line.indexOf(" ");
  if (space < 1) throw new TypeError(`A request line is a method and a target: "GET /items", not "${line}".`);
  return [line.slice(0, space), line.slice(space + 1)];
}

function throughTestClient(app: App): Door {
  const client = testClient(app, { raiseServerErrors: false, followRedirects: false });
  return {
    async ask(method, target, { headers, json, body }) {
      // The other two keep no cookies.
      client.cookies.clear();
      const response = await client.request(method, target, { headers, json, body });
      const { status, headers: found, bytes } = response;
      if (!response.complete) throw new Error("The answer was aborted");
      return answered(status, [...found], bytes);
    },
    close: () => client.close(),
  };
}

function throughFetch(app: App): Door {
  return {
    async ask(method, target, { headers = {}, json, body }) {
      const all = new Headers(
        [...(isPairs(headers) ? headers : Object.entries(headers))].map(([name, value]): [string, string] => [
          name,
          value,
        ]),
      );
      if (json !== undefined) all.set("content-type", "application/json");
      const content = json === undefined ? body : JSON.stringify(json);
      // Bytes, because a Request gives text a Content-Type that nobody asked for.
      const sent = typeof content === "string" ? new TextEncoder().encode(content) : content;
      const init = { method, headers: all, body: (sent ?? null) as BodyInit | null };
      const response = await app.fetch(new Request(`http://testserver${target}`, init));
      return answered(response.status, [...response.headers], new Uint8Array(await response.arrayBuffer()));
    },
    close: () => app.shutdown(),
  };
}

async function throughNode(app: App): Promise<Door> {
  const server = await serve(app, { port: 0, signals: false });
  return { ask: (...given) => askNode(server, ...given), close: () => server.close() };
}

/** One request over a connection of its own, its target and header lines exactly as given. */
export function askNode(
  { host, port }: Pick<Serving, "host" | "port">,
  method: string,
  target: string,
  { headers = {}, json, body }: Sent = {},
): Promise<Answered> {
  const content = json === undefined ? body : JSON.stringify(json);
  const lines = [...(isPairs(headers) ? headers : Object.entries(headers)).flat(), "connection", "close"];
  if (!lines.includes("host")) lines.push("host", "testserver");
  if (json !== undefined && !lines.includes("content-type")) lines.push("content-type", "application/json");
  if (content !== undefined) lines.push("content-length", String(Buffer.byteLength(content)));
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host, port, method, path: target, headers: lines, agent: false }, (response) => {
      read(response).then(resolve, reject);
    });
    sent.on("error", reject).end(content);
  });
}

async function read(response: IncomingMessage): Promise<Answered> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const raw = response.rawHeaders;
  const pairs = raw.flatMap((each, i): [string, string][] => (i % 2 === 0 ? [[each, raw[i + 1]!]] : []));
  return answered(response.statusCode!, pairs, Buffer.concat(chunks));
}

/** About the connection, the machine or the moment; `content-length` is known for everything but streams. */
const incidental = new Set(["date", "connection", "keep-alive", "transfer-encoding", "x-request-id"]);

function answered(status: number, pairs: readonly (readonly [string, string])[], bytes: Uint8Array): Answered {
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    if (key === "set-cookie") cookies.push(value);
    else if (!incidental.has(key)) headers[key] = key in headers ? `${headers[key]}, ${value}` : value;
  }
  const text = new TextDecoder().decode(bytes);
  return { status, headers, cookies, text, bytes, json: () => JSON.parse(text) as unknown };
}

function isPairs(value: object): value is readonly (readonly [string, string])[] {
  return Array.isArray(value);
}

/** A promise that the test settles itself, so that it decides when something happens instead of sleeping. */
export function gate<T = void>(): { readonly opened: Promise<T>; open(value: T): void } {
  let open!: (value: T) => void;
  const opened = new Promise<T>((resolve) => (open = resolve));
  return { opened, open };
}

/** What a `report` option was told. */
export interface Reported {
  readonly error: unknown;
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
}

/** A `report` option that keeps what it is told. */
export function reports(): {
  readonly found: Reported[];
  readonly report: (error: unknown, context: Omit<Reported, "error">) => void;
} {
  const found: Reported[] = [];
  return { found, report: (error, context) => void found.push({ error, ...context }) };
}
