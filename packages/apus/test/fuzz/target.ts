/**
 * What is fuzzed, and how: inputs of a seed one after the other, each read by our code and judged against a simple reading of
 * the rules. A find is told with the smallest input that still shows it.
 */
import { Random } from "./random.ts";
import { smaller } from "./smaller.ts";

/** One thing to fuzz. Inputs are texts, numbers, bytes, and lists and plain objects of them. */
export interface Target<Input, Output = unknown> {
  readonly name: string;
  /** An input costs so many times as much as one of a parser: so many times fewer are tried in a suite. */
  readonly cost?: number;
  make(random: Random): Input;
  /** Our code, and nothing else. */
  read(input: Input): Output;
  /** @throws For an output that the rules do not give. */
  judge(input: Input, output: Awaited<Output>): void;
  /** Smaller inputs, where not every smaller value is one. */
  smaller?(input: Input): Iterable<Input>;
  /** Inputs of a size, each of a kind that something slow would be slow on; for a parser, whose work is to grow as they do. */
  readonly series?: readonly ((size: number) => Input)[];
  /** Called once when all is done. */
  end?(): void | Promise<void>;
}

/** A list of targets is one of different inputs. */
export type AnyTarget = Target<any, any>;

/** An input that shows a bug. */
export interface Find {
  readonly index: number;
  readonly input: unknown;
  /** The smallest input that shows a bug, and what it shows. */
  readonly smallest: unknown;
  readonly error: unknown;
}

/** What the harness tells while it runs. */
export interface Watch {
  /** Before an input, so that somebody else can tell on which one it hangs. */
  before?(index: number): void;
  /** After an input, with the milliseconds that reading took. */
  after?(index: number, ms: number): boolean;
}

/** @throws Whatever our code or the judgement of it throws. */
async function tryInput<I, O>(target: Target<I, O>, input: I): Promise<void> {
  target.judge(input, await target.read(input));
}

/** Tries the inputs of a seed in order until one shows a bug, `runs` are done or `after` has had enough. */
export async function fuzz<I, O>(
  target: Target<I, O>,
  seed: number,
  runs: number,
  watch: Watch = {},
  from = 0,
): Promise<Find | undefined> {
  for (let index = from; index < from + runs; index++) {
    const input = target.make(new Random(seed, index));
    watch.before?.(index);
    const begin = watch.after && performance.now();
    try {
      const output = target.read(input);
      // Waiting for what is there already would cost more than most parsers.
      const settled = (output instanceof Promise ? await output : output) as Awaited<O>;
      const ms = begin === undefined ? 0 : performance.now() - begin;
      target.judge(input, settled);
      if (watch.after?.(index, ms) === false) return undefined;
    } catch (error) {
      const alive = (): void => watch.before?.(index);
      return { index, input, ...(await smallest(target, input, error, alive)) };
    }
  }
  return undefined;
}

/** Makes an input smaller as long as it shows a bug. */
async function smallest<I, O>(
  target: Target<I, O>,
  input: I,
  error: unknown,
  alive: () => void,
): Promise<Pick<Find, "smallest" | "error">> {
  let best = input;
  let shown = error;
  let tries = 3000;
  const until = performance.now() + 10_000;
  for (let found = true; found && tries > 0;) {
    found = false;
    for (const candidate of target.smaller?.(best) ?? smaller(best)) {
      if (--tries <= 0 || performance.now() > until) return { smallest: best, error: shown };
      alive();
      try {
        await tryInput(target, candidate as I);
      } catch (caught) {
        if (kindOf(caught) !== kindOf(error)) continue;
        best = candidate as I;
        shown = caught;
        found = true;
        break;
      }
    }
  }
  return { smallest: best, error: shown };
}

/** What of an error stays the same while its input becomes smaller: what comes before the first colon. */
function kindOf(error: unknown): string {
  return error instanceof Error ? `${error.name} ${error.message.split(":", 1)[0]}` : String(error);
}

/** A find as a person wants to read it: what to run, the smallest input, and what is wrong with it. */
export function report(target: AnyTarget, seed: number, { index, smallest: small, error }: Find): string {
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    `${target.name}: input ${index} of seed ${seed} shows a bug`,
    `smallest input: ${told(small)}`,
    `again: APUS_FUZZ_SEED=${seed} APUS_FUZZ_FROM=${index} APUS_FUZZ_RUNS=1 npx vitest run packages/apus/test/fuzz -t ${target.name}`,
    said,
  ].join("\n");
}

function told(input: unknown): string {
  const whole = JSON.stringify(input, (_, value: unknown) =>
    value instanceof Uint8Array ? `bytes ${Buffer.from(value).toString("latin1")}` : value,
  );
  const text = whole.length > 20_000 ? `${whole.slice(0, 20_000)}… (${whole.length} characters)` : whole;
  return text.replaceAll(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Fails with both readings unless they are equal, as JSON writes them. */
export function same(what: string, ours: unknown, expected: unknown): void {
  if (Object.is(ours, expected)) return;
  const [one, other] = [JSON.stringify(ours), JSON.stringify(expected)];
  if (one !== other) throw new Error(`${what}: Apus reads ${one}, the rules say ${other}`);
}

export function holds(what: string, truth: boolean): void {
  if (!truth) throw new Error(what);
}
