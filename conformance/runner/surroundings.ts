// What stands around a case: an empty working directory, environment variables, and a quiet console.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collectPrinted } from "./console.ts";
import type { Case } from "./vector.ts";

export interface Surroundings {
  /** What was printed since the last call. */
  takePrinted(): string[];
  /** Which of the files that the case should have written are missing or hold something else. */
  problems(): string[];
  /** Puts everything back. */
  leave(): void;
}

/** Enters a new working directory, sets the environment variables of the case, and collects what is printed. */
export function enterSurroundings({ env = {}, after = [] }: Case): Surroundings {
  const before = { directory: process.cwd(), variables: { ...process.env } };
  const directory = mkdtempSync(join(tmpdir(), "apus-conformance-"));
  const printed = collectPrinted();
  process.chdir(directory);
  Object.assign(process.env, env);
  return {
    takePrinted: () => printed.take(),
    problems: () =>
      after.flatMap(({ file, contains }) => {
        if (!existsSync(file)) return [`${file} was not written`];
        return readFileSync(file, "utf8").includes(contains) ? [] : [`${file} does not contain "${contains}"`];
      }),
    leave() {
      printed.restore();
      process.chdir(before.directory);
      for (const name of Object.keys(process.env)) delete process.env[name];
      Object.assign(process.env, before.variables);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
