// Reads a whole package: its source files, its tests, and which files the outside world enters through.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { builtinModules } from "node:module";
import { join, posix } from "node:path";
import { parseSource } from "./source-file.mjs";

/** @typedef {import("./source-file.mjs").SourceFile} SourceFile */
/** @typedef {import("./source-file.mjs").Import} Import */
/**
 * @typedef {object} SourceTree
 * @property {string} root Folder of the package.
 * @property {Map<string, SourceFile>} files Source and test files by their path inside the package.
 * @property {string[]} generated Compiler output that lies among the source, where it does not belong.
 * @property {Map<string, string>} entries Source file of each entry, by the export path (`"."`, `"./client"`) or bin file.
 * @property {ReadonlySet<string>} dependencies npm packages the package may import: dependencies and peers.
 * @property {string} name
 */
/**
 * @typedef {object} Finding
 * @property {"error" | "warning"} severity
 * @property {string} rule
 * @property {string} file
 * @property {number} line
 * @property {string} message What is wrong and what to do.
 */

const SOURCE = /\.[cm]?[jt]sx?$/;
const GENERATED = /^src\/.*\.(d\.[cm]?ts|[cm]?js)$/;

/**
 * Reads a package folder that holds `package.json`, `src` and, where there are any, `test` and `bin`.
 *
 * @param {string} root
 * @returns {SourceTree}
 */
export function readTree(root) {
  /** @type {Map<string, SourceFile>} */
  const files = new Map();
  const paths = ["src", "test"].flatMap((folder) => walk(root, folder));
  for (const path of paths)
    if (!GENERATED.test(path)) files.set(path, parseSource(path, readFileSync(join(root, path), "utf8")));
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return {
    root,
    files,
    generated: paths.filter((path) => GENERATED.test(path)),
    entries: readEntries(root, manifest),
    dependencies: new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })),
    name: manifest.name,
  };
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function walk(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "node_modules" ? [] : walk(root, path);
      return SOURCE.test(entry.name) ? [path] : [];
    })
    .toSorted();
}

/**
 * The package's entries: what `exports` names as source, and what the files behind `bin` start.
 *
 * @param {string} root
 * @param {{ exports?: Record<string, unknown>, bin?: Record<string, string> }} manifest
 */
function readEntries(root, manifest) {
  /** @type {Map<string, string>} */
  const entries = new Map();
  for (const [path, target] of Object.entries(manifest.exports ?? {})) {
    const source = typeof target === "object" && target !== null && "@apus/source" in target && target["@apus/source"];
    if (typeof source === "string") entries.set(path, posix.normalize(source));
  }
  for (const bin of Object.values(manifest.bin ?? {})) {
    if (!existsSync(join(root, bin))) continue;
    const path = posix.normalize(bin);
    for (const { specifier } of parseSource(path, readFileSync(join(root, bin), "utf8")).imports) {
      if (!specifier.startsWith(".")) continue;
      const target = posix.join(posix.dirname(path), specifier);
      // dist/node/ has one file for a whole room, the others are compiled one to one.
      const source = target.replace(/^dist\/node\/([\w-]+)\.js$/, "src/$1/index.ts").replace(/^dist\//, "src/");
      entries.set(`${path} → ${specifier}`, source.replace(/\.js$/, ".ts"));
    }
  }
  return entries;
}

/** The room a source file stands in, or `undefined` outside `src` and for files directly in it. */
export const roomOf = (/** @type {string} */ path) => /^src\/([^/]+)\//.exec(path)?.[1];

/** Source files of the package itself: no tests. */
export const productFiles = (/** @type {SourceTree} */ tree) =>
  [...tree.files.values()].filter((file) => !file.test && file.path.startsWith("src/"));

/**
 * Where an import leads.
 *
 * @param {SourceTree} tree
 * @param {SourceFile} file
 * @param {string} specifier
 * @returns {{ file: SourceFile } | { other: string } | { missing: string } | { builtin: string } | { package: string }}
 */
export function resolve(tree, file, specifier) {
  if (specifier.startsWith(".")) {
    const path = posix.join(posix.dirname(file.path), specifier);
    const found = tree.files.get(path);
    if (found !== undefined) return { file: found };
    // Data, or a file of the package that is neither source nor test.
    return existsSync(join(tree.root, path)) ? { other: path } : { missing: path };
  }
  if (specifier.startsWith("node:") || builtinModules.includes(specifier)) return { builtin: specifier };
  return { package: specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/") };
}

/**
 * The imports of a file that lead to another file of the package.
 *
 * @param {SourceTree} tree
 * @param {SourceFile} file
 * @returns {{ from: SourceFile, to: SourceFile, by: Import }[]}
 */
export function localImports(tree, file) {
  return file.imports.flatMap((by) => {
    const target = resolve(tree, file, by.specifier);
    return "file" in target ? [{ from: file, to: target.file, by }] : [];
  });
}
