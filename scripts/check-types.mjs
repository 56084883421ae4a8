// Compiles every TypeScript project of the repository with TypeScript 7 and, for a second opinion, TypeScript 6.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { createRequire } from "node:module";
import { run } from "./run.mjs";

const require = createRequire(import.meta.url);

/** @typedef {{ name: string, path: string, major: number }} Compiler */

/** Both compilers with the path of their command-line script. */
export const compilers = [
  compiler("typescript", "bin/tsc", 7), //
  compiler("typescript6", "lib/tsc.js", 6),
];

/**
 * @param {string} name
 * @param {string} script
 * @param {number} major
 * @returns {Compiler}
 */
function compiler(name, script, major) {
  return { name, path: join(dirname(require.resolve(`${name}/package.json`)), script), major };
}

/**
 * Finds every project: the tsconfig.json of each workspace, of the documentation, of the scripts and of the matrix, and each configuration of type tests.
 *
 * @param {string} root
 * @returns {{ projects: string[], missing: string[] }} Paths relative to `root`, and the workspaces that have TypeScript but no tsconfig.json.
 */
export function findProjects(root) {
  /** @type {string[]} */
  const projects = [];
  /** @type {string[]} */
  const missing = [];
  const { workspaces = [] } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const folders = [...workspaces, "docs", "scripts", "matrix"].flatMap((pattern) => {
    if (!pattern.endsWith("/*")) return [pattern];
    const parent = pattern.slice(0, -2);
    return list(join(root, parent)).map((name) => `${parent}/${name}`);
  });
  for (const folder of folders) {
    if (existsSync(join(root, folder, "tsconfig.json"))) projects.push(`${folder}/tsconfig.json`);
    else if (hasTypeScript(join(root, folder))) missing.push(folder);
    const typeTests = `${folder}/test/types`;
    for (const name of list(join(root, typeTests)))
      if (/^tsconfig\..+\.json$/.test(name)) projects.push(`${typeTests}/${name}`);
  }
  return { projects, missing };
}

const list = (/** @type {string} */ folder) => (existsSync(folder) ? readdirSync(folder).toSorted() : []);

/** @type {(folder: string) => boolean} */
const hasTypeScript = (folder) =>
  existsSync(folder) &&
  readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory()
      ? !["node_modules", "dist"].includes(entry.name) && hasTypeScript(join(folder, entry.name))
      : /(?<!\.d)\.ts$/.test(entry.name),
  );

/**
 * Compiles all projects with one compiler.
 *
 * @param {string} root
 * @param {Compiler} tsc
 * @returns {Promise<{ failures: string[], projects: number, version: string }>} What the compiler wrote for each project that fails.
 */
export async function checkTypes(root, tsc) {
  const { projects, missing } = findProjects(root);
  const failures = missing.map((folder) => `${folder} holds TypeScript but has no tsconfig.json, so nobody checks it.`);
  const version = (await run(process.execPath, [tsc.path, "--version"], { cwd: root })).output.trim();
  if (!version.startsWith(`Version ${tsc.major}.`))
    failures.push(`${relative(root, tsc.path)} is "${version}", expected TypeScript ${tsc.major}: run npm ci.`);
  for (const project of projects) {
    const { code, output } = await run(
      process.execPath,
      [tsc.path, "--project", project, "--noEmit", "--pretty", "false"],
      { cwd: root },
    );
    if (code !== 0) failures.push(`${project}:\n${output.trim()}`);
  }
  return { failures, projects: projects.length, version };
}
