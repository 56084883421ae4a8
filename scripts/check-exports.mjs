// Checks the package's doors to the world: each export path exists in src and dist alike and is found by every TypeScript, each
// public room has one, and each is imported by name in a test or a type test.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseSource } from "./structure/source-file.mjs";

/**
 * @param {string} packageRoot
 * @param {readonly string[]} testFolders Folders, relative to the package, whose files use the public names.
 * @param {Readonly<Record<string, import("./rooms.mjs").Room>>} rooms
 * @returns {{ failures: string[], paths: number }}
 */
export function checkExports(packageRoot, testFolders, rooms) {
  /** @type {string[]} */
  const failures = [];
  const manifest = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
  /** @type {[string, unknown][]} */
  const doors = Object.entries(manifest.exports).filter(([path]) => path !== "./package.json");
  const tested = importedNames(packageRoot, testFolders);

  for (const [path, target] of doors) {
    const { "@apus/source": source, types, node, default: built } = /** @type {Record<string, string>} */ (target);
    const stem = path === "." ? "index" : `${path.slice(2)}/index`;
    const expected = {
      source: `./src/${stem}.ts`,
      types: `./dist/${stem}.d.ts`,
      node: `./dist/node/${path === "." ? "index" : path.slice(2)}.js`,
      built: `./dist/${stem}.js`,
    };
    for (const [kind, actual, wanted] of [
      ["@apus/source", source, expected.source],
      ["types", types, expected.types],
      ["node", node, expected.node],
      ["default", built, expected.built],
    ])
      if (actual !== wanted) failures.push(`exports "${path}": ${kind} is ${actual}, expected ${wanted}.`);
    // TypeScript with `moduleResolution: node10` reads these instead.
    const old = path === "." ? manifest.types : manifest.typesVersions?.["*"]?.[path.slice(2)]?.join();
    if (old !== expected.types)
      failures.push(
        `exports "${path}": ${path === "." ? "types" : "typesVersions"} is ${old ?? "missing"}, expected ${expected.types}.`,
      );
    if (!existsSync(join(packageRoot, expected.source)))
      failures.push(`exports "${path}": ${expected.source} does not exist.`);
    const name = path === "." ? manifest.name : `${manifest.name}/${path.slice(2)}`;
    if (!tested.has(name))
      failures.push(`exports "${path}": no test imports "${name}" (looked in ${testFolders.join(", ")}).`);
  }
  for (const [room, { layer, unexported }] of Object.entries(rooms)) {
    const exported = Object.hasOwn(manifest.exports, `./${room}`);
    if (layer === "core" && exported) failures.push(`the core room ${room} must not have an export path of its own.`);
    if (layer !== "core" && !exported && unexported !== true)
      failures.push(`the room ${room} has no export path "./${room}" in package.json.`);
  }
  return { failures, paths: doors.length };
}

/**
 * @param {string} packageRoot
 * @param {readonly string[]} folders
 */
function importedNames(packageRoot, folders) {
  /** @type {Set<string>} */
  const names = new Set();
  for (const folder of folders) {
    if (!existsSync(join(packageRoot, folder))) continue;
    for (const entry of readdirSync(join(packageRoot, folder), { recursive: true, encoding: "utf8" })) {
      if (!/\.[cm]?ts$/.test(entry) || entry.includes("node_modules")) continue;
      const path = join(folder, entry);
      for (const { specifier } of parseSource(path, readFileSync(join(packageRoot, path), "utf8")).imports)
        names.add(specifier);
    }
  }
  return names;
}
