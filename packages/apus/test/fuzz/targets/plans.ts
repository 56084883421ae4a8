/** Generated readers and writers against interpreted ones, whole plans at a time: every answer is the same to the byte. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { holds, same, type Target } from "../target.ts";

interface Forms {
  readonly generated: string[];
  readonly interpreted: string[];
}

const run = promisify(execFile);
const file = fileURLToPath(new URL("../two-forms.ts", import.meta.url));
const cases = 30;

async function lines(seed: number, ...flags: string[]): Promise<string[]> {
  const given = [...flags, "--conditions=@apus/source", "--import", "tsx", file, String(seed), String(cases)];
  const { stdout } = await run(process.execPath, given, { maxBuffer: 2 ** 30 });
  return stdout.trimEnd().split("\n");
}

export const plans: Target<{ readonly seed: number }, Promise<Forms>> = {
  name: "plans",
  cost: 100_000,
  make: (random) => ({ seed: random.int(2 ** 31) }),
  async read({ seed }) {
    const [generated, interpreted] = await Promise.all([
      lines(seed),
      lines(seed, "--disallow-code-generation-from-strings"),
    ]);
    return { generated, interpreted };
  },
  // A seed has no smaller one.
  smaller: () => [],
  judge(_, { generated, interpreted }) {
    holds("one of them generates code, the other does not", generated[0] === '["generated"]' && interpreted[0] === '["interpreted"]'); // prettier-ignore
    holds("there are thousands of answers", generated.length > 1000);
    for (const [i, line] of generated.entries()) if (i > 0) same("a line of two-forms.ts", interpreted[i], line);
    same("how many lines", interpreted.length, generated.length);
    // Only an answer that does not fit and an author's own function that throws are failures: no request is.
    const excused = /^\[\d+,"\/[^"]*","(?:ResponseValidationError|EncodeError|Boom)?",/;
    same(
      "a request that fails",
      generated.slice(1).find((line) => line.includes(",500,") && !excused.test(line)),
      undefined,
    );
  },
};
