// Finds the file that exports the app: the one that was named, or the first of FastAPI's usual places, translated.
import { statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { CliError } from "./cli-error.ts";

const folders = ["", "src"];
const names = ["main", "app", "api"];

/** Where an app is looked for, in this order, relative to the folder: TypeScript before JavaScript. */
const usualPlaces: readonly string[] = [[".ts"], [".js", ".mjs"]].flatMap((extensions) =>
  folders.flatMap((folder) =>
    names.flatMap((name) => extensions.map((extension) => [folder, name + extension].filter(Boolean).join("/"))),
  ),
);

/**
 * The absolute path of the entry file.
 *
 * @param path What the person named: a file, a folder to look in, or nothing for the current folder.
 * @throws CliError when there is no such file.
 */
export function findEntry(path: string | undefined, currentFolder: string): string {
  if (path === undefined) return findIn(currentFolder, currentFolder);
  const absolute = resolve(currentFolder, path);
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (found === undefined) {
    const meant = [".ts", ".js", ".mjs"].find((extension) => isFile(absolute + extension));
    const hint =
      meant === undefined
        ? "Check the path, which is relative to the current folder."
        : `Did you mean ${path}${meant}?`;
    throw new CliError(`Path does not exist: ${path}. ${hint}`);
  }
  return found.isDirectory() ? findIn(absolute, currentFolder) : absolute;
}

function findIn(folder: string, currentFolder: string): string {
  for (const place of usualPlaces) {
    const file = join(folder, place);
    if (isFile(file)) return file;
  }
  const where = relative(currentFolder, folder);
  throw new CliError(
    `No app file found${where === "" ? "" : ` in ${where}`}. Name it, for example: apus dev ${join(where, "server.ts")}\n` +
      `Looked for: ${usualPlaces.join(", ")}`,
  );
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
