// Looks for files that seem to make an App, for the help when none is in a usual place.
import { readdirSync, readFileSync, statSync, type Dirent } from "node:fs";
import { extname, join } from "node:path";

/** It is help, not search: what is deeper, more or larger is left out. */
const limits = { depth: 3, files: 500, bytes: 256 * 1024 };

const passedOver = new Set(["node_modules", "dist", "build", "coverage", "test", "tests"]);

/** Absolute paths, those further up first. */
export function filesWithApps(folder: string): string[] {
  const found: string[] = [];
  let left = limits.files;
  let level = [folder];
  for (let depth = 0; depth < limits.depth; depth++) {
    const below: string[] = [];
    for (const each of level) {
      for (const entry of entriesOf(each)) {
        const path = join(each, entry.name);
        if (entry.isDirectory() && !entry.name.startsWith(".") && !passedOver.has(entry.name)) below.push(path);
        if (!entry.isFile() || !/^\.[cm]?[jt]s$/.test(extname(entry.name)) || left-- <= 0) continue;
        if (makesApp(path)) found.push(path);
      }
    }
    level = below;
  }
  return found;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function makesApp(file: string): boolean {
  try {
    return statSync(file).size <= limits.bytes && /\bnew App\(/.test(readFileSync(file, "utf8"));
  } catch {
    return false;
  }
}
