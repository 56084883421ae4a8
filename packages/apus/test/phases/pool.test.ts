// A slow body holds nothing: what the guards took is given back before the body is read, and waited for.
import { App, around, connection, depends, HTTPException, middleware, type Dependency } from "apus";
import { testClient } from "apus/testing";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { gate, reports } from "../scenario.ts";
import { serve } from "../serve.ts";
import { wire } from "../wire.ts";

const json = { "content-type": "application/json" };
const Item = z.object({ n: z.int() });

/** A pool of one connection; who wants it waits in line. */
function poolOfOne() {
  const waiting: (() => void)[] = [];
  let taken = false;
  let most = 0;
  let held = 0;
  return {
    get held() {
      return held;
    },
    get most() {
      return most;
    },
    async take(): Promise<void> {
      if (taken) await new Promise<void>((resolve) => void waiting.push(resolve));
      taken = true;
      most = Math.max(most, ++held);
    },
    give(): void {
      held--;
      const next = waiting.shift();
      if (next === undefined) taken = false;
      else next();
    },
  };
}

/** A session that takes its connection at the first statement, and gives it back before a body. */
function sessionOn(pool: ReturnType<typeof poolOfOne>) {
  return depends(
    { connection },
    async function* ({ connection: of }) {
      let holds = false;
      const give = (): void => {
        if (holds) pool.give();
        holds = false;
      };
      of.beforeBody(give);
      try {
        yield {
          async query(what: string): Promise<string> {
            if (!holds) await pool.take();
            holds = true;
            return what;
          },
        };
      } finally {
        give();
      }
    },
    { scope: "function" },
  );
}

test("a pool of one serves others while slow bodies of guarded operations arrive", async () => {
  const pool = poolOfOne();
  const session = sessionOn(pool);
  const admitted = [gate(), gate(), gate(), gate(), gate()];
  let guards = 0;
  const user = depends({ session }, async ({ session: on }) => {
    const found = await on.query("user");
    admitted[guards++]?.open();
    return found;
  });
  const app = new App();
  app.post("/items", { dependencies: [user], input: { session, item: Item } }, async ({ session: on, item }) => {
    return `${await on.query("insert")} ${item.n}`;
  });
  app.get("/items", { dependencies: [user], input: { session } }, ({ session: on }) => on.query("select"));
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());

  const clients = await Promise.all(admitted.map(() => wire(server)));
  for (const client of clients) {
    client.send("POST /items HTTP/1.1", "Host: a", "Content-Type: application/json", "Content-Length: 7", "", '{"n":');
  }
  await Promise.all(admitted.map(({ opened }) => opened));
  for (let i = 0; i < 3; i++) expect(await (await fetch(`${server.url}/items`)).json()).toBe("select");
  expect(pool.held).toBe(0);
  for (const [i, client] of clients.entries()) client.send(`${i}}`);
  for (const [i, client] of clients.entries()) await client.until(new RegExp(`200 OK[^]*"insert ${i}"`));
  expect([pool.held, pool.most]).toEqual([0, 1]);
});

/** A body whose reading can be seen. */
function watched(text: string) {
  let pulls = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulls++;
        controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const request = (): Request =>
    new Request("http://a/", { method: "POST", body: stream, headers: json, duplex: "half" } as RequestInit);
  return { request, pulls: () => pulls };
}

test.each(["an operation with dependencies", "an operation without any"])(
  "the body of %s is touched only when all listeners have settled, one after the other",
  async (what) => {
    const lines: string[] = [];
    const [first, proceed] = [gate(), gate()];
    const body = watched('{"n":1}');
    const listen = middleware({
      onRequest: (request) => {
        request.beforeBody(async () => {
          first.open();
          await proceed.opened;
          lines.push(`first, ${body.pulls()} read`);
        });
        request.beforeBody(() => void lines.push(`second, ${body.pulls()} read`));
      },
    });
    const guard = depends(() => void lines.push("guard"));
    const app = new App({ middleware: [listen] });
    const dependencies: Dependency[] = what === "an operation without any" ? [] : [guard];
    app.post("/", { dependencies, input: { item: Item } }, () => void lines.push(`handler, ${body.pulls()} read`));
    const answer = app.fetch(body.request());
    await first.opened;
    expect(body.pulls()).toBe(0);
    proceed.open();
    expect((await answer).status).toBe(200);
    const expected = ["first, 0 read", "second, 0 read", "handler, 1 read"];
    expect(lines).toEqual(dependencies.length === 0 ? expected : ["guard", ...expected]);
  },
);

test("nobody is told where a guard refuses or cannot be asked, or there is no body to read", async () => {
  const lines: string[] = [];
  const listening = depends({ connection }, ({ connection: of }) => of.beforeBody(() => void lines.push("before")));
  const refusing = depends({ refuse: z.boolean().default(false) }, ({ refuse }) => {
    if (refuse) throw new HTTPException(403);
  });
  const app = new App({ dependencies: [listening, refusing] });
  app.post("/", { input: { item: Item, q: z.int().default(0) } }, () => void lines.push("handler"));
  app.get("/", () => void lines.push("get"));
  const client = testClient(app);
  expect((await client.post("/?refuse=1", { json: { n: 1 } })).status).toBe(403);
  expect((await client.post("/?refuse=maybe", { json: { n: 1 } })).status).toBe(422);
  expect((await client.get("/")).status).toBe(200);
  expect(lines).toEqual(["get"]);
  expect((await client.post("/", { json: { n: 1 } })).status).toBe(200);
  expect(lines.splice(0)).toEqual(["get", "before", "handler"]);
  // The operation's own parameters are reported together with its body.
  expect((await client.post("/?q=x", { json: { n: "x" } })).json().detail).toHaveLength(2);
  expect(lines).toEqual(["before"]);
});

test("a listener that fails is the answer, rolls the guards back, and leaves the body unread", async () => {
  const lines: string[] = [];
  const { found, report } = reports();
  const body = watched("{}");
  const guard = depends(
    { connection },
    async function* ({ connection: of }) {
      of.beforeBody(() => {
        throw new Error("the commit of the guards failed");
      });
      try {
        yield 1;
      } catch (error) {
        lines.push((error as Error).message);
        throw error;
      }
    },
    { scope: "function" },
  );
  const app = new App({ report });
  app.post("/", { dependencies: [guard], input: { item: Item } }, () => lines.push("handler"));
  expect((await app.fetch(body.request())).status).toBe(500);
  expect([lines, body.pulls(), found.length]).toEqual([["the commit of the guards failed"], 0, 1]);
});

test("listeners are told once, whichever view of the request they were added to", async () => {
  const lines: string[] = [];
  const change = around((request, next) => {
    request.beforeBody(() => void lines.push("around"));
    return next(request.with({ headers: { "x-more": "1" } }));
  });
  const inner = depends({ connection }, ({ connection: of }) => of.beforeBody(() => void lines.push("guard")));
  const app = new App({ middleware: [change] });
  app.post("/", { dependencies: [inner], input: { item: Item } }, () => void lines.push("handler"));
  expect((await testClient(app).post("/", { json: { n: 1 } })).status).toBe(200);
  expect(lines).toEqual(["around", "guard", "handler"]);
});

test("a guard that needs the body takes nothing early for it: what only it uses is opened after the body is there", async () => {
  const lines: string[] = [];
  const [began, proceed] = [gate(), gate()];
  const opened = depends(async function* () {
    lines.push("open");
    yield 1;
  });
  const signed = depends({ opened, item: Item }, () => void lines.push("signed"));
  const listening = middleware({ onRequest: (request) => request.beforeBody(() => began.open()) });
  const app = new App({ middleware: [listening] });
  app.post("/", { dependencies: [signed] }, () => void lines.push("handler"));
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await proceed.opened;
      controller.enqueue(new TextEncoder().encode('{"n":1}'));
      controller.close();
    },
  });
  const init = { method: "POST", body: stream, headers: json, duplex: "half" } as RequestInit;
  const answer = app.fetch(new Request("http://a/", init));
  await began.opened;
  expect(lines).toEqual([]);
  proceed.open();
  expect((await answer).status).toBe(200);
  expect(lines).toEqual(["open", "signed", "handler"]);
});

test.each([
  ["an operation with dependencies", false],
  ["an operation without any", false],
  ["an operation with dependencies", true],
  ["an operation without any", true],
])(
  "a time-out while the listeners of %s are waited for (body read before: %s): nothing goes on",
  async (what, read) => {
    const lines: string[] = [];
    const [proceed, told] = [gate(), gate()];
    const body = watched('{"n":1}');
    const listen = middleware({
      onRequest: async (request) => {
        if (read) await request.bytes();
        request.beforeBody(() => proceed.opened);
        request.beforeBody(() => told.open());
      },
    });
    const app = new App({ middleware: [listen], timeout: 1, report: () => void lines.push("reported") });
    const dependencies = what === "an operation without any" ? [] : [depends(() => void lines.push("guard"))];
    app.post("/", { dependencies, input: { item: Item } }, () => void lines.push("handler"));
    const settled: Promise<unknown>[] = [];
    const answer = await app.fetch(body.request(), { waitUntil: (work) => void settled.push(work) });
    const before = dependencies.length === 0 ? [] : ["guard"];
    expect([answer.status, lines.splice(0)]).toEqual([503, [...before, "reported"]]);
    proceed.open();
    await told.opened;
    await settled[0];
    expect([lines, body.pulls()]).toEqual([[], read ? 1 : 0]);
  },
);
