// Errors of the app as a test sees them: thrown as they are, or as the answer that a client gets.
import { App, background, depends, get, HTTPException, json, middleware, onError, router } from "apus";
import { testClient } from "apus/testing";
import { describe, expect, it, test } from "vitest";

const report = (): void => {};
const failure = new RangeError("as it was thrown");
const fail = (): never => {
  throw failure;
};
const failing = depends(async function* () {
  yield 1;
  fail();
});
const broken = (): Response => {
  const parts = ["one\n", "two\n"].map((part) => new TextEncoder().encode(part));
  const pull = (controller: ReadableStreamDefaultController): void => {
    const part = parts.shift();
    if (part === undefined) fail();
    controller.enqueue(part);
  };
  return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
};
const inner = new App({ report }).include({ read: get("/", fail) });

/** One app for each place where code of the user can fail, and what its client gets then. */
const places: [where: string, app: App, status: number, text: string][] = [
  ["a handler", new App({ report }).include({ read: get("/", fail) }), 500, "Internal Server Error"],
  [
    "an async handler",
    new App({ report }).include({ read: get("/", async () => fail()) }),
    500,
    "Internal Server Error",
  ],
  [
    "a dependency",
    new App({ report }).include({ read: get("/", { dependencies: [depends(fail)] }, () => 1) }),
    500,
    "Internal Server Error",
  ],
  [
    "the clean-up of function scope",
    new App({ report }).include({
      read: get(
        "/",
        {
          dependencies: [
            depends(
              async function* () {
                yield 1;
                fail();
              },
              { scope: "function" },
            ),
          ],
        },
        () => 1,
      ),
    }),
    500,
    "Internal Server Error",
  ],
  [
    "the clean-up of request scope, after the answer",
    new App({ report }).include({ read: get("/", { dependencies: [failing] }, () => "sent") }),
    200,
    '"sent"',
  ],
  [
    "background work, after the answer",
    new App({ report }).include({
      read: get("/", { input: { background } }, ({ background: tasks }) => (tasks.add(fail), "sent")),
    }),
    200,
    '"sent"',
  ],
  [
    "background work after a stream",
    new App({ report }).include({
      read: get("/", { input: { background } }, ({ background: tasks }) => {
        tasks.add(fail);
        return new Response(new Blob(["sent"]).stream());
      }),
    }),
    200,
    "sent",
  ],
  ["the stream of an answer", new App({ report }).include({ read: get("/", broken) }), 200, "one\ntwo\n"],
  [
    "middleware",
    new App({ report, middleware: [middleware({ onAnswer: fail })] }).include({ read: get("/", () => 1) }),
    500,
    "Internal Server Error",
  ],
  ["an error handler", new App({ report, onError: [onError(HTTPException, fail)] }), 500, "Internal Server Error"],
  [
    "what the last of error handlers answers",
    new App({ report, onError: [onError(500, () => json({ sorry: true }, { status: 503 }))] }).include({
      read: get("/", fail),
    }),
    503,
    '{"sorry":true}',
  ],
  [
    "what opens at first use",
    new App({ report, lifespan: depends(fail, { scope: "app" }) }).include({ read: get("/", () => 1) }),
    500,
    "Internal Server Error",
  ],
  ["a mounted app", new App({ report }).mount("/", inner), 500, "Internal Server Error"],
];

describe.each(places)("an error in %s", (_, app, status, text) => {
  it("is thrown to the test, the same", async () => {
    await expect(testClient(app).get("/")).rejects.toBe(failure);
  });

  it("is what a client sees where it is not raised", async () => {
    const client = testClient(app, { raiseServerErrors: false });
    const answer = await client.get("/");
    expect([answer.status, answer.text]).toEqual([status, text]);
  });

  it("comes out of fetch as well, at the latest with the body", async () => {
    const asked = testClient(app)
      .fetch("/")
      .then((response) => response.text());
    await expect(asked).rejects.toBe(failure);
  });
});

test("a stream that broke off is known by being incomplete, and breaks a fetch", async () => {
  const app = new App({ report }).include({ read: get("/", broken), whole: get("/whole", () => 1) });
  const client = testClient(app, { raiseServerErrors: false });
  expect([(await client.get("/")).complete, (await client.get("/whole")).complete]).toEqual([false, true]);
  await expect((await client.fetch("/")).text()).rejects.toBe(failure);
});

test.each([undefined, null, 0, "text", Object.freeze({ a: 1 })])("%j may be thrown as well", async (thrown) => {
  const app = new App({ report }).include({
    read: get("/", () => {
      throw thrown;
    }),
  });
  const expected = thrown ?? new Error(`${String(thrown)} was thrown`);
  await expect(testClient(app).get("/")).rejects.toEqual(expected);
});

test("the answers that an app gives on purpose are answers", async () => {
  const plain = new App().include({
    refused: get("/refused", () => {
      throw new HTTPException(503, "later");
    }),
  });
  expect((await testClient(plain).get("/refused")).json()).toEqual({ detail: "later" });
  expect((await testClient(plain).get("/nowhere")).status).toBe(404);
});

test("what an error handler listed is not raised", async () => {
  const app = new App({ onError: [onError(RangeError, () => json("handled", { status: 418 }))] });
  app.include(router({ read: get("/", fail) }));
  expect((await testClient(app).get("/")).status).toBe(418);
});

test("a request that fails still cleans up before its error is thrown", async () => {
  const lines: string[] = [];
  const scoped = depends(async function* () {
    try {
      yield 1;
    } finally {
      lines.push("closed");
    }
  });
  const app = new App({ report, middleware: [middleware({ onAnswer: fail })] });
  app.include({
    read: get("/", { dependencies: [scoped] }, () => 1),
    stream: get("/stream", { dependencies: [scoped] }, () => new Response(new Blob(["x"]).stream())),
  });
  await expect(testClient(app).get("/")).rejects.toBe(failure);
  await expect(testClient(app).get("/stream")).rejects.toBe(failure);
  expect(lines).toEqual(["closed", "closed"]);
});
