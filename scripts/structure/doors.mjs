// Rule "door": a room is entered through its `index.ts` (as is a folder inside a room that has one), its own files reach
// each other by relative paths, and scenario tests use the public names, so that they can run against the built package. Fuzzing
// is the exception: what it feeds are the parsers themselves, wherever they are.
import { localImports, resolve } from "./source-tree.mjs";

/** @typedef {import("./source-tree.mjs").SourceTree} SourceTree */
/** @typedef {import("./source-tree.mjs").Finding} Finding */

/**
 * @param {SourceTree} tree
 * @returns {Finding[]}
 */
export function doors(tree) {
  /** @type {Finding[]} */
  const findings = [];
  for (const file of tree.files.values()) {
    const report = (/** @type {number} */ line, /** @type {string} */ message) =>
      findings.push({ severity: "error", rule: "door", file: file.path, line, message });

    for (const { specifier, line } of file.imports) {
      const target = resolve(tree, file, specifier);
      if ("missing" in target)
        report(line, `"${specifier}" is not a file. Imports are relative paths that end in .ts.`);
      if ("package" in target && target.package === tree.name && file.path.startsWith("src/") && !file.test)
        report(
          line,
          `the package imports itself by name ("${specifier}"). Use a relative path to the room's index.ts.`,
        );
    }
    for (const { to, by } of localImports(tree, file)) {
      // A test may speak of a file's address without loading it.
      if (file.test && by.kind === "url") continue;
      if (file.path.startsWith("test/fuzz/")) continue;
      const door = doorBetween(tree, file.path, to.path);
      const isScenario = file.path.startsWith("test/") && !file.path.startsWith("test/rooms/");
      if (isScenario && to.path.startsWith("src/"))
        report(
          by.line,
          `a scenario test imports "${by.specifier}". Import the public name from "${tree.name}" instead.`,
        );
      else if (door !== undefined && to.path !== door)
        report(by.line, `"${by.specifier}" reaches past a door. Import ${door} instead.`);
      else if (to.test && !file.test) report(by.line, `"${by.specifier}" is a test; the package cannot depend on it.`);
    }
  }
  return findings;
}

/**
 * The door a file has to use on its way to another: that of the outermost room or inner folder it comes into.
 *
 * @param {SourceTree} tree
 * @param {string} from
 * @param {string} to
 */
function doorBetween(tree, from, to) {
  const folders = to.split("/").slice(0, -1);
  for (let depth = 2; depth <= folders.length; depth++) {
    const folder = folders.slice(0, depth).join("/");
    if (from.startsWith(`${folder}/`)) continue;
    const door = `${folder}/index.ts`;
    if (folders[0] === "src" && (depth === 2 || tree.files.has(door))) return door;
  }
  return undefined;
}
