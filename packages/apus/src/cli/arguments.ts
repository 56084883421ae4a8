// The arguments that the commands share, and the checks that say which one is wrong.
import { parseArgs } from "node:util";
import type { ArgsDef } from "citty";
import { CliError } from "./cli-error.ts";

export const pathArgument = {
  type: "positional",
  required: false,
  description: "File, or folder with the file, that exports the app. Default: main, app or api, here or in src",
} as const;

export const appArgument = {
  type: "string",
  valueHint: "name",
  description: "Name of the export that is the app. Default: app, api, default, else the first App",
} as const;

export const portArgument = {
  type: "string",
  valueHint: "number",
  description: "Port to listen on, 0 for any free one. Default: the environment variable PORT, else 8000",
} as const;

/**
 * Refuses options that the command does not know and a second path: citty lets both pass unseen.
 *
 * @throws CliError
 */
export function checkArguments(command: string, rawArguments: readonly string[], definition: ArgsDef): void {
  const options: Record<string, { type: "boolean" | "string" }> = {};
  let positionals = 0;
  for (const [name, { type }] of Object.entries(definition)) {
    if (type === "positional") positionals += 1;
    else options[name] = { type: type === "boolean" ? "boolean" : "string" };
  }
  const { tokens } = parseArgs({ args: [...rawArguments], options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === "positional") {
      positionals -= 1;
      if (positionals < 0) throw new CliError(`"${token.value}" is one argument too many. See: apus ${command} --help`);
    }
    if (token.kind !== "option") continue;
    const known = options[token.name] ?? negated(token.name, options);
    if (known === undefined) throw new CliError(`Unknown option ${token.rawName}. See: apus ${command} --help`);
    if (known.type === "string" && (token.value === undefined || token.value === "")) {
      throw new CliError(`${token.rawName} needs a value. See: apus ${command} --help`);
    }
  }
}

function negated(
  name: string,
  options: Readonly<Record<string, { type: "boolean" | "string" }>>,
): { type: "boolean" | "string" } | undefined {
  const option = name.startsWith("no-") ? options[name.slice(3)] : undefined;
  return option?.type === "boolean" ? option : undefined;
}

/**
 * The port from `--port`, else from the environment variable PORT, else 8000.
 *
 * @throws CliError when it is not a whole number from 0 to 65535.
 */
export function readPort(option: string | undefined, environment: NodeJS.ProcessEnv): number {
  const text = option ?? (environment.PORT === "" ? undefined : environment.PORT);
  if (text === undefined) return 8000;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  const source = option === undefined ? "The environment variable PORT" : "--port";
  throw new CliError(`${source} is "${text}": give a whole number from 0 to 65535, where 0 takes any free port.`);
}
