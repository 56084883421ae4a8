/** Where the outer app and a mounted one meet: limits, failures, clean-ups and reports across the border. */
import { request as httpRequest } from "node:http";
import { App, depends, get, post, request, type Reporter } from "apus";
import { testClient } from "apus/testing";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { gate, reports } from "../scenario.ts";
import { serve } from "../serve.ts";

const quiet: Reporter = () => {};
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A request-scoped resource that tells what happens to it. */
const resource = (log: string[]) =>
  depends(async function* () {
    log.push("open");
    try {
      yield "resource";
    } finally {
      log.push("close");
    }
  });

test("what a mounted app opened is closed although a guard's commit failed", async () => {
  const log: string[] = [];
  const commit = depends(
    async function* () {
      yield;
      throw new Error("commit failed");
    },
    { scope: "function" },
  );
  const inner = new App().include({ use: get("/", { input: { r: resource(log) } }, ({ r }) => r) });
  const app = new App({ report: quiet }).mount("/in", inner, { dependencies: [commit] });
  const client = testClient(app, { raiseServerErrors: false });
  expect((await client.get("/in/")).status).toBe(500);
  await client.close();
  expect(log).toEqual(["open", "close"]);
});

test.each<[string, () => unknown, number, string]>([
  ["fails", () => Promise.reject(new Error("inside")), 500, "rolled back"],
  ["answers", () => "fine", 200, "committed"],
])("when the mounted app %s, the work of a guard is %4$s", async (_, handler, status, outcome) => {
  const log: string[] = [];
  const transaction = depends(
    async function* () {
      try {
        yield;
        log.push("committed");
      } catch (error) {
        log.push("rolled back");
        throw error;
      }
    },
    { scope: "function" },
  );
  const inner = new App({ report: quiet }).include({ use: get("/", handler) });
  const app = new App({ report: quiet }).mount("/in", inner, { dependencies: [transaction] });
  const answer = await testClient(app, { raiseServerErrors: false }).get("/in/");
  expect([answer.status, log]).toEqual([status, [outcome]]);
});

test("how long a body may take is the mounted app's word", async () => {
  const echo = post("/", { input: { request } }, async (values) => (await values.request.bytes()).byteLength);
  const inner = new App({ bodyTimeout: 20_000 }).include({ echo });
  const app = new App({ bodyTimeout: 30 }).mount("/in", inner).include({ outside: echo });
  const server = await serve(app, { port: 0, signals: false });
  onTestFinished(() => server.close());
  const slowly = (path: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = httpRequest(server.url + path, { method: "POST" }, (answer) => {
        answer.resume();
        resolve(answer.statusCode!);
      });
      sent.on("error", reject);
      sent.write("a");
      void wait(300).then(() => sent.end("b"));
    });
  expect(await Promise.all([slowly("/in/"), slowly("/")])).toEqual([200, 408]);
});

test("guards, the documentation's too, and fetch handlers are answered for when their time is up", async () => {
  const slow = depends(() => wait(5_000));
  const app = new App({ timeout: 30, report: quiet, docsDependencies: [slow] })
    .mount("/guarded", new App().include({ x: get("/", () => "late") }), { dependencies: [slow] })
    .mount("/fetch", { fetch: () => wait(5_000).then(() => new Response("late")) })
    .mount("/patient", { fetch: () => wait(100).then(() => new Response("fine")) }, { timeout: null });
  const client = testClient(app, { raiseServerErrors: false });
  const statuses = ["/guarded/", "/openapi.json", "/docs", "/fetch/", "/patient/"].map(
    async (path) => (await client.get(path)).status,
  );
  expect(await Promise.all(statuses)).toEqual([503, 503, 503, 503, 200]);
});

test("the deadline of guards ends where the mounted app's own begins", async () => {
  const guard = depends(() => "passed");
  const inner = new App({ timeout: 20_000 }).include({ x: get("/", () => wait(200).then(() => "in time")) });
  const app = new App({ timeout: 50 }).mount("/in", inner, { dependencies: [guard] });
  expect((await testClient(app).get("/in/")).json()).toBe("in time");
});

test.each(["request", "function"] as const)(
  "a guard of scope %s stays open while a mounted handler that is too late settles",
  async (scope) => {
    const log: string[] = [];
    const named = (name: string, of: "request" | "function") =>
      depends(
        async function* () {
          log.push(`${name} opens`);
          try {
            yield name;
          } catch (error) {
            log.push(`${name} hears of ${(error as Error).name}`);
            throw error;
          } finally {
            log.push(`${name} closes`);
            if (name === "tenant") closed.open();
          }
        },
        { scope: of },
      );
    const [proceed, closed] = [gate(), gate()];
    const slow = get("/slow", { timeout: 1, input: { session: named("session", "request") } }, async () => {
      await proceed.opened;
      log.push("the handler ends");
    });
    const { found, report } = reports();
    const inner = new App({ report }).include({ slow });
    const app = new App({ report }).mount("/in", inner, { dependencies: [named("tenant", scope)] });
    const client = testClient(app, { raiseServerErrors: false });
    expect((await client.get("/in/slow")).status).toBe(503);
    log.push("503");
    proceed.open();
    await closed.opened;
    await client.close();
    expect(log).toEqual([
      "tenant opens",
      "session opens",
      "503",
      "the handler ends",
      "session hears of InterruptedError",
      "session closes",
      "tenant hears of InterruptedError",
      "tenant closes",
    ]);
    expect(found).toHaveLength(1);
  },
);

test("what a mounted app opened is closed before what its guards opened, also where a guard's commit fails", async () => {
  const log: string[] = [];
  const guard = depends(async function* () {
    try {
      yield;
    } catch (error) {
      log.push(`guard: ${(error as Error).message}`);
      throw new Error("the roll-back failed", { cause: error });
    }
  });
  const commit = depends(
    async function* () {
      yield;
      throw new Error("commit failed");
    },
    { scope: "function" },
  );
  const { found, report } = reports();
  const inner = new App().include({ use: get("/", { input: { r: resource(log) } }, ({ r }) => r) });
  const app = new App({ report }).mount("/in", inner, { dependencies: [guard, commit] });
  const client = testClient(app, { raiseServerErrors: false });
  expect((await client.get("/in/")).status).toBe(500);
  await client.close();
  expect(log).toEqual(["open", "close", "guard: commit failed"]);
  expect(found.map(({ error }) => (error as Error).message)).toEqual(["commit failed", "the roll-back failed"]);
});

test("a server that closes answers a request whose guard is still committing", async () => {
  let committing!: () => void;
  const begun = new Promise<void>((resolve) => (committing = resolve));
  const slowCommit = depends(
    async function* () {
      yield;
      committing();
      await wait(3_000);
    },
    { scope: "function" },
  );
  const inner = new App().include({ x: get("/", async () => "done") });
  const app = new App({ report: quiet }).mount("/in", inner, { dependencies: [slowCommit] });
  const server = await serve(app, { port: 0, signals: false, drainTimeout: 100, closeTimeout: 5_000 });
  const answer = fetch(`${server.url}/in/`);
  await begun;
  const closing = server.close();
  expect((await answer).status).toBe(503);
  await closing;
});

test("reports name the whole path, the inner app's and those of handlers", async () => {
  const told: string[] = [];
  const report: Reporter = (_, { path }) => void told.push(path);
  const inner = new App({ report }).include({
    x: get("/x/{n}", { input: { n: z.int() } }, () => {
      throw new Error("inside");
    }),
  });
  const app = new App({ report }).mount("/in", inner).mount("/f", { fetch: () => Promise.reject(new Error("raw")) });
  const client = testClient(app, { raiseServerErrors: false });
  await client.get("/in/x/1");
  await client.get("/f/y");
  expect(told).toEqual(["/in/x/1", "/f/y"]);
});

test("an app mounted twice opens once and is one app under overrides too", async () => {
  const log: string[] = [];
  const lifespan = depends(
    async function* () {
      log.push("open");
      yield;
      log.push("close");
    },
    { scope: "app" },
  );
  const user = depends(() => "ann");
  const inner = new App({ lifespan }).include({ me: get("/me", { input: { user } }, (values) => values.user) });
  const app = new App().mount("/a", inner).mount("/b", inner);
  const client = testClient(app, { overrides: [[user, depends(() => "bob")]] });
  await client.start();
  expect([(await client.get("/a/me")).json(), (await client.get("/b/me")).json()]).toEqual(["bob", "bob"]);
  await client.close();
  expect(log).toEqual(["open", "close"]);
});

test("the health of a mounted app follows the server's", async () => {
  const app = new App().mount("/in", new App({ healthUrl: "/health" }));
  const client = testClient(app);
  expect((await client.get("/in/health")).status).toBe(200);
  app.draining = true;
  expect((await client.get("/in/health")).status).toBe(503);
});

test("a fetch handler has the runtime's env, and methods that no web Request has are not for it", async () => {
  const app = new App().mount("/h", { fetch: (_: Request, env?: unknown) => Response.json(env) });
  const answer = await app.fetch(new Request("http://host/h/"), { env: { name: "binding" } });
  expect(await answer.json()).toEqual({ name: "binding" });
  expect((await testClient(app).request("TRACE", "/h/")).status).toBe(501);
});
