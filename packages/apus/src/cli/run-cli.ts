// The program `apus`: its sub-commands, each loaded only when it is called.
import { readFileSync } from "node:fs";
import { defineCommand, runMain } from "citty";

/** The version of the package, read from its manifest: the same relative place from src/cli and from dist/cli. */
function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return String((manifest as { version?: unknown }).version);
}

/**
 * Runs the command line. Ends the process with code 1 when a command fails.
 *
 * @param rawArguments What follows the program's name, as in `process.argv.slice(2)`.
 */
export async function runCli(rawArguments: readonly string[]): Promise<void> {
  const main = defineCommand({
    meta: { name: "apus", version: packageVersion(), description: "Serves an Apus application" },
    subCommands: {
      dev: async () => (await import("./commands/dev.ts")).devCommand,
      run: async () => (await import("./commands/run.ts")).runCommand,
      openapi: async () => (await import("./commands/openapi.ts")).openapiCommand,
    },
  });
  await runMain(main, { rawArgs: [...rawArguments] });
}
