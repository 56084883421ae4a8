// Which errors a test client throws where middleware stands around them.
import { App, around, get, HTTPException, middleware, text, type Middleware } from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";

/** Where an error is raised, and what stands around it. */
const failing = (...list: Middleware[]): App => {
  const app = new App({ report: () => {}, middleware: list });
  app.get("/", () => {
    throw new Error("secret");
  });
  return app;
};

test.each<[string, App, string]>([
  ["onError", failing(middleware({ onError: () => text("fine", { status: 200 }) })), "fine"],
  ["onError with a 500 of its own", failing(middleware({ onError: () => text("sorry", { status: 500 }) })), "sorry"],
  [
    "onError that refuses",
    failing(
      middleware({
        onError() {
          throw new HTTPException(503, "later");
        },
      }),
    ),
    '{"detail":"later"}',
  ],
  [
    "around",
    failing(around(async (request, next) => ((await next()).error === undefined ? text("none") : text("fine")))),
    "fine",
  ],
  [
    "middleware further in",
    failing(middleware({ onAnswer() {} }), middleware({ onError: () => text("fine") })),
    "fine",
  ],
  ["middleware of a mounted App", new App().mount("/", failing(middleware({ onError: () => text("fine") }))), "fine"],
  [
    "middleware of the operation",
    new App({ report: () => {} }).include({
      x: get("/", { middleware: [middleware({ onError: () => text("fine") })] }, () => {
        throw new Error("secret");
      }),
    }),
    "fine",
  ],
])("testClient does not throw what middleware answered, as Starlette's does not: %s", async (_, app, said) => {
  expect((await testClient(app).get("/")).text).toBe(said);
  expect(await (await testClient(app).fetch("/")).text()).toBe(said);
});

test.each<[string, App]>([
  ["onAnswer, which changes it", failing(middleware({ onAnswer: (answer) => void (answer.status = 200) }))],
  ["onError, which lets it be", failing(middleware({ onError() {} }))],
  [
    "around, which wraps whatever comes",
    failing(around(async (_, next) => text(String((await next()).body), { status: 500 }))),
  ],
  [
    "onError, and then one that fails itself",
    failing(
      middleware({
        onAnswer() {
          throw new Error("secret");
        },
      }),
      middleware({ onError: () => text("fine") }),
    ),
  ],
])("testClient throws what nobody answered: %s", async (_, app) => {
  await expect(testClient(app).get("/")).rejects.toThrow("secret");
  expect((await testClient(app, { raiseServerErrors: false }).get("/")).status).toBeGreaterThanOrEqual(200);
});

test("what fails in the answer of middleware is thrown", async () => {
  const failed = new Error("broken off");
  const broken = (): Response => new Response(new ReadableStream({ pull: (controller) => controller.error(failed) }));
  await expect(testClient(failing(middleware({ onError: broken }))).get("/")).rejects.toBe(failed);
});
