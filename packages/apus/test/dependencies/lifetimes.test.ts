// How long values live: what may use what, which generators are recognised, and what is opened how often.
import { App, depends, get, provide, requiredScopes, router, security, type Dependency } from "apus";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { gate, scenarios } from "../scenario.ts";

type Any = Record<string, Dependency<unknown, never, "app">>;
/** The types refuse what these tests are about. */
const untyped = (input: Record<string, unknown>, run: (values: never) => unknown, options: object): Dependency =>
  depends(input as Any, run as never, options);
const generator = async function* (): AsyncGenerator<number> {
  yield 1;
};
const plain = (input: Record<string, unknown>, name = "plain"): Dependency => untyped(input, () => 1, { name });
const scoped = (scope: string | undefined, input: Record<string, unknown> = {}, name = "user"): Dependency =>
  untyped(input, generator, { scope, name });
const f = scoped("function", {}, "f");
const r = scoped("request", {}, "r");
const a = scoped("app", {}, "a");
const reader = depends({ requiredScopes }, () => 1, { name: "reader" });

/** What uses what, and whether that can be: the scope of the one that uses, then what it uses. */
const uses: readonly [string, Dependency, RegExp | undefined][] = [
  ["function uses function", scoped("function", { f }), undefined],
  ["function uses request", scoped("function", { r }), undefined],
  ["function uses app", scoped("function", { a }), undefined],
  ["function uses inputs", scoped("function", { q: z.string().optional() }), undefined],
  ["request uses request", scoped("request", { r }), undefined],
  ["request uses app", scoped("request", { a }), undefined],
  ["app uses app", scoped("app", { a }), undefined],
  ["app uses what stands on nothing", scoped("app", { p: plain({}) }), undefined],
  ["app uses what stands on app", scoped("app", { p: plain({ a }) }), undefined],
  ["plain uses function", plain({ f }), undefined],
  ["request uses function", scoped("request", { f }), /"user" has scope "request", .*"f" of scope "function"/],
  ["by default, too", scoped(undefined, { f }), /"user" has scope "request", .*"f" of scope "function"/],
  ["app uses function", scoped("app", { f }), /"user" has scope "app", .*"f" of scope "function"/],
  ["app uses request", scoped("app", { r }), /"user" has scope "app", .*"r" of scope "request"/],
  ["request uses plain that uses function", scoped("request", { p: plain({ f }) }), /"p" of scope "function"/],
  [
    "request uses plain that uses plain that uses function",
    scoped("request", { p: plain({ q: plain({ f, r, a }) }) }),
    /"p" of scope "function"/,
  ],
  ["app uses plain that uses request", scoped("app", { p: plain({ r }) }), /"p" of scope "request"/],
  ["app uses plain that reads inputs", scoped("app", { p: plain({ q: z.string() }) }), /"p" of scope "request"/],
  ["app reads inputs", scoped("app", { q: z.string() }), /cannot read the input "q" from a request/],
  ["app is guarded by request", untyped({}, generator, { scope: "app", name: "user", dependencies: [r] }), /"a guard"/],
  ["request is guarded by function", untyped({}, generator, { name: "user", dependencies: [f] }), /"a guard" of scope/],
  ["app reads the scopes", scoped("app", { requiredScopes }), /"requiredScopes", which belongs to one request/],
  ["app asks for scopes", scoped("app", { x: security(a, ["s"]) }), /"x", which belongs to one request/],
  ["app asks for scopes further down", scoped("app", { p: plain({ x: security(a, []) }) }), /"p" of scope "request"/],
  [
    "request asks function for scopes",
    scoped("request", { x: security(scoped("function", { reader }), []) }),
    /"x" of/,
  ],
];

test.each(uses)("%s", async (_, used, message) => {
  const app = new App();
  app.get("/", { input: { used } }, () => 1);
  const start = testClient(app).start();
  if (message === undefined) await start;
  else await expect(start).rejects.toThrow(new RegExp(`^APUS_SCOPE: GET / \\(get\\): .*${message.source}`));
});

test("an override that lives shorter than what it replaces is refused where others live longer", async () => {
  const app = new App();
  const pool = depends(() => 1, { scope: "app", name: "pool" });
  const session = depends({ pool }, generator, { name: "session" });
  app.get("/", { input: { session } }, ({ session: value }) => value);
  const fake = depends(generator, { scope: "function" });
  await expect(testClient(app, { overrides: [[pool, fake]] }).start()).rejects.toThrow(
    /^APUS_SCOPE: GET \/ \(get\): the dependency "session" has scope "request", so it cannot use "pool" of scope "function"/,
  );
});

test.each([
  ["itself", (): Dependency => circle(1)],
  ["two", (): Dependency => circle(2)],
  ["three", (): Dependency => circle(3)],
])("a circle of %s is named in full, through inputs, guards and security() alike", async (_, make) => {
  const app = new App();
  app.get("/", { input: { start: make() } }, () => 1);
  await expect(testClient(app).start()).rejects.toThrow(/^APUS_DEPENDENCY_CYCLE: GET \/ \(get\): d0 → .*d0 depend on/);
});

/** Dependencies of which each uses the next, and the last the first. Literals cannot do that; mutation can. */
function circle(size: number): Dependency {
  const made: Dependency[] = [];
  const inputs: Record<string, unknown>[] = [];
  const guards: Dependency[] = [];
  for (let i = 0; i < size; i++) {
    const input: Record<string, unknown> = { requiredScopes };
    inputs.push(input);
    made.push(untyped(input, () => 1, { name: `d${i}`, dependencies: i === 1 ? guards : [] }));
  }
  for (const [i, each] of made.entries()) {
    const next = made[(i + 1) % size]!;
    if (i === 1) guards.push(next);
    else inputs[i]!["next"] = i === 2 ? security(next, ["s"]) : next;
    if (size === 1) return each;
  }
  return made[0]!;
}

scenarios("A generator is recognised by the value", (ask) => {
  const gen = (lines: string[], name: string) =>
    async function* (): AsyncGenerator<string> {
      yield name;
      lines.push(`leave ${name}`);
    };

  test.each<[string, (lines: string[]) => Dependency<unknown, never>]>([
    ["a plain function returns", (lines) => depends(() => gen(lines, "x")())],
    ["an async function resolves to", (lines) => depends(async () => gen(lines, "x")())],
    ["a bound generator function makes", (lines) => depends(gen(lines, "x").bind(null))],
    [
      "a class's method makes",
      (lines) => {
        class Sessions {
          *open(): Generator<string> {
            yield "x";
            lines.push("leave x");
          }
        }
        const sessions = new Sessions();
        return depends(() => sessions.open());
      },
    ],
    [
      "one delegates to",
      (lines) =>
        depends(async function* () {
          yield* gen(lines, "x")();
        }),
    ],
  ])("that %s: entered and left", async (_, make) => {
    const lines: string[] = [];
    const app = new App();
    app.get("/", { input: { x: make(lines) } }, ({ x }) => {
      lines.push("handler");
      return x;
    });
    expect((await ask(app, "GET /")).json()).toBe("x");
    await ask.close(app);
    expect(lines).toEqual(["handler", "leave x"]);
  });

  test("one that a plain function returns lives no longer than what it uses", async () => {
    const lines: string[] = [];
    const app = new App();
    const session = depends(gen(lines, "session"), { scope: "function" });
    const work = untyped({ session }, () => gen(lines, "work")(), {});
    app.get("/", { input: { work } }, () => new Response("x", { headers: { "x-left": "" } }));
    await ask(app, "GET /");
    await ask.close(app);
    expect(lines).toEqual(["leave work", "leave session"]);
  });

  test("iterables that are values stay values", async () => {
    const app = new App();
    const input = {
      list: depends(() => [1]),
      set: depends(() => new Set([2])),
      iterator: depends(() => [3].values()),
      wrapped: depends(() =>
        provide(
          (function* () {
            yield 4;
          })(),
        ),
      ),
      later: depends(async () => provide(new Map([[5, 5]]).keys())),
    };
    app.get("/", { input }, ({ list, set, iterator, wrapped, later }) => [
      ...list,
      ...set,
      ...iterator,
      ...wrapped,
      ...later,
    ]);
    expect((await ask(app, "GET /")).json()).toEqual([1, 2, 3, 4, 5]);
  });

  test("a generator by default outlives the answer, one of function scope does not", async () => {
    const lines: string[] = [];
    const app = new App();
    const input = { x: depends(gen(lines, "r")), y: depends(gen(lines, "f"), { scope: "function" }) };
    app.get("/", { input }, () => {
      const stream = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            controller.enqueue(new TextEncoder().encode(lines.join()));
            controller.close();
          },
        },
        { highWaterMark: 0 },
      );
      return new Response(stream);
    });
    expect((await ask(app, "GET /")).text).toBe("leave f");
    await ask.close(app);
    expect(lines).toEqual(["leave f", "leave r"]);
  });

  test("app scope is opened once for all requests and operations, a plain value once for each request", async () => {
    let [opened, made, shared] = [0, 0, 0];
    const constant = depends(() => ++shared);
    const pool = depends({ constant }, () => ({ opened: ++opened, constant: shared }), { scope: "app" });
    const value = depends({ pool }, ({ pool: of }) => ({ ...of, made: ++made }));
    const app = new App();
    app.include(
      router({
        a: get("/a", { input: { value, pool } }, ({ value: each }) => each),
        b: get("/b", { dependencies: [value], input: { value } }, ({ value: each }) => each),
      }),
    );
    expect((await ask(app, "GET /a")).json()).toEqual({ opened: 1, constant: 1, made: 1 });
    expect((await ask(app, "GET /b")).json()).toEqual({ opened: 1, constant: 1, made: 2 });
    expect((await ask(app, "GET /a")).json()).toEqual({ opened: 1, constant: 1, made: 3 });
  });
});

scenarios("Requests at once", (ask) => {
  test("each have their own generators, however they interleave and whichever fails", async () => {
    const lines: string[] = [];
    const gates = new Map(["a", "b", "c"].map((name) => [name, { arrived: gate(), proceed: gate() }]));
    const session = depends(
      { name: z.string() },
      async function* ({ name }) {
        try {
          yield name;
          lines.push(`${name} commit`);
        } catch (error) {
          lines.push(`${name} rollback`);
          throw error;
        }
      },
      { scope: "function" },
    );
    const again = depends({ session }, ({ session: of }) => of);
    const app = new App({ report: () => {} });
    app.get("/", { input: { session, again } }, async ({ session: name, again: same }) => {
      gates.get(name)!.arrived.open();
      await gates.get(name)!.proceed.opened;
      if (name === "b") throw new Error("broken");
      return [name, same];
    });
    const asked = new Map<string, ReturnType<typeof ask>>();
    for (const name of ["a", "b", "c"]) {
      asked.set(name, ask(app, `GET /?name=${name}`));
      await gates.get(name)!.arrived.opened;
    }
    for (const name of ["c", "b", "a"]) {
      gates.get(name)!.proceed.open();
      const answer = await asked.get(name)!;
      if (name === "b") expect(answer.status).toBe(500);
      else expect(answer.json()).toEqual([name, name]);
    }
    expect(lines).toEqual(["c commit", "b rollback", "a commit"]);
  });
});
