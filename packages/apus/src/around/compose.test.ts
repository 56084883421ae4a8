/** Middleware one inside the other: in which order they are asked, what each sees, and that nothing is a promise without need. */
import { describe, expect, test } from "vitest";
import { ask, boom, inners, later, traced, type Trace } from "../../test/rooms/onion.ts";
import { HTTPException } from "../error/index.ts";
import { text } from "../response/index.ts";
import { around, middleware, type Middleware } from "./middleware.ts";

type Row = readonly [
  what: string,
  list: (trace: Trace) => readonly Middleware[],
  trace: Trace,
  answer: string,
  inner?: keyof typeof inners,
];

const rows: readonly Row[] = [
  ["no middleware", () => [], ["inner", "after"], "200 inner"],
  [
    "the first is outermost",
    (t) => [traced(t, "a"), traced(t, "b")],
    ["> a", "> b", "inner", "< b 200", "< a 200", "after"],
    "200 inner",
  ],
  [
    "an around between hooks",
    (t) => [
      traced(t, "a"),
      around(async (_, next) => {
        t.push("> wrap");
        const answer = await next();
        t.push(`< wrap ${answer.status}`);
        return answer;
      }),
      traced(t, "b"),
    ],
    ["> a", "> wrap", "> b", "inner", "< b 200", "< wrap 200", "< a 200", "after"],
    "200 inner",
  ],
  [
    "onRequest that answers: its own onAnswer is not asked, those further out are",
    (t) => [
      traced(t, "a"),
      middleware({ onRequest: () => text("early", { status: 403 }), onAnswer: () => void t.push("own") }),
      traced(t, "b"),
    ],
    ["> a", "< a 403"],
    "403 early",
  ],
  [
    "onRequest that answers with a Response, later",
    (t) => [traced(t, "a"), middleware({ onRequest: async () => Response.json(1, { status: 202 }) })],
    ["> a", "< a 202"],
    "202 1",
  ],
  [
    "around that never asks",
    (t) => [traced(t, "a"), around(() => text("early")), traced(t, "b")],
    ["> a", "< a 200"],
    "200 early",
  ],
  [
    "around that answers with something else: what was to follow still follows",
    (t) => [
      around(async (_, next) => {
        await next();
        return text("other", { status: 201 });
      }),
      traced(t, "b"),
    ],
    ["> b", "inner", "< b 200", "after"],
    "201 other",
  ],
  [
    "around that does not wait for what it asked: that follows once its answer is sent",
    (t) => [
      around((_, next) => {
        void next();
        return text("at once");
      }),
      traced(t, "b"),
    ],
    ["> b", "inner", "< b 200", "after"],
    "200 at once",
    "answers later",
  ],
  [
    "around that throws without waiting",
    (t) => [
      around((_, next) => {
        void next();
        return boom("wrap");
      }),
      traced(t, "b"),
    ],
    ["> b", "inner", "report wrap", "< b 200", "after"],
    "500 plain",
    "answers later",
  ],
  [
    "an error thrown in onRequest",
    (t) => [traced(t, "a"), middleware({ onRequest: () => boom("in") }), traced(t, "b")],
    ["> a", "report in", "! a in", "< a 500"],
    "500 plain",
  ],
  [
    "a rejection of onRequest",
    (t) => [traced(t, "a"), middleware({ onRequest: () => later.then(() => boom("in")) }), traced(t, "b")],
    ["> a", "report in", "! a in", "< a 500"],
    "500 plain",
  ],
  [
    "an HTTPException thrown in onRequest is its own answer and no failure",
    (t) => [
      traced(t, "a"),
      middleware({
        onRequest: () => {
          throw new HTTPException(403, "no");
        },
      }),
    ],
    ["> a", "< a 403"],
    "403 no",
  ],
  [
    "an error thrown in onAnswer: what was to follow the lost answer still follows",
    (t) => [traced(t, "a"), middleware({ onAnswer: () => boom("out") }), traced(t, "b")],
    ["> a", "> b", "inner", "< b 200", "report out", "! a out", "< a 500", "after"],
    "500 plain",
  ],
  [
    "an HTTPException rejected by onAnswer",
    (t) => [traced(t, "a"), middleware({ onAnswer: () => Promise.reject(new HTTPException(409, "late")) })],
    ["> a", "inner", "< a 409", "after"],
    "409 late",
  ],
  [
    "an error thrown by around after next",
    (t) => [
      traced(t, "a"),
      around(async (_, next) => {
        await next();
        return boom("wrap");
      }),
    ],
    ["> a", "inner", "report wrap", "! a wrap", "< a 500", "after"],
    "500 plain",
  ],
  [
    "a failure inside passes every hook",
    (t) => [traced(t, "a"), traced(t, "b")],
    ["> a", "> b", "inner", "! b inner", "< b 500", "! a inner", "< a 500", "after"],
    "500 plain",
    "fails later",
  ],
  [
    "the innermost onError that answers is the last that is asked",
    (t) => [traced(t, "a"), middleware({ onError: () => text("sorry", { status: 503 }) }), traced(t, "b")],
    ["> a", "> b", "inner", "! b inner", "< b 500", "< a 503", "after"],
    "503 sorry",
    "fails later",
  ],
  [
    "an onError that throws: those further out see its error",
    (t) => [traced(t, "a"), middleware({ onError: () => later.then(() => boom("again")) })],
    ["> a", "inner", "report again", "! a again", "< a 500", "after"],
    "500 plain",
    "fails later",
  ],
  [
    "around sees a failure as an answer with its error, and may answer it",
    (t) => [
      traced(t, "a"),
      around(async (_, next) => {
        const { error } = await next();
        return text(`sorry: ${(error as Error).message}`, { status: 502 });
      }),
    ],
    ["> a", "inner", "< a 502", "after"],
    "502 sorry: inner",
    "fails later",
  ],
];

describe("the way of a request", () => {
  test.each(rows.map(([what, ...row]) => ({ what, row })))("$what", async ({ row: [list, trace, said, inner] }) => {
    const { answer, ...found } = await ask(list, inner);
    expect(found.trace).toEqual(trace);
    const body = answer.body instanceof ReadableStream ? await new Response(answer.body).text() : answer.body;
    expect(`${answer.status} ${String(body)}`).toBe(said);
  });
});

describe("promises", () => {
  const hooks = middleware({ onRequest: () => {}, onAnswer: () => {}, onError: () => {} });
  test.each<[string, boolean, Middleware[], keyof typeof inners]>([
    ["no middleware", false, [], "answers"],
    ["hooks that give none", false, [hooks, hooks, middleware({})], "answers"],
    ["hooks around what gives one", true, [hooks], "answers later"],
    ["an onRequest that gives one", true, [hooks, middleware({ onRequest: async () => {} }), hooks], "answers"],
    ["an onAnswer that gives one", true, [hooks, middleware({ onAnswer: async () => {} }), hooks], "answers"],
    ["an early answer", false, [hooks, middleware({ onRequest: () => text("x") })], "answers later"],
    ["an error in a hook", false, [hooks, middleware({ onRequest: () => boom("x") })], "answers later"],
    ["an around that answers at once", false, [hooks, around(() => text("x"))], "answers later"],
    ["an around that asks", true, [hooks, around((_, next) => next())], "answers"],
  ])("%s: %s", async (_, promised, list, inner) => {
    expect((await ask(() => list, inner)).later).toBe(promised);
  });

  test("a thenable, as queries of databases are, is waited for", async () => {
    // oxlint-disable-next-line unicorn/no-thenable
    const query = { then: (done: (value: undefined) => void) => done(undefined) };
    const list = [middleware({ onRequest: () => query as PromiseLike<undefined> })];
    expect((await ask(() => list)).answer.body).toBe("inner");
  });
});
