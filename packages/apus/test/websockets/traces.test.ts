// When dependencies of sockets are entered and left, with which error, and what becomes of the connection: line for line as FastAPI
// does it. `fastapi-traces.json` is what FastAPI did, recorded once from a program built from the same scenarios.
import { readFileSync } from "node:fs";
import {
  App,
  depends,
  HTTPException,
  RequestValidationError,
  WebSocketDisconnect,
  WebSocketException,
  type Dependency,
} from "apus";
import { testClient, WebSocketDenial } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { reports } from "../scenario.ts";

/** What somebody throws: `http 404`, `ws 4000 reason`, or `error boom` for what nobody lists. */
type Thrown = string;

interface Spec {
  readonly name: string;
  readonly scope: "F" | "R";
  readonly uses?: readonly string[];
  readonly inner?: boolean;
  readonly enter?: Thrown;
  readonly exit?: Thrown;
  readonly catch?: Thrown;
}

type Close = readonly [code: number, reason: string];
interface Outcome {
  readonly closed?: Close;
  readonly refused?: Close;
  readonly denied?: number;
  readonly raised?: string;
}

interface Scenario {
  readonly name: string;
  readonly dependencies: readonly Spec[];
  readonly guards?: readonly string[];
  readonly handler?: Thrown;
  readonly query?: string;
  /** Whether the handler accepts before it does anything else. */
  readonly accepts: boolean;
  readonly expected: { readonly trace: readonly string[]; readonly outcome: Outcome };
}

const { scenarios } = JSON.parse(readFileSync(new URL("./fastapi-traces.json", import.meta.url), "utf8")) as {
  scenarios: readonly Scenario[];
};

function thrown(what: Thrown): Error {
  const [kind, ...rest] = what.split(" ");
  if (kind === "http") return new HTTPException(Number(rest[0]));
  if (kind === "ws") return new WebSocketException(Number(rest[0]), rest.slice(1).join(" "));
  return new Error(rest.join(" "));
}

function said(error: unknown): string {
  if (error instanceof HTTPException) return `HTTPException ${error.status}`;
  if (error instanceof WebSocketException) return `WebSocketException ${error.code}`;
  if (error instanceof RequestValidationError) return "RequestValidationError";
  return (error as Error).message;
}

function generator(spec: Spec, made: ReadonlyMap<string, Dependency>, log: (line: string) => void): Dependency {
  const { name } = spec;
  const uses = Object.fromEntries((spec.uses ?? []).map((each) => [each, made.get(each)!]));
  return depends(
    // The types refuse what some scenarios are about only in records whose names they know.
    uses as object as Record<string, Dependency<unknown, never, "app">>,
    async function* () {
      log(`enter ${name}`);
      if (spec.enter !== undefined) throw thrown(spec.enter);
      try {
        yield name;
      } catch (error) {
        log(`leave ${name}: ${said(error)}`);
        throw spec.catch === undefined ? error : thrown(spec.catch);
      }
      log(`leave ${name}`);
      if (spec.exit !== undefined) throw thrown(spec.exit);
    },
    { scope: spec.scope === "F" ? "function" : "request", name },
  );
}

/**
 * Where FastAPI has no code for the end (a connection that is dropped, an HTTPException behind the 101), and where its handler had
 * closed before the clean-up failed, this is what clients see here.
 */
const ends: Readonly<Record<string, Close>> = {
  "the handler throws an HTTPException": [1008, "Not Found"],
  "function scope replaces the error": [1008, "Conflict"],
  "request scope replaces the error": [1008, "Conflict"],
  "nested, the error goes from the inside out": [1008, "Conflict"],
  "closed by a clean-up": [1000, ""],
};

test.each(scenarios.map((each) => [each.name, each.accepts ? "accepted" : "not accepted", each] as const))(
  "%s, %s",
  async (_name, _how, scenario) => {
    const lines: string[] = [];
    const log = (line: string): void => void lines.push(line);
    const { found, report } = reports();
    const made = new Map<string, Dependency>();
    for (const spec of scenario.dependencies) made.set(spec.name, generator(spec, made, log));
    const { guards = [], accepts, expected } = scenario;
    const inputs = scenario.dependencies.filter(({ name, inner }) => inner !== true && !guards.includes(name));
    const app = new App({ report });
    app.socket(
      "/",
      {
        dependencies: guards.map((name) => made.get(name)!),
        input: { q: z.int().default(0), ...Object.fromEntries(inputs.map(({ name }) => [name, made.get(name)!])) },
      },
      async (_, socket) => {
        if (accepts) await socket.accept();
        log("handler");
        if (scenario.handler !== undefined) throw thrown(scenario.handler);
        socket.close();
      },
    );
    const client = testClient(app, { raiseServerErrors: false });
    const outcome = await client
      .websocket(`/${scenario.query === undefined ? "" : `?${scenario.query}`}`)
      .then(async (socket): Promise<Outcome> => {
        const { code, reason } = (await socket.receive().catch((error: unknown) => error)) as WebSocketDisconnect;
        await socket.close();
        return { closed: [code, reason] };
      })
      .catch((error: unknown): Outcome => {
        if (!(error instanceof WebSocketDenial)) throw error;
        return error.code === 1006 ? { denied: error.response.status } : { refused: [error.code, error.reason] };
      });
    expect(lines).toEqual(expected.trace);
    const { raised, closed } = expected.outcome;
    const wasClosed = lines.includes("handler") && accepts;
    if (wasClosed) {
      const byItself = scenario.handler === undefined;
      expect(outcome).toEqual({
        closed: byItself ? (closed ?? [1000, ""]) : (ends[scenario.name] ?? closed ?? [1011, ""]),
      });
    } else expect(outcome).toEqual(raised === undefined ? expected.outcome : { denied: 500 });
    const unlisted =
      raised !== undefined && !raised.startsWith("'WebSocketDenial") && !raised.startsWith("Cannot call");
    // Once the connection has been closed well, nobody is left to be told.
    const late = scenario.name === "a request-scoped exit fails with an HTTPException";
    expect(found).toHaveLength(unlisted || late ? 1 : 0);
  },
);
