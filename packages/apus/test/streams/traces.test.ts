// When dependencies are left around a stream, line for line as FastAPI 0.141 does it: function scope before the first byte,
// then the stream, background work, and request scope.
import { App, background, depends, events, HTTPException, jsonLines, middleware, stream, type Dependency } from "apus";
import { expect, test } from "vitest";
import { scenarios } from "../scenario.ts";

const begun = ["enter f", "enter r", "enter r2", "leave f", "answer 200", "begin"];
const whole = [...begun, "end", "task", "leave r2", "leave r"];
// FastAPI's clean-up of events sees the error in a group; the order is the same.
const broken = [...begun, "leave r2: boom", "leave r: boom"];

const outputs: readonly [string, object][] = [
  ["events", { output: events() }],
  ["JSON Lines", { output: jsonLines() }],
  ["a body", { as: stream({ type: "text/plain" }) }],
];

scenarios("Exit order of streams", (ask) => {
  const traced = (output: object, sync: boolean, fails: boolean, exit?: Error) => {
    const lines: string[] = [];
    const scoped = (name: string, scope: "function" | "request"): Dependency =>
      depends(
        async function* () {
          lines.push(`enter ${name}`);
          try {
            yield name;
          } catch (error) {
            lines.push(`leave ${name}: ${(error as Error).message}`);
            throw error;
          }
          lines.push(`leave ${name}`);
          if (scope === "function" && exit !== undefined) throw exit;
        },
        { scope, name },
      );
    const pieces = function* (): Generator<string> {
      lines.push("begin");
      yield "a";
      if (fails) throw new Error("boom");
      yield "b";
      lines.push("end");
    };
    const sent = middleware({ onAnswer: ({ status }) => void lines.push(`answer ${status}`) });
    const app = new App({ report: () => {}, middleware: [sent] });
    const input = { r: scoped("r", "request"), r2: scoped("r2", "request"), background };
    const declared = { dependencies: [scoped("f", "function")], input, ...output } as object;
    const add = ({ background }: { background: { add(work: () => void): void } }): void =>
      background.add(() => void lines.push("task"));
    const handler = sync
      ? function* (values: never) {
          add(values);
          yield* pieces();
        }
      : async function* (values: never) {
          add(values);
          yield* pieces();
        };
    app.get("/", declared as { output: ReturnType<typeof events> }, handler as () => Generator<string>);
    return { app, lines };
  };

  test.each(
    outputs.flatMap(([name, output]) => [true, false].map((sync) => [sync ? "sync" : "async", name, output] as const)),
  )("%s %s, whole and broken", async (kind, _, output) => {
    const fine = traced(output, kind === "sync", false);
    expect((await ask(fine.app, "GET /")).status).toBe(200);
    await ask.close(fine.app);
    expect(fine.lines).toEqual(whole);
    const failing = traced(output, kind === "sync", true);
    const outcome = await ask(failing.app, "GET /").then(
      () => "whole",
      () => "broken off",
    );
    expect(outcome).toBe("broken off");
    await ask.close(failing.app);
    expect(failing.lines).toEqual(broken);
  });

  test.each(outputs)(
    "function scope that fails when it is left is the answer, and %s never begins",
    async (_, output) => {
      const { app, lines } = traced(output, false, false, new HTTPException(418));
      expect((await ask(app, "GET /")).status).toBe(418);
      await ask.close(app);
      const teapot = "I'm a Teapot";
      expect(lines.map((line) => line.replace(/: .*/, `: ${teapot}`))).toEqual([
        "enter f",
        "enter r",
        "enter r2",
        "leave f",
        `leave r2: ${teapot}`,
        `leave r: ${teapot}`,
        "answer 418",
      ]);
    },
  );
});
