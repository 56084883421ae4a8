// When generators are entered and left, background work runs and the answer goes out: line for line as FastAPI does it.
// `fastapi-traces.json` is what FastAPI did, recorded once from a program built from the same scenarios.
import { readFileSync } from "node:fs";
import {
  App,
  ApusError,
  background,
  depends,
  HTTPException,
  middleware,
  RequestValidationError,
  ResponseValidationError,
  type Dependency,
} from "apus";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";

/** What somebody throws: `http 404`, or `error boom` for what nobody lists. */
type Thrown = string;

interface Spec {
  readonly name: string;
  /** F: function, R: request. */
  readonly scope: "F" | "R";
  readonly kind?: "sync" | "async";
  readonly uses?: readonly string[];
  /** Whether only others use it. */
  readonly inner?: boolean;
  /** Thrown before the `yield`. */
  readonly enter?: Thrown;
  /** Thrown after the `yield`, where all went well. */
  readonly exit?: Thrown;
  /** Thrown in place of what arrives at the `yield`; `swallow` throws nothing. */
  readonly catch?: Thrown;
}

interface Scenario {
  readonly name: string;
  readonly dependencies: readonly Spec[];
  readonly guards?: readonly string[];
  readonly tasks?: readonly { readonly name: string; readonly fails?: Thrown }[];
  readonly handler?: Thrown;
  /** Whether the handler returns what its output does not allow. */
  readonly wrong?: boolean;
  readonly query?: string;
  readonly expected: { readonly status: number; readonly trace: readonly string[]; readonly reported: boolean };
}

const { scenarios: recorded } = JSON.parse(readFileSync(new URL("./fastapi-traces.json", import.meta.url), "utf8")) as {
  scenarios: readonly Scenario[];
};

/**
 * Where an error was swallowed, FastAPI leaves those around as if all were well: they commit, and then the answer is a 500.
 * Here they see that it was swallowed, and roll back.
 */
const swallowed: Readonly<Record<string, string>> = {
  "leave f1": "leave f1: swallowed",
  "leave r1": "leave r1: swallowed",
};
const saidByFastapi = (line: string): string =>
  line.includes("UnboundLocalError") ? "leave r1: swallowed" : (swallowed[line] ?? line);

function thrown(what: Thrown): Error {
  const [kind, ...rest] = what.split(" ");
  return kind === "http" ? new HTTPException(Number(rest[0])) : new Error(rest.join(" "));
}

function said(error: unknown): string {
  if (error instanceof HTTPException) return `HTTPException ${error.status}`;
  if (error instanceof RequestValidationError || error instanceof ResponseValidationError) return error.name;
  if (error instanceof ApusError && error.message.startsWith("APUS_SWALLOWED")) return "swallowed";
  return (error as Error).message;
}

function generator(spec: Spec, made: ReadonlyMap<string, Dependency>, log: (line: string) => void): Dependency {
  const { name } = spec;
  const before = (): void => {
    log(`enter ${name}`);
    if (spec.enter !== undefined) throw thrown(spec.enter);
  };
  const caught = (error: unknown): void => {
    log(`leave ${name}: ${said(error)}`);
    if (spec.catch === undefined) throw error;
    if (spec.catch !== "swallow") throw thrown(spec.catch);
  };
  const after = (): void => {
    log(`leave ${name}`);
    if (spec.exit !== undefined) throw thrown(spec.exit);
  };
  const run: () => Generator<string> | AsyncGenerator<string> =
    spec.kind === "sync"
      ? function* () {
          before();
          try {
            yield name;
          } catch (error) {
            caught(error);
            return;
          }
          after();
        }
      : async function* () {
          before();
          try {
            yield name;
          } catch (error) {
            caught(error);
            return;
          }
          after();
        };
  const uses = Object.fromEntries((spec.uses ?? []).map((each) => [each, made.get(each)!]));
  // The types refuse what some scenarios are about only in records whose names they know.
  return depends(uses as object as Record<string, Dependency<unknown, never, "app">>, run, {
    scope: spec.scope === "F" ? "function" : "request",
    name,
  });
}

scenarios("Traces as FastAPI's", (ask) => {
  test.each(recorded)("$name", async (scenario) => {
    const lines: string[] = [];
    const log = (line: string): void => void lines.push(line);
    const { found, report } = reports();
    const made = new Map<string, Dependency>();
    for (const spec of scenario.dependencies) made.set(spec.name, generator(spec, made, log));
    const { guards = [], tasks = [] } = scenario;
    const inputs = scenario.dependencies.filter(({ name, inner }) => inner !== true && !guards.includes(name));
    // The answer leaves the framework here; what follows it comes later.
    const sent = middleware({ onAnswer: ({ status }) => log(`answer ${status}`) });
    const app = new App({ report, middleware: [sent] });
    app.get(
      "/",
      {
        dependencies: guards.map((name) => made.get(name)!),
        input: {
          background,
          q: z.int().default(0),
          ...Object.fromEntries(inputs.map(({ name }) => [name, made.get(name)!])),
        },
        output: z.int(),
      },
      (values) => {
        for (const { name, fails } of tasks) {
          values.background.add((what) => {
            log(`task ${what}`);
            if (fails !== undefined) throw thrown(fails);
          }, name);
        }
        log("handler");
        if (scenario.handler !== undefined) throw thrown(scenario.handler);
        return scenario.wrong === true ? ("wrong" as unknown as number) : 1;
      },
    );
    const { status } = await ask(app, `GET /${scenario.query === undefined ? "" : `?${scenario.query}`}`);
    await ask.close(app);
    const { expected } = scenario;
    const around = scenario.name.endsWith("others around it");
    expect(lines).toEqual(around ? expected.trace.map(saidByFastapi) : expected.trace);
    expect(status).toBe(expected.status);
    expect(found).toHaveLength(expected.reported ? 1 : 0);
  });
});

describe("what was reported", () => {
  test("of an error that a generator swallowed says which one, and keeps the error", async () => {
    const { found, report } = reports();
    const app = new App({ report });
    const careless = depends(
      async function* () {
        try {
          yield 1;
        } catch {
          // and nothing else
        }
      },
      { name: "careless" },
    );
    app.get("/", { input: { careless } }, () => {
      throw new HTTPException(404);
    });
    expect((await app.fetch(new Request("http://a/"))).status).toBe(500);
    const error = found[0]?.error as Error;
    expect(error.message).toMatch(/^APUS_SWALLOWED: the dependency "careless" caught .*; throw it again/);
    expect(error.cause).toBeInstanceOf(HTTPException);
  });
});

test("unlike FastAPI, what the body or the parameters refuse is known before anything but guards is entered", async () => {
  const lines: string[] = [];
  const made = generator({ name: "f1", scope: "F" }, new Map(), (line) => void lines.push(line));
  const app = new App();
  app.get("/", { input: { f1: made, q: z.int() } }, () => 1);
  expect((await app.fetch(new Request("http://a/?q=x"))).status).toBe(422);
  expect(lines).toEqual([]);
});
