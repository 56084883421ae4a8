// Loads an app to look at it: nothing is started, and what its modules print goes to the error stream.
import { findEntry, type Named } from "./find-entry.ts";
import type { FoundApp } from "./find-app.ts";
import { loadApp, rememberPlaces } from "./load-app.ts";
import { withoutOutput } from "./output.ts";

/**
 * @param look Gets the app and the file that exports it.
 * @throws CliError and LoadFailure as `findEntry` and `loadApp` do, and what `look` throws.
 */
export async function inspectApp<T>(named: Named, look: (found: FoundApp, file: string) => T | Promise<T>): Promise<T> {
  const { file, appName } = findEntry(named, process.cwd());
  rememberPlaces();
  return withoutOutput(async () => await look(await loadApp(file, appName), file));
}
