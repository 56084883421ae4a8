/**
 * The same bytes to a server that reads HTTP by itself and to one of `node:http`, on sockets: what both take they read alike, and
 * what Node refuses is refused. Ours may refuse more; for which reasons, and how often, is told in the end of a long run.
 */
import { METHODS } from "node:http";
import { connect } from "node:net";
import { App, middleware } from "apus";
import type { Serving } from "apus/server";
import { serve } from "../../serve.ts";
import type { Random } from "../random.ts";
import { holds, same, type Target } from "../target.ts";
import { chunked } from "./chunks.ts";
import { headerLines, methods, tokens } from "./http-head.ts";

interface Input {
  readonly text: string;
  /** Where it is cut in two; 0 for nowhere. */
  readonly cut: number;
}

/** A request as the App saw it. */
interface Seen {
  readonly what: readonly [method: string, target: string, headers: readonly (readonly [string, string])[]];
  /** Undefined where it did not arrive as a whole. */
  body: string | undefined;
}

interface Told {
  readonly seen: readonly Seen[];
  readonly statuses: readonly number[];
  /** What is said in the last answer. */
  readonly last: string;
}

const targets = ["/", "/a?b=c", "/body", "/body", "/%2e/\u00e9", "*", "a", "http://a/b", "//a", "/a#b"];

function request(random: Random): string {
  const first = `${random.oneIn(4) ? random.pick(methods) : random.oneIn(2) ? "GET" : "POST"} ${random.pick(targets)} ${random.oneIn(20) ? "HTTP/1.0" : "HTTP/1.1"}`; // prettier-ignore
  const lines = random.oneIn(3) ? headerLines(random) : ["Host: a"];
  let body = "";
  const kind = random.int(3);
  if (kind === 1) {
    body = random.latin1(12);
    lines.push(`Content-Length: ${body.length}`);
  } else if (kind === 2) {
    body = chunked(random);
    lines.push("Transfer-Encoding: chunked");
  }
  return `${[first, ...lines, "", ""].join("\r\n")}${body}`;
}

function input(random: Random): Input {
  const whole = `${random.oneIn(9) ? random.pick(["\r\n", "\n", "\r", " "]) : ""}${random.list(3, () => request(random)).join("")}GET /end HTTP/1.1\r\nHost: a\r\n\r\n`; // prettier-ignore
  const text = random.oneIn(2) ? random.mutated(whole, tokens) : whole;
  return { text, cut: random.oneIn(2) ? random.int(text.length) : 0 };
}

interface Server {
  readonly serving: Serving;
  seen: Seen[];
}

async function start(engine: "apus" | "node:http"): Promise<Server> {
  const noting = middleware({
    async onRequest(request) {
      const noted: Seen = { what: [request.method, request.rawTarget, [...request.headers]], body: undefined };
      server.seen.push(noted);
      // How much of a body that nobody reads has arrived depends on the network.
      noted.body = Buffer.from(await request.bytes()).toString("latin1");
    },
  });
  const app = new App({
    middleware: [noting],
    docsUrl: null,
    redocUrl: null,
    openapiUrl: null,
    redirectSlashes: false,
  });
  const serving = await serve(app, { port: 0, signals: false, engine, maxHeadersCount: 30 });
  const server: Server = { serving, seen: [] };
  return server;
}

let starting: Promise<readonly [ours: Server, nodes: Server]> | undefined;
/** How often ours alone refused something, by what it said. */
const stricter = new Map<string, number>();

async function told(server: Server, { text, cut }: Input): Promise<Told> {
  server.seen = [];
  const { host, port } = server.serving;
  const socket = connect({ host, port, noDelay: true });
  let received = "";
  socket.setEncoding("latin1").on("data", (data: string) => (received += data));
  socket.on("error", () => {});
  const closed = new Promise<void>((resolve) => socket.once("close", resolve));
  await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
  const bytes = Buffer.from(text, "latin1");
  if (cut > 0) {
    socket.write(bytes.subarray(0, cut));
    await new Promise((resolve) => setImmediate(resolve));
  }
  socket.write(bytes.subarray(cut));
  // What is answered at once is answered by now; the end then cuts short what is not complete.
  for (let quiet = 0, before = -1; quiet < 3 && !socket.destroyed; quiet = received.length === before ? quiet + 1 : 0) {
    before = received.length;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  socket.end();
  await closed;
  const found = [...received.matchAll(/HTTP\/1\.1 ([2-5]\d\d) /g)];
  return { seen: server.seen, statuses: found.map(([, status]) => Number(status)), last: received.slice(found.at(-1)?.index) }; // prettier-ignore
}

export const httpServers: Target<Input, Promise<readonly [ours: Told, nodes: Told]>> = {
  name: "http-servers",
  cost: 250,
  make: input,
  async read(given) {
    const [ours, nodes] = await (starting ??= Promise.all([start("apus"), start("node:http")]));
    return [await told(ours, given), await told(nodes, given)];
  },
  judge(_, [ours, nodes]) {
    const both = Math.min(ours.seen.length, nodes.seen.length);
    for (let i = 0; i < both; i++) {
      same("a request", ours.seen[i]!.what, nodes.seen[i]!.what);
      same("the body of a request", ours.seen[i]!.body, nodes.seen[i]!.body);
    }
    const more = ours.seen[both];
    if (more !== undefined) {
      // Node knows a list of methods; a method that an App does not know is answered 405 or 404 by ours.
      const unknown = !METHODS.includes(more.what[0]);
      holds(`Apus takes what Node refuses: ${JSON.stringify(more.what)}`, unknown);
    } else if (nodes.seen[both]?.body !== undefined) {
      const said = /"detail":"([^"]*)"/.exec(ours.last)?.[1] ?? "(nothing)";
      stricter.set(said, (stricter.get(said) ?? 0) + 1);
    }
  },
  async end() {
    if (starting === undefined) return;
    for (const { serving } of await starting) await serving.close();
    starting = undefined;
    if (stricter.size > 0 && process.env["APUS_FUZZ_TELL"] !== undefined) {
      process.stdout.write(`refused by Apus, taken by Node: ${JSON.stringify([...stricter])}\n`);
    }
  },
};
