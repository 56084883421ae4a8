// Rule "purity": outside the rooms that are allowed to, nothing imports `node:` or uses a Node global,
// and every npm package a room imports is one the table gives it and package.json declares.
import { productFiles, resolve, roomOf } from "./source-tree.mjs";

/** @typedef {import("./source-tree.mjs").SourceTree} SourceTree */
/** @typedef {import("./source-tree.mjs").Finding} Finding */
/** @typedef {import("../rooms.mjs").Room} Room */

/**
 * @param {SourceTree} tree
 * @param {Readonly<Record<string, Room>>} rooms
 * @returns {Finding[]}
 */
export function purity(tree, rooms) {
  /** @type {Finding[]} */
  const findings = [];
  for (const file of productFiles(tree)) {
    const name = roomOf(file.path);
    const room = name === undefined ? undefined : rooms[name];
    const place = name === undefined ? file.path : `the room ${name}`;
    const report = (/** @type {number} */ line, /** @type {string} */ message) =>
      findings.push({ severity: "error", rule: "purity", file: file.path, line, message });

    for (const { specifier, line } of file.imports) {
      const target = resolve(tree, file, specifier);
      if ("builtin" in target) {
        if (room?.node !== true)
          report(line, `${place} may not import "${specifier}": it must run in browsers and workers too.`);
        else if (!specifier.startsWith("node:")) report(line, `write "node:${specifier}".`);
      } else if ("package" in target && target.package !== tree.name) {
        if (!(room?.packages ?? []).includes(target.package))
          report(line, `${place} may not import the package ${target.package}; the table gives it none of that name.`);
        else if (!tree.dependencies.has(target.package))
          report(line, `${target.package} is neither a dependency nor a peer in package.json.`);
      }
    }
    if (room?.node === true) continue;
    for (const global of file.globals)
      report(
        global.line,
        `${place} may not use Node's global ${global.name}: it must run in browsers and workers too.`,
      );
  }
  return findings;
}
