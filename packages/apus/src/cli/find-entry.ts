// Finds the file that exports the app, and the export's name: what the person named, what package.json pins, or the first of FastAPI's usual
// places, translated.
import { statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { filesWithApps } from "./app-files.ts";
import { CliError, UsageError } from "./cli-error.ts";
import { packageFolderOf, pinnedEntrypoint } from "./package-manifest.ts";
import { said } from "./printable.ts";

const folders = ["", "src", "app"];
const names = ["main", "app", "api"];

/** Where an app is looked for, in this order, relative to the folder: TypeScript before JavaScript. */
const usualPlaces: readonly string[] = [[".ts"], [".js", ".mjs"]].flatMap((extensions) =>
  folders.flatMap((folder) =>
    names.flatMap((name) => extensions.map((extension) => [folder, name + extension].filter(Boolean).join("/"))),
  ),
);

interface Entry {
  /** Absolute path of the file. */
  readonly file: string;
  /** The export that is the app, where anything says it. */
  readonly appName: string | undefined;
  /** Whether the file was found in a usual place, rather than named. */
  readonly discovered: boolean;
}

export interface Named {
  /** A file, or a folder to look in. */
  readonly path?: string | undefined;
  /** The name of an export. */
  readonly app?: string | undefined;
  /** Both, as `src/main.ts:app`. */
  readonly entrypoint?: string | undefined;
}

/**
 * The strongest word counts: a path, `--entrypoint`, the entrypoint that package.json pins, the first of the usual places. `--app` goes with
 * each of them but `--entrypoint`.
 *
 * @throws CliError when there is no such file, UsageError for names that contradict each other.
 */
export function findEntry({ path, app, entrypoint }: Named, currentFolder: string): Entry {
  if (entrypoint !== undefined) {
    if (path !== undefined || app !== undefined) {
      throw new UsageError(
        "Cannot use --entrypoint together with a path or --app: it says both, as in src/main.ts:app.",
      );
    }
    const { file, appName } = readEntrypoint(entrypoint, "--entrypoint");
    return { file: existing(resolve(currentFolder, file), file), appName, discovered: false };
  }
  const named = path === undefined ? currentFolder : resolve(currentFolder, path);
  if (path !== undefined) {
    existing(named, path);
    if (isFile(named)) return { file: named, appName: app, discovered: false };
  }
  return (
    pinned(path === undefined ? (packageFolderOf(named) ?? named) : named, app) ?? discover(named, app, currentFolder)
  );
}

function pinned(folder: string, app: string | undefined): Entry | undefined {
  const text = pinnedEntrypoint(folder);
  if (text === undefined) return undefined;
  const { file, appName } = readEntrypoint(text, "The entrypoint in package.json");
  const absolute = resolve(folder, file);
  if (!isFile(absolute))
    throw new CliError(said`package.json pins the entrypoint ${text}, but there is no file ${file}.`);
  return { file: absolute, appName: app ?? appName, discovered: false };
}

function discover(folder: string, app: string | undefined, currentFolder: string): Entry {
  for (const place of usualPlaces) {
    const file = join(folder, place);
    if (isFile(file)) return { file, appName: app, discovered: true };
  }
  const where = relative(currentFolder, folder);
  const found = filesWithApps(folder).map((file) => relative(currentFolder, file));
  throw new CliError(
    said`No app file found${where === "" ? "" : ` in ${where}`}. Name it, for example: apus dev ${found[0] ?? join(where, "server.ts")}\n` +
      (found.length === 0 ? "" : said`Seems to make an App: ${found.slice(0, 5).join(", ")}\n`) +
      `Looked for: ${usualPlaces.join(", ")}`,
  );
}

/** `src/main.ts:app`; without the export's name it is looked for as usual. */
function readEntrypoint(text: string, source: string): { readonly file: string; readonly appName: string | undefined } {
  const colon = text.lastIndexOf(":");
  const after = text.slice(colon + 1);
  // the colon of a Windows drive is followed by a path
  if (colon === -1 || /[\\/]/.test(after)) return { file: text, appName: undefined };
  if (colon > 0 && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(after)) {
    return { file: text.slice(0, colon), appName: after };
  }
  throw new UsageError(said`${source} is "${text}", and has to be FILE:EXPORT, such as src/main.ts:app.`);
}

function existing(absolute: string, path: string): string {
  if (statSync(absolute, { throwIfNoEntry: false }) !== undefined) return absolute;
  const meant = [".ts", ".js", ".mjs"].find((extension) => isFile(absolute + extension));
  const hint =
    meant === undefined ? "Check the path, which is relative to the current folder." : `Did you mean ${path}${meant}?`;
  throw new CliError(said`Path does not exist: ${path}. ${hint}`);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
