// Finds the vectors and the application of each, and imports an application anew for every case.
import { existsSync, readdirSync } from "node:fs";
import { createRequire, register } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { readVector } from "./vector.ts";
import type { Vector } from "./vector.ts";

/** A vector file and where its application belongs. */
export interface Recording {
  /** The name of the vector file, such as `body__tutorial001_py310.json`. */
  readonly name: string;
  /** The tutorial's folder, such as `body`. */
  readonly folder: string;
  /** The application's module inside the folder, without extension, such as `tutorial001`. */
  readonly module: string;
  readonly vector: Vector;
}

/** What an application's module exports, by name. */
export type Exports = Readonly<Record<string, unknown>>;

/** Reads all vectors of a directory, in the order of their names. */
export function readRecordings(directory: string): Recording[] {
  const names = readdirSync(directory).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => recordingOf(name, readVector(join(directory, name))));
}

/**
 * `docs_src/body/tutorial001_py310.py` belongs to `body/tutorial001`: the Python version and the annotated variant say
 * nothing about an application in TypeScript. The application of a test file `tests__x.json` belongs to `tests/x`.
 */
function recordingOf(name: string, vector: Vector): Recording {
  const place = vector.app.startsWith("docs_src/")
    ? vector.app.slice("docs_src/".length, -".py".length)
    : basename(name, ".json");
  const [folder = "", ...module] = place.split(/\/|__/).map((part) => part.replace(/(_an)?(_py\d+)?$/, ""));
  return { name, folder, module: module.join("/"), vector };
}

/** The file of a recording's application, or `undefined` when nobody has written it yet. */
export function applicationFile({ folder, module }: Recording, directory: string): string | undefined {
  const file = join(directory, folder, `${module}.ts`);
  return existsSync(file) ? file : undefined;
}

/** Whether a recording is meant by a folder, a module, a vector file or an application file on the command line. */
export function isMeant({ name, folder, module }: Recording, words: readonly string[]): boolean {
  const names = [folder, name, basename(name, ".json"), `${folder}/${module}`];
  return (
    words.length === 0 || words.some((word) => names.includes(word.replace(/^(\.\/)?apps\//, "").replace(/\.ts$/, "")))
  );
}

let imports = 0;
let registered = false;

/**
 * Imports a module as if for the first time: its own state and that of the modules it imports from below `directory`
 * is new, while packages (the framework) stay the ones that are loaded.
 */
export async function importFresh(file: string, directory: string): Promise<Exports> {
  imports += 1;
  if (process.versions["bun"] !== undefined) {
    forget(directory);
    // A path: of the URL of a file Bun would leave the query away.
    return (await import(`${file}?fresh=${imports}`)) as Exports;
  }
  if (!registered) {
    register(new URL("./fresh-import-hooks.mjs", import.meta.url), { data: { root: pathToFileURL(directory).href } });
    registered = true;
  }
  return (await import(`${pathToFileURL(file).href}?fresh=${imports}`)) as Exports;
}

/** Bun calls no hooks for modules, but it has one registry of all that are loaded, and what is taken out of it is loaded anew. */
function forget(directory: string): void {
  const { cache } = createRequire(import.meta.url);
  for (const file of Object.keys(cache)) if (file.startsWith(directory)) Reflect.deleteProperty(cache, file);
}
