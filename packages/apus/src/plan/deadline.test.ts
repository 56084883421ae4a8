import { expect, test } from "vitest";
import { App } from "../app/index.ts";
import { depends } from "../dependency/index.ts";
import { Exchange, InterruptedError, WebIncoming } from "../exchange/index.ts";
import { middleware } from "../around/index.ts";

const exchangeOf = (): Exchange => new Exchange(new WebIncoming(new Request("http://a/")));

test.each(["a handler alone", "a handler with dependencies"])(
  "%s is not begun for a request that was interrupted before",
  async (what) => {
    const lines: string[] = [];
    const exchange = exchangeOf();
    const interrupting = middleware({
      onRequest: () => exchange.course.interrupt(new InterruptedError("The server is closing")),
    });
    const app = new App({ middleware: [interrupting] });
    const dependencies = what === "a handler alone" ? [] : [depends(() => void lines.push("guard"))];
    app.get("/", { dependencies }, () => void lines.push("handler"));
    expect((await app.handle(exchange)).status).toBe(503);
    expect([lines, exchange.course.signal.aborted]).toEqual([[], true]);
  },
);

test("only the first interruption counts", async () => {
  const app = new App({ report: () => {} });
  const exchange = exchangeOf();
  let proceed!: () => void;
  app.get("/", () => new Promise<void>((resolve) => (proceed = resolve)));
  const answer = app.handle(exchange);
  exchange.course.interrupt(new InterruptedError("first"));
  exchange.course.interrupt(new InterruptedError("second"));
  expect((await answer).status).toBe(503);
  expect((exchange.course.signal.reason as Error).message).toBe("first");
  proceed();
  await (await answer).after?.();
});

test("a late error that cannot be asked its name is reported as any other", async () => {
  class Nameless extends Error {
    override get name(): string {
      throw new TypeError("no name");
    }
  }
  const found: unknown[] = [];
  const app = new App({ report: (error) => void found.push(error) });
  const exchange = exchangeOf();
  const late = new Nameless();
  let fail!: (error: Error) => void;
  app.get("/", () => new Promise((_, reject) => (fail = reject)));
  const answer = app.handle(exchange);
  exchange.course.interrupt(new InterruptedError("The server is closing"));
  fail(late);
  await (await answer).after?.();
  expect(found[0]).toBe(late);
});
