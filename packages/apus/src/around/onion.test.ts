/** Lists of any middleware, hooks and around, in step and later, held against a plain onion that only knows exceptions. */
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { ask, boom, inners, later, type Trace } from "../../test/rooms/onion.ts";
import { HTTPException } from "../error/index.ts";
import { text } from "../response/index.ts";
import { around, middleware, type Middleware } from "./middleware.ts";

/** What a middleware of the property test does, in data. */
interface Behaviour {
  readonly form: "hooks" | "around";
  readonly later: boolean;
  readonly in: "pass" | "answer" | "throw" | "refuse";
  readonly out: "pass" | "change" | "throw" | "refuse" | "replace";
  readonly error: "pass" | "answer" | "throw";
}

const behaviour: fc.Arbitrary<Behaviour> = fc.record({
  form: fc.constantFrom("hooks", "around"),
  later: fc.boolean(),
  in: fc.oneof(
    { weight: 6, arbitrary: fc.constant("pass" as const) },
    { weight: 1, arbitrary: fc.constantFrom("answer", "throw", "refuse") },
  ),
  out: fc.constantFrom("pass", "change", "throw", "refuse", "replace"),
  error: fc.constantFrom("pass", "answer", "throw"),
});

const built = (b: Behaviour, name: string, trace: Trace): Middleware => {
  const settle = <T>(work: () => T): T => (b.later ? (later.then(work) as T) : work());
  const refuse = (at: string): never => {
    throw new HTTPException(418, `${name} ${at}`);
  };
  if (b.form === "around") {
    return around(async (_, next) => {
      trace.push(`> ${name}`);
      if (b.in === "throw") boom(`${name} in`);
      if (b.in === "refuse") refuse("in");
      if (b.in === "answer") return text(`${name} early`);
      const answer = await next();
      trace.push(`< ${name} ${answer.status} ${String(answer.body)}`);
      if (b.later) await later;
      if (b.out === "throw") boom(`${name} out`);
      if (b.out === "refuse") refuse("out");
      if (b.out === "replace") return text(`${name} instead`);
      if (b.out === "change") answer.body = `${name}(${String(answer.body)})`;
      return answer;
    });
  }
  return middleware({
    onRequest: () =>
      settle(() => {
        trace.push(`> ${name}`);
        if (b.in === "throw") boom(`${name} in`);
        if (b.in === "refuse") refuse("in");
        return b.in === "answer" ? text(`${name} early`) : undefined;
      }),
    onError: (error) =>
      settle(() => {
        trace.push(`! ${name} ${(error as Error).message}`);
        if (b.error === "throw") boom(`${name} error`);
        return b.error === "answer" ? text(`${name} sorry`) : undefined;
      }),
    onAnswer: (answer) =>
      settle(() => {
        trace.push(`< ${name} ${answer.status} ${String(answer.body)}`);
        if (b.out === "throw") boom(`${name} out`);
        if (b.out === "refuse") refuse("out");
        if (b.out === "change") answer.body = `${name}(${String(answer.body)})`;
      }),
  });
};

/** The same, said plainly: everything is waited for, and errors travel as exceptions until the next middleware outwards. */
interface Said {
  status: number;
  body: string;
  unanswered?: boolean;
}
class Plain {
  readonly trace: Trace = [];
  failure: unknown;
  fail(error: unknown): Said {
    if (error instanceof HTTPException) return { status: error.status, body: String(error.detail) };
    this.failure = error;
    this.trace.push(`report ${(error as Error).message}`);
    return { status: 500, body: "plain", unanswered: true };
  }
  async call(list: readonly Behaviour[], at: number, inner: keyof typeof inners): Promise<Said> {
    const b = list[at];
    const name = `m${at}`;
    if (b === undefined) {
      this.trace.push("inner");
      if (inner !== "fails later") return { status: 200, body: "inner" };
      this.failure = new Error("inner");
      return { status: 500, body: "plain", unanswered: true };
    }
    this.trace.push(`> ${name}`);
    if (b.in === "throw") return this.fail(new Error(`${name} in`));
    if (b.in === "refuse") return this.fail(new HTTPException(418, `${name} in`));
    if (b.in === "answer") return { status: 200, body: `${name} early` };
    let said = await this.call(list, at + 1, inner);
    if (b.form === "hooks" && said.unanswered === true) {
      this.trace.push(`! ${name} ${(this.failure as Error).message}`);
      if (b.error === "throw") said = this.fail(new Error(`${name} error`));
      if (b.error === "answer") said = { status: 200, body: `${name} sorry` };
    }
    this.trace.push(`< ${name} ${said.status} ${said.body}`);
    if (b.out === "throw") return this.fail(new Error(`${name} out`));
    if (b.out === "refuse") return this.fail(new HTTPException(418, `${name} out`));
    if (b.out === "replace" && b.form === "around") return { status: 200, body: `${name} instead` };
    if (b.out === "change") said.body = `${name}(${said.body})`;
    return said;
  }
}

it("answers as a plain onion does, and what follows the innermost answer follows once", async () => {
  const inner = fc.constantFrom(...(Object.keys(inners) as (keyof typeof inners)[]));
  await fc.assert(
    fc.asyncProperty(fc.array(behaviour, { maxLength: 6 }), inner, async (list, innermost) => {
      const plain = new Plain();
      const said = await plain.call(list, 0, innermost);
      const { trace, answer } = await ask((t) => list.map((b, i) => built(b, `m${i}`, t)), innermost);
      expect([answer.status, answer.body]).toEqual([said.status, said.body]);
      const asked = plain.trace.includes("inner");
      expect(trace).toEqual(asked ? [...plain.trace, "after"] : plain.trace);
    }),
    { numRuns: 1000 },
  );
});
