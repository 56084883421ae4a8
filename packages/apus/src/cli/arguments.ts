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

/** Where the app runs and behind what: stronger than what the app says itself. */
export const deploymentArguments = {
  "root-path": {
    type: "string",
    valueHint: "prefix",
    description: "Prefix that a proxy takes off the path, such as /api/v1. Default: as the app says",
  },
  "trusted-proxies": {
    type: "string",
    valueHint: "list",
    description:
      "Whose X-Forwarded-For and -Proto count: addresses, networks, loopback or *, with commas between, or how many proxies there are. Default: as the app says, else nobody's",
  },
  "forwarded-allow-ips": { type: "string", valueHint: "list", description: "The same, as uvicorn calls it" },
  "proxy-headers": {
    type: "boolean",
    description: "Trust proxies on this machine: the same as --trusted-proxies loopback, unless that says more",
    negativeDescription: "Trust nobody, whatever the app says",
  },
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

/**
 * Whom to trust, from `--trusted-proxies` or one of its other names; undefined leaves it to the app. What the entries are
 * is looked at when the app starts.
 *
 * @throws CliError for options that contradict each other.
 */
export function readTrustedProxies(given: {
  readonly "trusted-proxies"?: string | undefined;
  readonly "forwarded-allow-ips"?: string | undefined;
  readonly "proxy-headers"?: boolean | undefined;
}): readonly string[] | number | undefined {
  const { "trusted-proxies": own, "forwarded-allow-ips": alias, "proxy-headers": some } = given;
  if (own !== undefined && alias !== undefined) {
    throw new CliError("--trusted-proxies and --forwarded-allow-ips are two names of one option: give one of them.");
  }
  const text = own ?? alias;
  if (some === false) {
    if (text === undefined) return [];
    throw new CliError("--no-proxy-headers trusts nobody, so there can be no list of trusted proxies beside it.");
  }
  if (text === undefined) return some === true ? ["loopback"] : undefined;
  return /^\d{1,4}$/.test(text) ? Number(text) : text.split(",").map((each) => each.trim());
}
