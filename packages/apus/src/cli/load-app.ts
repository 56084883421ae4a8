// Imports the entry file and finds its App, and the `serve` of the same copy of the package that the entry imports.
import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { serve } from "../server/index.ts";
import { findApp, type FoundApp } from "./find-app.ts";
import { LoadFailure } from "./load-failure.ts";
import { resolveFrom, supportTypeScript } from "./typescript-support.ts";

/** The entry as a person would write it. */
export function shownPath(file: string): string {
  const shown = relative(process.cwd(), file);
  return shown.startsWith("..") ? file : shown;
}

/**
 * @param entry Absolute path of the module.
 * @param name The export that is the App; see `findApp`.
 * @throws LoadFailure with what the module threw, CliError when it has no App.
 */
export async function loadApp(entry: string, name: string | undefined): Promise<FoundApp> {
  await supportTypeScript(entry);
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = await import(pathToFileURL(entry).href);
  } catch (error) {
    throw new LoadFailure(`${shownPath(entry)} could not be loaded.`, error);
  }
  return findApp(exported, shownPath(entry), name);
}

/** `serve` of the package that the project uses, which may be another copy than the one this command line belongs to. */
export async function loadServe(entry: string): Promise<typeof serve> {
  const server = resolveFrom(entry, "apus/server");
  if (server === undefined) return (await import("../server/index.ts")).serve;
  await supportTypeScript(server);
  const exported: { serve: typeof serve } = await import(pathToFileURL(server).href);
  return exported.serve;
}
