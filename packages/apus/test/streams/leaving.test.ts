// Clients that leave a stream, and servers that end one: the generator is closed first, then what it uses.
import { setTimeout as sleepFor } from "node:timers/promises";
import { App, background, events, jsonLines, signal, stream } from "apus";
import type { Serving } from "apus/server";
import { testClient } from "apus/testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { tracing } from "../dependencies/trace.ts";
import { gate, reports } from "../scenario.ts";
import { serve } from "../serve.ts";
import { wire } from "../wire.ts";

const forever = 2_147_483_647;

/** An app with a stream that writes down what becomes of it, and a dependency that does. */
function watched(
  body: (stop: AbortSignal, begun: () => void) => AsyncGenerator<number>,
  output: object = { output: events() },
) {
  const { lines, scoped } = tracing();
  const { found, report } = reports();
  const [begun, closed] = [gate(), gate()];
  const app = new App({ report });
  const r = scoped("r", "request", { exit: () => closed.open() });
  const declared = { input: { r, signal, background }, ...output } as object as {
    input: { signal: typeof signal; background: typeof background };
    output: ReturnType<typeof events>;
  };
  app.get("/", declared, async function* (values) {
    values.background.add(() => lines.push("background"));
    try {
      yield* body(values.signal, () => begun.open());
    } finally {
      lines.push(`closed, aborted: ${values.signal.aborted}`);
    }
  });
  return { app, lines, found, begun: begun.opened, closed: closed.opened };
}

type Leave = (app: App, begun: Promise<void>) => Promise<void>;

const ways: readonly [string, Leave][] = [
  [
    "a connection that ends",
    async (app, begun) => {
      const server = await serve(app, { port: 0, signals: false });
      onTestFinished(() => server.close());
      const client = await wire(server);
      client.send("GET / HTTP/1.1", "Host: a", "", "");
      await begun;
      client.socket.destroy();
    },
  ],
  [
    "a test that closes",
    async (app, begun) => {
      const answer = await testClient(app).get("/", { stream: true });
      const reading = (async () => {
        for await (const chunk of answer.chunks()) expect(chunk.byteLength).toBeGreaterThan(0);
      })();
      await begun;
      await answer.close();
      await reading;
    },
  ],
  [
    "a web request that is aborted",
    async (app, begun) => {
      const controller = new AbortController();
      const response = await app.fetch(new Request("http://a/", { signal: controller.signal }));
      const reading = response.text().catch((error: unknown) => error);
      await begun;
      controller.abort(new Error("gone"));
      expect(await reading).toEqual(new Error("gone"));
    },
  ],
  [
    "a web body that is cancelled",
    async (app, begun) => {
      const reader = (await app.fetch(new Request("http://a/"))).body!.getReader();
      const reading = (async () => {
        while (!(await reader.read()).done);
      })();
      await begun;
      await Promise.all([reader.cancel(), reading]);
    },
  ],
];

const outputs: readonly [string, object][] = [
  ["events", { output: events() }],
  ["JSON Lines", { output: jsonLines() }],
];

describe.each(ways)("%s", (way, leave) => {
  test.each(outputs)(
    "in the midst of %s without end: the generator is closed, and then what it uses",
    async (_, output) => {
      const { app, lines, found, begun, closed } = watched(async function* (_stop, begun) {
        for (let i = 0; ; i++) {
          yield i;
          if (i === 3) begun();
        }
      }, output);
      await leave(app, begun);
      await closed;
      const aborted = way !== "a web body that is cancelled";
      expect(lines).toEqual(["enter r", `closed, aborted: ${aborted}`, "background", "leave r"]);
      expect(found).toEqual([]);
    },
  );

  if (way === "a web body that is cancelled") return;

  test("while the generator waits and heeds its signal", async () => {
    const { app, lines, found, begun, closed } = watched(async function* (stop, begun) {
      yield 1;
      begun();
      await sleepFor(forever, undefined, { signal: stop });
    });
    await leave(app, begun);
    await closed;
    expect(lines).toEqual(["enter r", "closed, aborted: true", "background", "leave r"]);
    expect(found).toEqual([]);
  });
});

test("while the generator waits for something else: nothing it uses is closed before it has settled", async () => {
  const proceed = gate();
  const { app, lines, begun, closed } = watched(async function* (_stop, begun) {
    begun();
    await proceed.opened;
    yield 1;
  });
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  const client = await wire(server);
  client.send("GET / HTTP/1.1", "Host: a", "", "");
  await begun;
  client.socket.destroy();
  await client.closed;
  await fetch(`${server.url}/nowhere`);
  expect(lines).toEqual(["enter r"]);
  proceed.open();
  await closed;
  expect(lines).toEqual(["enter r", "closed, aborted: true", "background", "leave r"]);
});

test("what fails while it is closed is reported, and what is behind it is closed all the same", async () => {
  const { app, lines, found, begun, closed } = watched(async function* (_stop, begun) {
    try {
      for (;;) {
        yield 1;
        begun();
      }
    } finally {
      await Promise.reject(new Error("clean-up failed"));
    }
  });
  const answer = await testClient(app).get("/", { stream: true });
  const chunks = answer.chunks();
  await chunks.next();
  await chunks.next();
  await begun;
  await answer.close();
  await closed;
  expect(found.map(({ error }) => (error as Error).message)).toEqual(["clean-up failed"]);
  expect(lines.at(-1)).toBe("leave r");
});

test("an iterator that is waited for is closed at once, and not waited for", async () => {
  const lines: string[] = [];
  const app = new App();
  const asked = gate();
  app.get("/", { as: stream }, (): AsyncIterable<string> => ({
    [Symbol.asyncIterator]: () => ({
      next: () => (asked.open(), new Promise<IteratorResult<string>>(() => {})),
      return: async () => (lines.push("return"), { done: true as const, value: undefined }),
    }),
  }));
  const answer = await testClient(app).get("/", { stream: true });
  const reading = answer.chunks().next();
  await asked.opened;
  await answer.close();
  expect([lines, (await reading).done]).toEqual([["return"], true]);
});

describe("a server that closes", () => {
  const closing = async (server: Serving): Promise<void> => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    onTestFinished(() => void vi.restoreAllMocks());
    await server.close();
  };

  test("waits for streams that end", async () => {
    const proceed = gate();
    const { app, begun } = watched(async function* (_stop, begun) {
      begun();
      yield 1;
      await proceed.opened;
      yield 2;
    });
    const server = await serve(app, { port: 0, signals: false });
    const answer = await fetch(server.url);
    await begun;
    const closed = closing(server);
    proceed.open();
    expect(await answer.text()).toBe("data: 1\n\ndata: 2\n\n");
    await closed;
  });

  test("ends those that do not when the time to drain is up: their clients see it, and request scope too", async () => {
    const { app, lines, found, begun } = watched(async function* (stop, begun) {
      yield 1;
      begun();
      await sleepFor(forever, undefined, { signal: stop });
    });
    const server = await serve(app, { port: 0, signals: false, drainTimeout: 20 });
    const answer = await fetch(server.url);
    const text = answer.text().catch((error: Error) => error.message);
    await begun;
    await closing(server);
    expect(await text).toBe("terminated");
    expect(lines).toEqual(["enter r", "closed, aborted: true", "leave r: InterruptedError"]);
    expect(found).toEqual([]);
  });
});

test("`timeout` is the time until the stream begins, not its length", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { found, report } = reports();
  const app = new App({ timeout: 20, report });
  const [first, second, late] = [gate(), gate(), gate<number[]>()];
  app.get("/long", { output: jsonLines() }, async function* () {
    first.open();
    await second.opened;
    yield 1;
  });
  app.get("/late", { output: jsonLines() }, () => late.opened);
  const client = testClient(app, { raiseServerErrors: false });
  const long = client.get("/long");
  await first.opened;
  await vi.advanceTimersByTimeAsync(1000);
  second.open();
  expect((await long).text).toBe("1\n");
  const refused = client.get("/late");
  await vi.advanceTimersByTimeAsync(20);
  expect((await refused).status).toBe(503);
  late.open([1]);
  expect(found).toHaveLength(1);
});
