// The arguments that the commands share, and the checks that say which one is wrong.
import { parseArgs } from "node:util";
import type { ArgsDef } from "citty";
import { UsageError } from "./cli-error.ts";
import { nearest } from "./did-you-mean.ts";
import { said } from "./printable.ts";

/** Which app is meant. */
export const entryArguments = {
  path: {
    type: "positional",
    required: false,
    description:
      "File, or folder with the file, that exports the app. Default: the entrypoint in package.json, else main, app or api, here or in src or app",
  },
  app: {
    type: "string",
    valueHint: "name",
    description: "Name of the export that is the app. Default: app, api, default, else the first App",
  },
  entrypoint: {
    type: "string",
    alias: "e",
    valueHint: "file:export",
    description: "Both in one, such as src/main.ts:app",
  },
} as const;

export const portArgument = {
  type: "string",
  valueHint: "number",
  description: "Port to listen on, 0 for any free one. Default: the environment variable PORT, else 8000",
} as const;

export const reloadFolderArgument = {
  type: "string",
  valueHint: "folder",
  description: "Restart when any file in this folder changes, besides those that the app loads. Can be repeated",
} as const;

export const allowedHostArgument = {
  type: "string",
  valueHint: "name",
  description:
    "Name under which browsers may ask, besides localhost and addresses: .example.com for all below it, * for any. Can be repeated",
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
 * @throws UsageError
 */
export function checkArguments(command: string, rawArguments: readonly string[], definition: ArgsDef): void {
  let positionals = Object.values(definition).filter(({ type }) => type === "positional").length;
  const options = optionsOf(definition);
  for (const token of tokensOf(rawArguments, options)) {
    if (token.kind === "positional") {
      positionals -= 1;
      if (positionals < 0)
        throw new UsageError(said`"${token.value}" is one argument too many. See: apus ${command} --help`);
    }
    if (token.kind !== "option") continue;
    const known = options[token.name] ?? negated(token.name, options);
    if (known === undefined) {
      const [meant] = nearest(token.name, Object.keys(options));
      const hint = meant === undefined ? "" : ` Did you mean --${meant}?`;
      throw new UsageError(said`Unknown option ${token.rawName}.${hint} See: apus ${command} --help`);
    }
    if (known.type === "string" && (token.value === undefined || token.value === "")) {
      throw new UsageError(said`${token.rawName} needs a value. See: apus ${command} --help`);
    }
  }
}

type Options = Record<string, { type: "boolean" | "string"; short?: string }>;

function optionsOf(definition: ArgsDef): Options {
  const options: Options = {};
  for (const [name, { type, ...rest }] of Object.entries(definition)) {
    if (type === "positional") continue;
    const short = "alias" in rest && typeof rest.alias === "string" ? { short: rest.alias } : {};
    options[name] = { type: type === "boolean" ? "boolean" : "string", ...short };
  }
  return options;
}

function tokensOf(rawArguments: readonly string[], options: Options) {
  return parseArgs({ args: [...rawArguments], options, strict: false, tokens: true }).tokens;
}

/** All values of an option that may be given more than once; citty keeps the last alone. */
export function allValues(name: string, rawArguments: readonly string[], definition: ArgsDef): string[] {
  return tokensOf(rawArguments, optionsOf(definition)).flatMap((token) =>
    token.kind === "option" && token.name === name && token.value !== undefined ? [token.value] : [],
  );
}

function negated(name: string, options: Readonly<Options>): Options[string] | undefined {
  const option = name.startsWith("no-") ? options[name.slice(3)] : undefined;
  return option?.type === "boolean" ? option : undefined;
}

/**
 * The port from `--port`, else from the environment variable PORT, else 8000.
 *
 * @throws UsageError when it is not a whole number from 0 to 65535.
 */
export function readPort(option: string | undefined, environment: NodeJS.ProcessEnv): number {
  const text = option ?? (environment.PORT === "" ? undefined : environment.PORT);
  if (text === undefined) return 8000;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  const source = option === undefined ? "The environment variable PORT" : "--port";
  throw new UsageError(said`${source} is "${text}": give a whole number from 0 to 65535, where 0 takes any free port.`);
}

/**
 * Whom to trust, from `--trusted-proxies` or one of its other names; undefined leaves it to the app. What the entries are
 * is looked at when the app starts.
 *
 * @throws UsageError for options that contradict each other.
 */
export function readTrustedProxies(given: {
  readonly "trusted-proxies"?: string | undefined;
  readonly "forwarded-allow-ips"?: string | undefined;
  readonly "proxy-headers"?: boolean | undefined;
}): readonly string[] | number | undefined {
  const { "trusted-proxies": own, "forwarded-allow-ips": alias, "proxy-headers": some } = given;
  if (own !== undefined && alias !== undefined) {
    throw new UsageError("--trusted-proxies and --forwarded-allow-ips are two names of one option: give one of them.");
  }
  const text = own ?? alias;
  if (some === false) {
    if (text === undefined) return [];
    throw new UsageError("--no-proxy-headers trusts nobody, so there can be no list of trusted proxies beside it.");
  }
  if (text === undefined) return some === true ? ["loopback"] : undefined;
  return /^\d{1,4}$/.test(text) ? Number(text) : text.split(",").map((each) => each.trim());
}
