/** Middleware that does what it must not: it is told, and what was begun is ended. */
import { describe, expect, it } from "vitest";
import { ask, boom, exchangeFor, failing, traced } from "../../test/rooms/onion.ts";
import type { Answer } from "../exchange/index.ts";
import { text } from "../response/index.ts";
import { compose } from "./compose.ts";
import { around, middleware, type Middleware } from "./middleware.ts";

describe("what is no answer", () => {
  const misuse: readonly [string, Middleware, RegExp][] = [
    ["a value from onRequest", middleware({ onRequest: () => "x" as never }), /APUS_MIDDLEWARE: onRequest returned x/],
    ["null from onRequest", middleware({ onRequest: () => null as never }), /onRequest returned null/],
    ["an object from a promise", middleware({ onRequest: async () => ({}) as never }), /onRequest returned an object/],
    ["a reply from onAnswer", middleware({ onAnswer: () => text("x") as never }), /onAnswer returned a reply/],
    ["nothing from around", around((() => {}) as never), /around\(\) returned undefined/],
    [
      "a status of 99",
      middleware({ onAnswer: (answer) => void (answer.status = 99) }),
      /APUS_STATUS: answer.status is 99/,
    ],
    [
      "a status that is no number",
      middleware({ onAnswer: (answer) => void (answer.status = "ok" as never) }),
      /APUS_STATUS: answer.status is ok/,
    ],
    [
      "a body that is an object",
      middleware({ onAnswer: (answer) => void (answer.body = {} as never) }),
      /APUS_MIDDLEWARE: answer.body is an object/,
    ],
    [
      "a header that would be two",
      middleware({ onAnswer: ({ headers }) => headers.set("x-a", "1\r\nx-evil: 1") }),
      /APUS_HEADER/,
    ],
    [
      "a stream that is being read",
      around(async (_, next) => {
        const answer = await next();
        const stream = new Blob(["x"]).stream();
        stream.getReader();
        answer.body = stream;
        return answer;
      }),
      /APUS_MIDDLEWARE: answer.body is a stream that is being read/,
    ],
    [
      "a reply with a status of 700",
      middleware({ onRequest: () => text("x", { status: 700 }) }),
      /APUS_STATUS: a reply has the status 700/,
    ],
    [
      "next() twice",
      around(async (_, next) => {
        await next();
        return next();
      }),
      /APUS_MIDDLEWARE: next\(\) was called twice/,
    ],
    [
      "next() with a copy",
      around((request, next) => next({ ...request })),
      /APUS_MIDDLEWARE: next\(\) takes the request/,
    ],
    [
      "next() with another request",
      around((_, next) => next(exchangeFor().request)),
      /APUS_MIDDLEWARE: next\(\) takes the request/,
    ],
  ];

  it.each(misuse)("%s is a reported 500", async (_, wrong, message) => {
    const { trace, answer } = await ask((t) => [traced(t, "a"), wrong]);
    expect([answer.status, answer.body]).toEqual([500, "plain"]);
    expect(trace.find((each) => each.startsWith("report"))).toMatch(message);
    // Whatever was made before is ended all the same.
    expect(trace.includes("after")).toBe(trace.includes("inner"));
  });

  it("next() after around has answered rejects, and nothing is asked", async () => {
    let late!: () => Promise<unknown>;
    const keeping = around((_, next) => {
      late = async () => next();
      return text("done");
    });
    const { trace } = await ask(() => [keeping]);
    await expect(late()).rejects.toThrow("APUS_MIDDLEWARE: next() was called after around() had answered");
    expect(trace).toEqual([]);
  });

  it("an answer kept from another request does not bring along what followed that one", async () => {
    let kept: Parameters<NonNullable<Parameters<typeof middleware>[0]["onAnswer"]>>[0] | undefined;
    const caching = around(async (_, next) => (kept ??= await next()));
    const [first, second] = [await ask(() => [caching]), await ask(() => [caching])];
    expect([first.trace, second.trace]).toEqual([["inner", "after"], []]);
    expect(second.answer.body).toBe("inner");
  });
});

describe("streams", () => {
  /** A stream that says how it ended. */
  const streamed = (ends: string[]): ReadableStream<Uint8Array> =>
    new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode("piece")),
      cancel: () => void ends.push("cancelled"),
    });
  const through = async (list: readonly Middleware[]): Promise<{ ends: string[]; answer: Answer }> => {
    const ends: string[] = [];
    const inner = (): Answer => ({
      status: 200,
      headers: [],
      body: streamed(ends),
      after: async () => void ends.push("after"),
    });
    const answer = await compose(list, inner, failing([]))(exchangeFor());
    return { ends, answer };
  };

  it.each<[string, Middleware]>([
    ["an error in onAnswer", middleware({ onAnswer: () => boom("x") })],
    ["another body", middleware({ onAnswer: (answer) => void (answer.body = "text") })],
    ["no body", middleware({ onAnswer: (answer) => void (answer.body = null) })],
    ["a status that has none", middleware({ onAnswer: (answer) => void (answer.status = 304) })],
    ["another stream", middleware({ onAnswer: (answer) => void (answer.body = new Blob(["x"]).stream()) })],
    ["another answer", around(async (_, next) => (await next(), text("x")))],
    ["an error after next", around(async (_, next) => (await next(), boom("x")))],
    ["nobody who waits", around((_, next) => (void next(), text("x")))],
  ])("%s: the stream is given up before anything is closed", async (_, wrong) => {
    const { ends, answer } = await through([middleware({}), wrong, middleware({})]);
    await answer.after!();
    expect(ends).toEqual(["cancelled", "after"]);
  });

  it.each<[string, Middleware]>([
    ["as it is", middleware({ onAnswer: ({ headers }) => headers.set("x-a", "1") })],
    ["as a Response", around(async (_, next) => new Response((await next()).body as ReadableStream))],
    [
      "transformed",
      middleware({
        onAnswer: (answer) =>
          void (answer.body = (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TransformStream())),
      }),
    ],
    [
      "read by another when that is read",
      middleware({
        onAnswer(answer) {
          const original = (answer.body as ReadableStream<Uint8Array>).values.bind(answer.body);
          answer.body = new ReadableStream<Uint8Array>(
            {
              async pull(controller) {
                for await (const piece of original()) return controller.enqueue(piece);
              },
            },
            { highWaterMark: 0 },
          );
        },
      }),
    ],
  ])("%s it is sent", async (_, kept) => {
    const { answer } = await through([kept]);
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("piece");
  });
});

describe("declaring", () => {
  it.each<[string, () => Middleware]>([
    ["an unknown hook", () => middleware({ onResponse: () => {} } as never)],
    ["a hook that is no function", () => middleware({ onAnswer: 1 as never })],
    ["no hooks", () => middleware(undefined as never)],
    ["an around that is no function", () => around({} as never)],
  ])("%s is refused", (_, declare) => expect(declare).toThrow("APUS_MIDDLEWARE"));
});
