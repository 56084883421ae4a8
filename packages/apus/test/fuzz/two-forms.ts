/**
 * Prints what Apps of random declarations answer to random requests, one line for each: `two-forms.ts <seed> <cases>`. The target
 * `plans` runs it twice, once where code may be generated and once where it may not be, and holds the lines equal.
 */
import { App, body, json, query } from "apus";
import fc from "fast-check";
import { z } from "zod";
import { schemaWithValues } from "../rooms/random-schemas.ts";
import { exchangeOf } from "./incoming.ts";
import { Random } from "./random.ts";
import { operations } from "./targets/operations.ts";
import { wellFormed } from "./unicode.ts";

const [seed = 1, cases = 20] = process.argv.slice(2).map(Number);
const mayGenerate = ((): boolean => {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- whether this is possible is the question
    return new Function("return true")() === true;
  } catch {
    return false;
  }
})();
const say = (...line: unknown[]): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
/** What the last failure was. */
let failure = "";
const report = (error: unknown): void => void (failure = (error as object).constructor.name);
const options = { report, docsUrl: null, redocUrl: null, openapiUrl: null } as const;

say(mayGenerate ? "generated" : "interpreted");
for (let i = 0; i < cases; i++) {
  const made = operations.make(new Random(seed, i));
  const answers = await operations.read(made);
  for (const [at, answer] of answers.entries()) say(i, made.asks[at]!.target, answer.status, answer.body);
}
const samples = fc.sample(schemaWithValues, { seed, numRuns: cases });
for (const [i, { schema, values }] of samples.entries()) await ask(i, schema, values);

/** One schema as a body, strictly and not, beside another, in the query, and as an output. */
async function ask(i: number, schema: z.ZodType, values: readonly unknown[]): Promise<void> {
  const app = new App(options);
  const told = (value: unknown): unknown => json(inWords(value));
  const declared: Record<string, () => unknown> = {
    lax: () => app.post("/lax", { input: { value: body(schema) } }, ({ value }) => told(value)),
    strict: () =>
      app.post("/strict", { strictTypes: true, input: { value: body(schema) } }, ({ value }) => told(value)),
    both: () => app.post("/both", { input: { value: body(schema), other: body(z.array(schema).optional()) } }, (all) => told(all)), // prettier-ignore
    query: () => app.post("/query", { input: { value: query(schema) } }, ({ value }) => told(value)),
    output: () => app.post("/output", { input: { at: z.int() }, output: schema }, ({ at }) => values[at] as never),
    list: () => app.post("/list", { input: { at: z.int() }, output: z.array(schema) }, ({ at }) => [values[at], values[at]] as never), // prettier-ignore
  };
  for (const [name, declare] of Object.entries(declared)) {
    try {
      declare();
    } catch (error) {
      say(i, name, "refused", String(error));
    }
  }
  for (const [at, value] of values.entries()) {
    for (const [target, content] of requestsFor(at, value)) {
      const headers = ["content-type", "application/json"];
      try {
        const answer = await app.handle(exchangeOf({ method: "POST", target, headers, body: Buffer.from(content).toString("latin1") })); // prettier-ignore
        say(i, target, answer.status === 500 ? failure : "", content, answer.status, String(answer.body));
      } catch (error) {
        say(i, target, content, "threw", String(error));
      }
    }
  }
}

function requestsFor(at: number, value: unknown): [target: string, content: string][] {
  const outputs: [string, string][] = [[`/output?at=${at}`, ""], [`/list?at=${at}`, ""]]; // prettier-ignore
  let content: string | undefined;
  try {
    content = JSON.stringify(value);
  } catch {
    // What JSON cannot say nobody can send.
  }
  if (content === undefined) return outputs;
  const text = typeof value === "string" ? wellFormed(value) : wellFormed(content);
  return [
    ["/lax", content],
    ["/strict", content],
    ["/both", `{"value":${content},"other":[${content},${content}]}`],
    [`/query?value=${encodeURIComponent(text)}`, ""],
    ...outputs,
  ];
}

/** What a handler got, with what JSON would leave out. */
function inWords(value: unknown): unknown {
  if (typeof value === "bigint" || typeof value === "symbol" || typeof value === "function") return String(value);
  if (value === undefined) return "undefined";
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return `Date ${value.getTime()}`;
  if (value instanceof Set) return { set: [...value].map(inWords) };
  if (value instanceof Map) return { map: [...value].map(inWords) };
  if (Array.isArray(value)) return value.map(inWords);
  const prototype = Object.getPrototypeOf(value) === null ? "null" : "object";
  return [prototype, Reflect.ownKeys(value).map((key) => [String(key), inWords((value as Record<PropertyKey, unknown>)[key])])]; // prettier-ignore
}
