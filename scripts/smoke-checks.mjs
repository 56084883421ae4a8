// Runs the checks of a smoke test one after the other, prints each with its outcome and writes how many passed and failed.
import { writeFileSync } from "node:fs";

/**
 * @param {string | undefined} countsFile Where to write `{"passed", "failed"}`; nowhere when it is undefined.
 */
export function smokeChecks(countsFile) {
  const counts = { passed: 0, failed: 0 };
  return {
    /**
     * @param {string} name
     * @param {() => unknown} body Throws, or rejects, when the check fails.
     * @returns {Promise<boolean>} Whether it passed.
     */
    check: async (name, body) => {
      try {
        await body();
        counts.passed += 1;
        console.log(`  ok      ${name}`);
        return true;
      } catch (error) {
        counts.failed += 1;
        console.log(`  FAILED  ${name}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return false;
      }
    },
    /** Writes the counts and sets the exit code. */
    end: () => {
      if (countsFile !== undefined) writeFileSync(countsFile, JSON.stringify(counts));
      if (counts.failed > 0) process.exitCode = 1;
    },
  };
}
