// What follows an answer, background work and exits, follows once, whatever middleware makes of the answer; streams.
import { App, around, background, depends, HTTPException, middleware, text, type Middleware } from "apus";
import { expect, test } from "vitest";
import { scenarios } from "../scenario.ts";

scenarios("What follows an answer", (ask) => {
  const forms: [string, Middleware, number][] = [
    ["passes it on", around((_, next) => next()), 200],
    [
      "changes it",
      middleware({
        onAnswer(answer) {
          answer.body = "other";
          answer.status = 202;
        },
      }),
      202,
    ],
    ["answers something else", around(async (_, next) => (await next(), text("other", { status: 203 }))), 203],
    ["answers without waiting", around((_, next) => (void next(), text("other", { status: 203 }))), 203],
    [
      "throws after it",
      around(async (_, next) => {
        await next();
        throw new HTTPException(409);
      }),
      409,
    ],
    [
      "throws in onAnswer",
      middleware({
        onAnswer() {
          throw new Error("x");
        },
      }),
      500,
    ],
  ];

  test.each(forms)("a middleware that %s: background work and exits run once, after it", async (_, form, status) => {
    const trace: string[] = [];
    const session = depends(async function* () {
      trace.push("open");
      yield 1;
      trace.push("close");
    });
    const watching = middleware({ onAnswer: (answer) => void trace.push(`answer ${answer.status}`) });
    const app = new App({ report: () => {}, middleware: [watching] });
    app.get("/", { input: { session, background }, middleware: [form] }, ({ background: later }) => {
      later.add(() => void trace.push("work"));
      trace.push("handler");
      return 1;
    });
    expect((await ask(app, "GET /")).status).toBe(status);
    await ask.close(app);
    const rest = trace.filter((each) => !each.startsWith("answer"));
    expect(rest).toEqual(["open", "handler", "work", "close"]);
    expect(trace.filter((each) => each.startsWith("answer"))).toEqual([`answer ${status}`]);
    expect(trace.indexOf("work")).toBeGreaterThan(trace.indexOf(`answer ${status}`));
  });

  test("a stream that a middleware gives up is cancelled before its dependencies are left", async () => {
    const trace: string[] = [];
    const cursor = depends(async function* () {
      yield 1;
      trace.push("close");
    });
    const giveUp = around(async (_, next) => {
      await next();
      throw new HTTPException(503, "no longer");
    });
    const app = new App();
    app.get("/", { input: { cursor }, middleware: [giveUp] }, () => {
      const endless = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(1)),
        cancel: () => void trace.push("cancel"),
      });
      return new Response(endless);
    });
    expect((await ask(app, "GET /")).json()).toEqual({ detail: "no longer" });
    await ask.close(app);
    expect(trace).toEqual(["cancel", "close"]);
  });

  test("a stream can be transformed on its way", async () => {
    const upper = new TextDecoder();
    const shout = middleware({
      onAnswer(answer) {
        if (!(answer.body instanceof ReadableStream)) return;
        const transform = new TransformStream<Uint8Array, Uint8Array>({
          transform: (piece, controller) =>
            controller.enqueue(new TextEncoder().encode(upper.decode(piece).toUpperCase())),
        });
        answer.body = answer.body.pipeThrough(transform);
        answer.headers.set("x-shout", "1");
      },
    });
    const app = new App({ middleware: [shout] });
    app.get("/", () => new Response(new Blob(["one ", "two"]).stream(), { headers: { "content-type": "text/plain" } }));
    const answer = await ask(app, "GET /");
    expect([answer.text, answer.headers["x-shout"]]).toEqual(["ONE TWO", "1"]);
  });
});
