// Holds packages/apus/src to the rules of docs/structure.md: doors, arrows, cycles, purity, dead exports, file limits.
import { posix } from "node:path";
import { arrows } from "./structure/arrows.mjs";
import { fileCycles } from "./structure/cycles.mjs";
import { deadExports } from "./structure/dead-exports.mjs";
import { doors } from "./structure/doors.mjs";
import { files } from "./structure/files.mjs";
import { purity } from "./structure/purity.mjs";
import { readTree } from "./structure/source-tree.mjs";

/** @typedef {import("./structure/source-tree.mjs").Finding} Finding */

/**
 * Checks one package against a table of rooms.
 *
 * @param {string} packageRoot Folder that holds the package's `package.json` and `src`.
 * @param {string} shownAs The same folder as the findings shall name it.
 * @param {Readonly<Record<string, import("./rooms.mjs").Room>>} rooms
 * @param {import("./structure/files.mjs").FileLimits} limits
 * @returns {{ findings: Finding[], files: number }} Findings sorted by file and line.
 */
export function checkStructure(packageRoot, shownAs, rooms, limits) {
  const tree = readTree(packageRoot);
  const findings = [
    ...doors(tree),
    ...arrows(tree, rooms),
    ...fileCycles(tree),
    ...purity(tree, rooms),
    ...deadExports(tree),
    ...files(tree, limits),
  ].map((finding) =>
    tree.files.has(finding.file) || tree.generated.includes(finding.file)
      ? { ...finding, file: posix.join(shownAs, finding.file) }
      : finding,
  );
  findings.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
  return { findings, files: tree.files.size };
}
