// The `timeout` of operations: the client gets its 503 at once, and what is still running is left to settle, then rolled back.
import { setTimeout as sleepFor } from "node:timers/promises";
import {
  App,
  around,
  background,
  connection,
  depends,
  get,
  HTTPException,
  json,
  middleware,
  onError,
  response,
  router,
  signal,
  type Dependency,
} from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { gate, reports, scenarios } from "../scenario.ts";
import { transactions } from "./database.ts";

/** As short as a time can be: what is tested never depends on how long it really takes. */
const timeout = 1;
/** Work that only ends when somebody stops it. */
const forever = 2_147_483_647;
const until = (stop: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    stop.addEventListener("abort", () => reject(stop.reason as Error), { once: true });
  });

scenarios("A time-out", (ask) => {
  test("answers 503 at once; the handler is left to settle, and only then its work is rolled back", async () => {
    const { log, ended, session } = transactions();
    const { found, report } = reports();
    const [proceed, seen] = [gate(), gate<AbortSignal>()];
    const app = new App({ timeout, report });
    app.get("/slow", { input: { session, signal } }, async (values) => {
      seen.open(values.signal);
      await proceed.opened;
      values.session.write("late");
      return "late";
    });
    const answer = await ask(app, "GET /slow");
    expect([answer.status, answer.json()]).toEqual([503, { detail: "Service Unavailable" }]);
    const stopped = await seen.opened;
    expect([stopped.aborted, (stopped.reason as Error).name]).toEqual([true, "InterruptedError"]);
    expect(log).toEqual(["begin"]);
    proceed.open();
    await ended;
    await ask.close(app);
    expect(log).toEqual(["begin", "late", "rollback: InterruptedError"]);
    expect(found).toMatchObject([
      { error: { message: "GET /slow (get_slow) was still running after 1 ms" }, method: "GET", path: "/slow" },
    ]);
  });

  test("rolls back request scope too, after function scope", async () => {
    const inner = transactions();
    const outer = transactions("request");
    const app = new App({ timeout, report: () => {} });
    const proceed = gate();
    app.get("/", { input: { outer: outer.session, inner: inner.session } }, () => proceed.opened);
    expect((await ask(app, "GET /")).status).toBe(503);
    expect([inner.log, outer.log]).toEqual([["begin"], ["begin"]]);
    proceed.open();
    await Promise.all([inner.ended, outer.ended]);
    expect([inner.log, outer.log]).toEqual([
      ["begin", "rollback: InterruptedError"],
      ["begin", "rollback: InterruptedError"],
    ]);
  });

  test.each<[string, (stop: AbortSignal) => Promise<unknown>, string]>([
    ["rethrows the reason", until, "InterruptedError"],
    ["hands its signal to the platform", (stop) => sleepFor(forever, undefined, { signal: stop }), "AbortError"],
    ["looks at its signal", (stop) => until(stop).catch(() => stop.throwIfAborted()), "InterruptedError"],
    [
      "names the reason as the cause of its own error",
      (stop) =>
        until(stop).catch((cause: unknown) => {
          throw new TypeError("The query was cancelled", { cause });
        }),
      "TypeError",
    ],
  ])("a handler that %s is told once, as a time-out alone", async (_, work, name) => {
    const { log, ended, session } = transactions();
    const { found, report } = reports();
    const app = new App({ timeout, report });
    app.get("/deep", { input: { session, signal } }, (values) => work(values.signal));
    app.get("/flat", { input: { signal } }, (values) => work(values.signal));
    expect((await ask(app, "GET /deep")).status).toBe(503);
    await ended;
    expect(log).toEqual(["begin", `rollback: ${name}`]);
    expect((await ask(app, "GET /flat")).status).toBe(503);
    await ask.close(app);
    expect(found.map(({ error }) => (error as Error).name)).toEqual(["InterruptedError", "InterruptedError"]);
  });

  test("an error of the late handler itself is reported besides, and so is a rollback that fails", async () => {
    const { found, report } = reports();
    const [proceed, failed] = [gate(), gate()];
    const app = new App({ timeout, report });
    const careless = depends(
      async function* () {
        try {
          yield 1;
        } catch {
          throw new Error("the rollback failed");
        }
      },
      { scope: "function" },
    );
    app.get("/own", async () => {
      await proceed.opened;
      throw new Error("late and wrong");
    });
    app.get("/rollback", { input: { careless } }, () => proceed.opened);
    expect((await ask(app, "GET /own")).status).toBe(503);
    expect((await ask(app, "GET /rollback")).status).toBe(503);
    proceed.open();
    failed.open();
    await expect
      .poll(() => found.map(({ error }) => (error as Error).message).toSorted())
      .toEqual([
        "GET /own (get_own) was still running after 1 ms",
        "GET /rollback (get_rollback) was still running after 1 ms",
        "late and wrong",
        "the rollback failed",
      ]);
  });

  test("takes the answer of a late handler back: its stream is cancelled, its background work dropped", async () => {
    const { log, ended, session } = transactions();
    const proceed = gate();
    const lines: string[] = [];
    const cancelled = [gate(), gate()] as const;
    const stream = (i: 0 | 1): Response => new Response(new ReadableStream({ cancel: () => cancelled[i].open() }));
    const app = new App({ timeout, report: () => {} });
    app.get("/deep", { input: { session, background, response } }, async (values) => {
      values.background.add(() => lines.push("background"));
      values.response.headers.set("x-late", "1");
      await proceed.opened;
      return stream(0);
    });
    app.get("/flat", async () => {
      await proceed.opened;
      return stream(1);
    });
    const answer = await ask(app, "GET /deep");
    expect([answer.status, answer.headers["x-late"]]).toEqual([503, undefined]);
    expect((await ask(app, "GET /flat")).status).toBe(503);
    proceed.open();
    await Promise.all([ended, ...cancelled.map(({ opened }) => opened)]);
    await ask.close(app);
    expect([log, lines]).toEqual([["begin", "rollback: InterruptedError"], []]);
  });

  test("is what the App says, or a router, or the operation; the innermost word counts, and null is none", async () => {
    const proceed = gate();
    const wait = (): Promise<void> => proceed.opened;
    const none = get("/none", { timeout: null }, wait);
    const app = new App({ timeout, report: () => {} });
    app.include(
      router({
        own: router({ plain: get("/plain", wait) }),
        long: router(
          { inherits: get("/inherits", wait), short: get("/short", { timeout }, wait) },
          { timeout: forever },
        ),
        none,
      }),
    );
    // Those that wait began first: had they the App's time, it would be over when that of the others is.
    const waiting = [ask(app, "GET /none"), ask(app, "GET /inherits")];
    expect((await ask(app, "GET /plain")).status).toBe(503);
    expect((await ask(app, "GET /short")).status).toBe(503);
    proceed.open();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
  });

  test("is over once the answer is made: streams and background work take the time they take", async () => {
    const [pulled, proceed, seen] = [gate(), gate(), gate<AbortSignal>()];
    const { found, report } = reports();
    const app = new App({ timeout, report });
    app.get("/stream", { input: { signal } }, async (values) => {
      seen.open(values.signal);
      const stream = new ReadableStream<Uint8Array>({
        async pull(controller) {
          pulled.open();
          await proceed.opened;
          controller.enqueue(new TextEncoder().encode("all of it"));
          controller.close();
        },
      });
      return new Response(stream);
    });
    app.get("/slow", () => proceed.opened);
    const streamed = ask(app, "GET /stream");
    await pulled.opened;
    // It began later, so by its time-out that of the first would be over, too.
    expect((await ask(app, "GET /slow")).status).toBe(503);
    proceed.open();
    expect((await streamed).text).toBe("all of it");
    expect([(await seen.opened).aborted, found.map(({ path }) => path)]).toEqual([false, ["/slow"]]);
  });

  test("has the shape of errors, passes error handlers once, and the middleware", async () => {
    const [proceed, seen] = [gate(), [] as unknown[]];
    const poweredBy = middleware({ onAnswer: (answer) => answer.headers.set("x-powered-by", "swifts") });
    const busy = onError(503, async (error: HTTPException, request) => {
      seen.push(error.status);
      return json({ busy: request.path }, { status: 503, headers: { "retry-after": "5" } });
    });
    const handled = new App({ timeout, report: () => {}, onError: [busy], middleware: [poweredBy] });
    const { ended, session } = transactions();
    handled.get("/a", { input: { session } }, () => proceed.opened);
    const answer = await ask(handled, "GET /a");
    expect([answer.status, answer.json()]).toEqual([503, { busy: "/a" }]);
    expect(answer.headers).toMatchObject({ "retry-after": "5", "x-powered-by": "swifts" });
    proceed.open();
    await ended;
    await ask.close(handled);
    expect(seen).toEqual([503]);

    const problem = new App({ timeout, report: () => {}, errorShape: "problem" });
    const last = gate();
    problem.get("/a", () => last.opened);
    expect((await ask(problem, "GET /a")).headers["content-type"]).toBe("application/problem+json");
    last.open();
  });

  test("counts behind a middleware that changes the request as well", async () => {
    const { log, ended, session } = transactions();
    const [proceed, seen] = [gate(), gate<AbortSignal>()];
    const change = around((request, next) => next(request.with({ headers: { "x-more": "1" } })));
    const app = new App({ timeout, report: () => {}, middleware: [change] });
    app.get("/", { input: { session, signal } }, async (values) => {
      seen.open(values.signal);
      await proceed.opened;
    });
    expect((await ask(app, "GET /")).status).toBe(503);
    expect((await seen.opened).aborted).toBe(true);
    proceed.open();
    await ended;
    expect(log).toEqual(["begin", "rollback: InterruptedError"]);
  });
});

const slowest = ["entering", "guard", "last guard", "dependency", "last dependency"] as const;

scenarios("When a time-out comes nothing further is begun", (ask) => {
  const make = (slow: (typeof slowest)[number]) => {
    const lines: string[] = [];
    const [proceed, ended] = [gate(), gate()];
    const entering = depends(
      { connection },
      async function* ({ connection: of }) {
        of.beforeBody(() => void lines.push("before the body"));
        lines.push("entering");
        if (slow === "entering") await proceed.opened;
        try {
          yield 1;
        } catch (error) {
          lines.push(`left: ${(error as Error).name}`);
          throw error;
        } finally {
          ended.open();
        }
      },
      { scope: "function" },
    );
    const step = (name: string): Dependency<unknown, never> =>
      depends(async () => {
        lines.push(name);
        if (slow === name) await proceed.opened;
      });
    const app = new App({ timeout, report: () => {} });
    app.post(
      "/",
      {
        dependencies: [entering, step("guard"), step("last guard")],
        input: { a: step("dependency"), b: step("last dependency"), item: z.object({}) },
      },
      () => void lines.push("handler"),
    );
    return { app, lines, proceed, ended: ended.opened };
  };

  test.each(slowest)("in the %s", async (slow) => {
    const { app, lines, proceed, ended } = make(slow);
    expect((await ask(app, "POST /", { json: {} })).status).toBe(503);
    const all = ["entering", "guard", "last guard", "before the body", "dependency", "last dependency"];
    const begun = all.slice(0, all.indexOf(slow) + 1);
    expect(lines).toEqual(begun);
    proceed.open();
    await ended;
    await ask.close(app);
    expect(lines).toEqual([...begun, "left: InterruptedError"]);
  });
});
