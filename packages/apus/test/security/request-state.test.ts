// Requests at the same time, stopped at every step and let go on in another order: each has its own of everything.
import {
  App,
  around,
  background,
  body,
  connection,
  cookie,
  depends,
  header,
  middleware,
  onError,
  query,
  request,
  response,
  signal,
} from "apus";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { gate, scenarios, type Answered } from "../scenario.ts";
import { serve } from "../serve.ts";
import { wire } from "../wire.ts";

/** Stops each of `count` parties at each step until all are there, then lets them go in reverse and in turn. */
function rounds(count: number): { pass(step: string): Promise<void> } {
  const steps = new Map<string, { waiting: (() => void)[]; turn: number }>();
  return {
    pass(step) {
      const at = steps.get(step) ?? { waiting: [], turn: steps.size };
      steps.set(step, at);
      return new Promise((resolve) => {
        at.waiting.push(resolve);
        if (at.waiting.length < count) return;
        const order = at.turn % 2 === 0 ? at.waiting.toReversed() : at.waiting;
        for (const each of order) each();
      });
    },
  };
}

const count = 20;

scenarios("Interleaved requests", (ask) => {
  test("row 41: stopped at every step, each has its own values, state, headers, cookies, answer and work", async () => {
    const { pass } = rounds(count);
    const worked: string[] = [];
    const outer = around(async (asked, next) => {
      asked.state["mine"] = asked.headers.get("x-who");
      await pass("outer");
      const answer = await next(asked);
      await pass("outer, back");
      answer.headers.set("x-state", String(asked.state["mine"]));
      return answer;
    });
    const inner = middleware({
      onRequest: async () => pass("hook"),
      onAnswer: async (answer, asked) => {
        await pass("hook, back");
        answer.headers.set("x-hook", String(asked.headers.get("x-who")));
      },
    });
    const session = depends({ x_who: header(z.string()), connection }, async function* ({ x_who, connection: asked }) {
      await pass("session");
      yield { who: x_who, path: asked.path };
      await pass("session, back");
    });
    const nested = depends({ session, request }, async ({ session: own, request: asked }) => {
      await pass("nested");
      return { ...own, state: asked.state["mine"], id: asked.id };
    });
    const app = new App({ middleware: [outer, inner] });
    app.post(
      "/{id}",
      {
        input: {
          id: z.string(),
          q: query(z.string()),
          jar: cookie(z.string()),
          item: body(z.object({ who: z.string(), tags: z.array(z.string()).default([]) })),
          session,
          nested,
          request,
          response,
          background,
          signal,
        },
      },
      async (all) => {
        all.item.tags.push(all.id);
        all.response.headers.set("x-set", all.item.who);
        all.response.cookies.set("who", all.jar);
        all.background.add(() => worked.push(all.item.who));
        await pass("handler");
        return [
          all.id,
          all.q,
          all.jar,
          all.item.who,
          ...all.item.tags,
          all.session.who,
          all.session.path.slice(1),
          all.nested.who,
          all.nested.state,
          all.request.query.get("q"),
          all.request.cookies["jar"],
          ((await all.request.json()) as { who: string }).who,
          all.nested.id === all.request.id ? all.id : "another id",
          all.signal === all.request.signal ? all.id : "another signal",
        ];
      },
    );
    const answers = await Promise.all(
      Array.from({ length: count }, (_, i) => {
        const who = `w${i}`;
        const headers = { "x-who": who, cookie: `jar=${who}` };
        return ask(app, `POST /${who}?q=${who}`, { json: { who }, headers });
      }),
    );
    for (const [i, answer] of answers.entries()) {
      const who = `w${i}`;
      expect([answer.status, new Set(answer.json())]).toEqual([200, new Set([who])]);
      const { "x-state": state, "x-hook": hook, "x-set": set } = answer.headers;
      expect([state, hook, set]).toEqual([who, who, who]);
      expect(answer.cookies).toHaveLength(1);
      expect(answer.cookies[0]).toMatch(new RegExp(`^who=${who};`));
    }
    await ask.close(app);
    expect(worked.toSorted()).toEqual(Array.from({ length: count }, (_, i) => `w${i}`).toSorted());
  });

  test("row 41: a failure, a refusal and an answer at once do not mix", async () => {
    const { pass } = rounds(4);
    const reported: string[] = [];
    const app = new App({
      report: (error, { path }) => void reported.push(`${path} ${(error as Error).message}`),
      onError: [onError(RangeError, (error, asked) => new Response(`${asked.path} ${error.message}`, { status: 418 }))],
    });
    const held = depends({ request }, async function* ({ request: asked }) {
      await pass("before");
      try {
        yield asked.path;
      } finally {
        await pass("after");
      }
    });
    app.get("/{kind}", { input: { kind: z.string(), held } }, async ({ kind, held: path }) => {
      if (kind === "fails") throw new Error(`of ${path}`);
      if (kind === "handled") throw new RangeError(`of ${path}`);
      return `${kind} of ${path}`;
    });
    const [fails, handled, one, two] = (await Promise.all(
      ["fails", "handled", "one", "two"].map((kind) => ask(app, `GET /${kind}`)),
    )) as [Answered, Answered, Answered, Answered];
    expect([fails.status, fails.text]).toEqual([500, "Internal Server Error"]);
    expect([handled.status, handled.text]).toEqual([418, "/handled of /handled"]);
    expect([one.json(), two.json()]).toEqual(["one of /one", "two of /two"]);
    expect(reported).toEqual(["/fails of /fails"]);
  });

  test("row 41: a reading inside a reading, and one that fails half-way, leave nothing to the next", async () => {
    // The members of a union share what they tried; a check that asks the same union again must not find that.
    const leaf = z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]);
    const app = new App({ report: () => {} });
    let depth = 0;
    const inner = new App();
    inner.post("/", { input: { item: body(z.array(leaf)) } }, ({ item }) => item);
    const nesting = z.array(
      leaf.refine((value) => {
        depth++;
        if ("b" in value && value.b === "throw") throw new Error("half-way");
        // Answered synchronously up to its first promise: the reading itself happens inside this one.
        void inner.fetch(
          new Request("http://testserver/", {
            method: "POST",
            body: JSON.stringify([value]),
            headers: { "content-type": "application/json" },
          }),
        );
        return true;
      }),
    );
    app.post("/", { input: { items: nesting } }, ({ items }) => items);
    const good = [{ a: "1" }, { b: "2" }, { a: "3" }];
    for (let i = 0; i < 3; i++) {
      expect((await ask(app, "POST /", { json: good })).json()).toEqual(good);
      expect((await ask(app, "POST /", { json: [{ a: "1" }, { b: "throw" }] })).status).toBe(500);
      expect((await ask(app, "POST /", { json: [{ c: 1 }] })).status).toBe(422);
      expect((await ask(app, "POST /", { json: [{ b: "x" }] })).json()).toEqual([{ b: "x" }]);
    }
    expect(depth).toBe(3 * (3 + 2 + 1));
  });
});

describe("one connection", () => {
  test("row 41: pipelined requests that are answered out of order get their own answers, in order", async () => {
    const gates = [gate(), gate(), gate()];
    const arrived = gate();
    let waiting = 0;
    const app = new App();
    app.get(
      "/{id}",
      { input: { id: z.int(), token: header(z.string()), response } },
      async ({ id, token, response: draft }) => {
        draft.headers.set("x-for", token);
        if (++waiting === 3) arrived.open();
        await gates[id]!.opened;
        return `${id} ${token}`;
      },
    );
    const server = await serve(app, { port: 0, signals: false });
    onTestFinished(() => server.close());
    const client = await wire(server);
    const ask = (id: number): string[] => [`GET /${id} HTTP/1.1`, "Host: a", `Token: t${id}`];
    client.send(...ask(0), "", ...ask(1), "", ...ask(2), "Connection: close", "", "");
    await arrived.opened;
    for (const each of gates.toReversed()) each.open();
    const received = await client.closed;
    expect([...received.matchAll(/x-for: (t\d)/g)].map((found) => found[1])).toEqual(["t0", "t1", "t2"]);
    expect([...received.matchAll(/"(\d t\d)"/g)].map((found) => found[1])).toEqual(["0 t0", "1 t1", "2 t2"]);
  });

  test("row 41: what one request of a connection sent is nothing to the next", async () => {
    const app = new App();
    app.get("/", { input: { request, token: header(z.string().default("none")) } }, ({ request: asked, token }) => [
      token,
      Object.keys(asked.state).length,
      Object.keys(asked.cookies).length,
      asked.query.size,
      (asked.state["seen"] = true),
    ]);
    const server = await serve(app, { port: 0, signals: false });
    onTestFinished(() => server.close());
    const client = await wire(server);
    client.send("GET /?a=1 HTTP/1.1", "Host: a", "Token: secret", "Cookie: session=1", "", "");
    await client.until(/\["secret",0,1,1,true\]/);
    client.send("GET / HTTP/1.1", "Host: a", "", "");
    await client.until(/\["none",0,0,0,true\]/);
  });
});
