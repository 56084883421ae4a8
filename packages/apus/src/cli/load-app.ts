// Imports the entry file and finds its App, and the `serve` of the same copy of the package that the entry imports.
import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { serve } from "../server/index.ts";
import { findApp, type FoundApp } from "./find-app.ts";
import { LoadFailure } from "./load-failure.ts";
import { printable } from "./printable.ts";
import { isTypeScript, resolveFrom, supportTypeScript } from "./typescript-support.ts";

/** The entry as a person would write it. */
export function shownPath(file: string): string {
  const shown = relative(process.cwd(), file);
  return printable(shown.startsWith("..") ? file : shown);
}

/**
 * Loads what no save of the app's own files changes: the framework and zod as the app will import them, then what reads TypeScript. They are
 * loaded in this order because what the TypeScript loader does not see is loaded faster. Failures are left to `loadApp`, which meets them again.
 */
export async function warmUp(entry: string): Promise<void> {
  try {
    // `apus/types` brings zod
    const files = ["apus", "apus/server", "apus/types"].map((name) => resolveFrom(entry, name));
    await Promise.all(files.flatMap((file) => (file === undefined || isTypeScript(file) ? [] : load(file))));
    await supportTypeScript(entry);
  } catch {
    // told when the app is loaded
  }
}

function load(file: string): Promise<Readonly<Record<string, unknown>>> {
  return import(pathToFileURL(file).href);
}

/**
 * @param entry Absolute path of the module.
 * @param name The export that is the App; see `findApp`.
 * @throws LoadFailure with what the module threw, CliError when it has no App.
 */
export async function loadApp(entry: string, name: string | undefined): Promise<FoundApp> {
  await supportTypeScript(entry);
  // stack traces name the lines of the source, also where a compiler has been at it
  process.setSourceMapsEnabled(true);
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = await load(entry);
  } catch (error) {
    throw new LoadFailure(`${shownPath(entry)} could not be loaded.`, error);
  }
  return findApp(exported, shownPath(entry), name);
}

/** Has the framework remember where operations are declared, so that what is wrong with one points to its line. It costs memory for each. */
export function rememberPlaces(): void {
  Object.assign(globalThis, { [Symbol.for("apus.declaredAt")]: true });
}

/** `serve` of the package that the project uses, which may be another copy than the one this command line belongs to. */
export async function loadServe(entry: string): Promise<typeof serve> {
  const server = resolveFrom(entry, "apus/server");
  if (server === undefined) return (await import("../server/index.ts")).serve;
  await supportTypeScript(server);
  const exported: { serve: typeof serve } = await import(pathToFileURL(server).href);
  return exported.serve;
}
