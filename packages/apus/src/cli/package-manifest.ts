// The package.json of the project that the command line is called in.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CliError } from "./cli-error.ts";
import { said } from "./printable.ts";

function read(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, "package.json"), "utf8");
  } catch {
    return undefined;
  }
}

/** The nearest folder with a package.json, from `folder` upwards. */
export function packageFolderOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (read(at) !== undefined) return at;
    if (dirname(at) === at) return undefined;
  }
}

/**
 * The entrypoint that the package.json of a folder pins: `"apus": { "entrypoint": "src/main.ts:app" }`.
 *
 * @throws CliError where it says something else there.
 */
export function pinnedEntrypoint(folder: string): string | undefined {
  const text = read(folder);
  if (text === undefined) return undefined;
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    throw new CliError(said`${join(folder, "package.json")} is no JSON.`);
  }
  const apus = member(manifest, "apus");
  if (apus === undefined) return undefined;
  const entrypoint = member(apus, "entrypoint");
  if (typeof entrypoint === "string" && entrypoint !== "") return entrypoint;
  if (entrypoint === undefined && typeof apus === "object" && apus !== null) return undefined;
  throw new CliError('package.json: "apus" holds { "entrypoint": "src/main.ts:app" }.');
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
