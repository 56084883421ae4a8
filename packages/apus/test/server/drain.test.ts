// Closing: requests under way end, new ones are refused, what lives as long as the app is closed last.
import { App, depends } from "apus";
import { connect } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { tracing } from "../dependencies/trace.ts";
import { gate } from "../scenario.ts";
import { program } from "../program.ts";
import { serve } from "../serve.ts";
import { statuses, wire } from "../wire.ts";

const refused = ({ host, port }: { host: string; port: number }): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    socket
      .once("connect", () => resolve("accepted"))
      .once("error", (error: NodeJS.ErrnoException) => resolve(error.code!));
    socket.once("close", () => {});
  });

test("close() lets a request under way end, refuses new connections, and closes the app last", async () => {
  const { lines, scoped } = tracing();
  const [handling, proceed] = [gate(), gate()];
  const app = new App();
  app.get("/", { input: { a: scoped("a", "app"), r: scoped("r", "request") } }, async () => {
    handling.open();
    await proceed.opened;
    lines.push("answer");
    return "done";
  });
  const server = await serve(app, { port: 0, signals: false });
  const client = await wire(server);
  client.send("GET / HTTP/1.1", "Host: a", "", "");
  await handling.opened;
  const closing = server.close();
  expect(server.close()).toBeInstanceOf(Promise);
  expect(await refused(server)).toBe("ECONNREFUSED");
  expect(lines).toEqual(["enter a", "enter r"]);
  proceed.open();
  // The connection was to be kept; now it ends with its answer.
  expect(await client.closed).toMatch(/200 OK[^]*connection: close[^]*"done"/i);
  await closing;
  expect(lines).toEqual(["enter a", "enter r", "answer", "leave r", "leave a"]);
});

test("idle connections do not hold it up", async () => {
  const app = new App();
  app.get("/", () => 1);
  const server = await serve(app, { port: 0, signals: false, keepAliveTimeout: 60_000, drainTimeout: 60_000 });
  const client = await wire(server);
  client.send("GET / HTTP/1.1", "Host: a", "", "");
  await client.until(/200 OK/);
  await server.close();
  await client.closed;
});

test("work after answers is waited for, so that it finds open what it uses", async () => {
  const lines: string[] = [];
  const [leaving, exit] = [gate(), gate()];
  const pool = depends(
    async function* () {
      yield { query: () => lines.push("query") };
      lines.push("pool closed");
    },
    { scope: "app" },
  );
  const session = depends({ pool }, async function* ({ pool: each }) {
    yield 1;
    leaving.open();
    await exit.opened;
    each.query();
  });
  const app = new App();
  app.get("/", { input: { session } }, () => 1);
  const server = await serve(app, { port: 0, signals: false });
  await (await fetch(server.url, { headers: { connection: "close" } })).text();
  await leaving.opened;
  const closing = server.close();
  exit.open();
  await closing;
  expect(lines).toEqual(["query", "pool closed"]);
});

test("a handler whose client left is waited for as well", async () => {
  const { lines, scoped } = tracing();
  const [handling, proceed] = [gate(), gate()];
  const app = new App();
  app.get("/", { input: { a: scoped("a", "app") } }, async () => {
    handling.open();
    await proceed.opened;
    lines.push("handled");
  });
  const server = await serve(app, { port: 0, signals: false });
  const client = await wire(server);
  client.send("GET / HTTP/1.1", "Host: a", "", "");
  await handling.opened;
  client.socket.destroy();
  await client.closed;
  const closing = server.close();
  proceed.open();
  await closing;
  expect(lines).toEqual(["enter a", "handled", "leave a"]);
});

test("a large answer to a slow reader is sent whole", async () => {
  const app = new App();
  const size = 8 * 1024 * 1024;
  app.get("/", () => "x".repeat(size));
  const server = await serve(app, { port: 0, signals: false });
  const client = await wire(server);
  client.socket.pause();
  client.send("GET / HTTP/1.1", "Host: a", "", "");
  await fetch(server.url).then((answer) => answer.arrayBuffer()); // by now the first one has been answered, too
  const closing = server.close();
  client.socket.resume();
  const received = await client.closed;
  expect(received.length - received.indexOf("\r\n\r\n")).toBe(size + 2 + 4);
  await closing;
});

test("under load every request that was taken is answered, and none is taken after that", async () => {
  const app = new App();
  const proceed = gate();
  const [clients, each] = [10, 3];
  let begun = 0;
  const all = gate();
  app.get("/", async () => {
    if (++begun === clients * each) all.open();
    await proceed.opened;
    return begun;
  });
  const server = await serve(app, { port: 0, signals: false });
  const line = ["GET / HTTP/1.1", "Host: a", "", ""];
  const busy = await Promise.all(Array.from({ length: clients }, () => wire(server)));
  const idle = await Promise.all(Array.from({ length: clients }, () => wire(server)));
  for (const client of busy) for (let i = 0; i < each; i++) client.send(...line);
  await all.opened;
  const closing = server.close();
  const late = await Promise.all(Array.from({ length: clients }, () => refused(server)));
  expect(await Promise.all(idle.map((client) => client.closed))).toEqual(idle.map(() => ""));
  proceed.open();
  const received = await Promise.all(busy.map((client) => client.closed));
  await closing;
  expect(received.map(statuses)).toEqual(busy.map(() => [200, 200, 200]));
  expect(received.map((text) => text.match(/^connection: close/gim)?.length)).toEqual(busy.map(() => 1));
  expect(late).toEqual(late.map(() => "ECONNREFUSED"));
  expect(begun).toBe(clients * each);
});

test("answers that queued up behind a slow one go out before the connection ends", async () => {
  const app = new App();
  const [handling, proceed] = [gate(), gate()];
  app.get("/slow", async () => {
    handling.open();
    await proceed.opened;
    return "slow";
  });
  app.get("/quick", () => "quick");
  const server = await serve(app, { port: 0, signals: false });
  const client = await wire(server);
  client.send("GET /slow HTTP/1.1", "Host: a", "", "GET /quick HTTP/1.1", "Host: a", "", "");
  await handling.opened;
  await fetch(`${server.url}/quick`); // by now the one behind the slow one has been answered, too
  const closing = server.close();
  proceed.open();
  expect(await client.closed).toMatch(/"slow"[^]*"quick"$/);
  await closing;
});

test("during the drain delay the server goes on, says 503 for its health, and ends connections with their answers", async () => {
  const app = new App({ healthUrl: "/health" });
  app.get("/", () => "served");
  const delay = 123_456;
  const server = await serve(app, { port: 0, signals: false, drainDelay: delay });
  // The delay is over when the test says so.
  const timer = globalThis.setTimeout;
  let over = (): void => {};
  const held = vi.spyOn(globalThis, "setTimeout").mockImplementation((call: () => void, time?: number) => {
    if (time !== delay) return timer(call, time);
    over = call;
    return timer(() => {}, 0);
  });
  onTestFinished(() => held.mockRestore());
  const kept = await wire(server);
  const health = async (): Promise<unknown[]> => {
    const answer = await fetch(`${server.url}/health`);
    return [answer.status, await answer.json()];
  };
  expect(await health()).toEqual([200, { status: "ok" }]);
  const closing = server.close();
  expect(await health()).toEqual([503, { status: "draining" }]);
  kept.send("GET / HTTP/1.1", "Host: a", "", "");
  expect(await kept.closed).toMatch(/200 OK[^]*connection: close[^]*"served"/i);
  expect(await refused(server)).toBe("accepted");
  over();
  await closing;
  expect(await refused(server)).toBe("ECONNREFUSED");
});

test("a port that is taken is an error, and what had been opened is closed", async () => {
  const { lines, scoped } = tracing();
  const first = await serve(new App(), { port: 0, signals: false });
  const app = new App();
  app.get("/", { input: { a: scoped("a", "app") } }, () => 1);
  await expect(serve(app, { port: first.port, signals: false })).rejects.toMatchObject({ code: "EADDRINUSE" });
  expect(lines).toEqual(["enter a", "leave a"]);
  await first.close();
});

test("an App that two servers serve is closed with the last of them", async () => {
  const { lines, scoped } = tracing();
  const app = new App();
  app.get("/", { input: { a: scoped("a", "app") } }, () => "served");
  const first = await serve(app, { port: 0, signals: false });
  await expect(serve(app, { port: first.port, signals: false })).rejects.toMatchObject({ code: "EADDRINUSE" });
  const second = await serve(app, { port: 0, signals: false });
  await first.close();
  expect([await (await fetch(second.url)).json(), lines]).toEqual(["served", ["enter a"]]);
  await second.close();
  expect(lines).toEqual(["enter a", "leave a"]);
});

test("signals are listened to while the server runs and no longer", async () => {
  const before = process.listenerCount("SIGTERM");
  const server = await serve(new App(), { port: 0 });
  expect(process.listenerCount("SIGTERM")).toBe(before + 1);
  await server.close();
  expect(process.listenerCount("SIGTERM")).toBe(before);
});

test.skipIf(process.platform === "win32").each([
  ["SIGTERM", 0],
  ["SIGINT", 130],
] as const)("%s drains the process and ends it with %i", async (signal, code) => {
  const child = program(new URL("./drained.ts", import.meta.url));
  const [, port] = await child.printed(/listening on (\d+)/);
  const client = await wire({ host: "127.0.0.1", port: Number(port) });
  client.send("GET /slow HTTP/1.1", "Host: a", "", "");
  await child.printed(/handling/);
  child.process.kill(signal);
  await child.printed(/signal seen/);
  child.process.kill("SIGUSR2"); // lets the handler go on
  expect(await client.closed).toMatch(/200 OK[^]*"done"/);
  expect(await child.ended).toBe(code);
  expect(child.output()).toMatch(/handling[^]*signal seen[^]*handled[^]*pool closed/);
});

test.skipIf(process.platform === "win32")(
  "of two servers in a process a signal ends both, the last one last",
  async () => {
    const child = program(new URL("./two-servers.ts", import.meta.url));
    const [, port] = await child.printed(/listening on (\d+)/);
    const client = await wire({ host: "127.0.0.1", port: Number(port) });
    client.send("GET /slow HTTP/1.1", "Host: a", "", "");
    await child.printed(/handling/);
    child.process.kill("SIGTERM");
    await child.printed(/idle app closed/);
    child.process.kill("SIGUSR2"); // lets the handler go on
    expect(await client.closed).toMatch(/200 OK[^]*"done"/);
    expect(await child.ended).toBe(0);
  },
);

test.skipIf(process.platform === "win32")(
  "a signal during the start closes all that opens, and nobody is let in",
  async () => {
    const child = program(new URL("./starting.ts", import.meta.url));
    await child.printed(/opening second/);
    child.process.kill("SIGTERM");
    await child.printed(/signal seen/);
    child.process.kill("SIGUSR2"); // lets the second one open
    expect(await child.ended).toBe(0);
    expect(child.output()).toMatch(/second open\n[^]*third open\nthird closed\nsecond closed\nfirst closed\n$/);
    expect(child.output()).not.toMatch(/listening/);
  },
);

test.skipIf(process.platform === "win32")("a second signal ends the process at once", async () => {
  const child = program(new URL("./drained.ts", import.meta.url));
  const [, port] = await child.printed(/listening on (\d+)/);
  const client = await wire({ host: "127.0.0.1", port: Number(port) });
  client.send("GET /slow HTTP/1.1", "Host: a", "", "");
  await child.printed(/handling/);
  child.process.kill("SIGTERM");
  await child.printed(/signal seen/);
  child.process.kill("SIGTERM");
  expect(await child.ended).toBe("SIGTERM");
  expect(await client.closed).toBe("");
  expect(child.output()).not.toMatch(/handled|pool closed/);
});
