// The program `apus`: its commands, each loaded only when it is called.
import { readFileSync } from "node:fs";
import { UsageError } from "./cli-error.ts";
import type { Command } from "./command.ts";
import { nearest } from "./did-you-mean.ts";
import { reportErrors } from "./report-errors.ts";
import { commandUsage, programUsage } from "./usage.ts";
import { said } from "./printable.ts";

interface Listed {
  readonly description: string;
  readonly load: () => Promise<Command>;
}

const commands: Readonly<Record<string, Listed>> = {
  dev: {
    description: "Serve an app in development: on this machine only, restarting on save",
    load: async () => (await import("./commands/dev.ts")).devCommand,
  },
  run: {
    description: "Serve an app in production: on all interfaces, without restarts",
    load: async () => (await import("./commands/run.ts")).runCommand,
  },
  routes: {
    description: "List an app's operations, or show one operation's plan, without starting the app",
    load: async () => (await import("./commands/routes.ts")).routesCommand,
  },
  openapi: {
    description: "Print an app's OpenAPI document as JSON, without starting the app",
    load: async () => (await import("./commands/openapi.ts")).openapiCommand,
  },
};

/** The version of the package, read from its manifest: the same relative place from src/cli and from dist/node. */
function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return String((manifest as { version?: unknown }).version);
}

/**
 * Runs the command line. The process ends with code 0 when all went well, 1 when a command failed, and 2 when the command line itself is
 * wrong. What was asked for goes to standard output, everything else to the error stream.
 *
 * @param rawArguments What follows the program's name, as in `process.argv.slice(2)`.
 */
export async function runCli(rawArguments: readonly string[]): Promise<void> {
  await reportErrors(async () => {
    const [name, ...rest] = rawArguments;
    const beforeDashes = rawArguments.slice(0, rawArguments.includes("--") ? rawArguments.indexOf("--") : undefined);
    const wantsHelp = beforeDashes.some((each) => each === "-h" || each === "--help");
    const listed = Object.entries(commands).map(([each, { description }]) => [each, description] as const);
    if (name === undefined || name.startsWith("-")) {
      if (wantsHelp) console.log(programUsage(listed));
      else if (name === "--version") console.log(packageVersion());
      else if (name === undefined) throw new UsageError(`A command is missing.\n\n${programUsage(listed)}`);
      else throw new UsageError(said`Unknown option ${name}. See: apus --help`);
      return;
    }
    const found = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (found === undefined) throw unknownCommand(name);
    const command = await found.load();
    if (wantsHelp) console.log(commandUsage({ name, description: found.description, args: command.args }));
    else await command.run(rest);
  });
}

function unknownCommand(name: string): UsageError {
  const names = Object.keys(commands);
  const [meant] = nearest(name, names);
  const hint = meant === undefined ? `There are ${names.join(", ")}.` : `Did you mean ${meant}?`;
  return new UsageError(said`Unknown command ${name}. ${hint} See: apus --help`);
}
