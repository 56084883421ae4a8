// Packs the package as it would be published and tries the packed file: with each package manager, on each runtime, with each
// compiler. `npm ci` in this folder must have run. `node matrix/run.mjs [FILE]` writes the counts to FILE.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../scripts/run.mjs";
import { smokeChecks } from "../scripts/smoke-checks.mjs";
import { compilations } from "./compile.mjs";
import { manifest } from "./entries.mjs";
import { expected, programs } from "./hello.mjs";
import { checkAttw, checkContents, checkManifest, checkPublint } from "./package-checks.mjs";
import { install, packageManagers, start } from "./package-managers.mjs";
import { runtimes } from "./runtimes.mjs";
import { checkDeclarationMaps, checkStackTrace } from "./source-maps.mjs";
import { allOf } from "./tasks.mjs";
import { checkTreeShaking } from "./tree-shaking.mjs";
import { twoCopies } from "./two-copies.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const readJson = (/** @type {string} */ path) => JSON.parse(readFileSync(path, "utf8"));
const { optionalDependencies } = readJson(fileURLToPath(new URL("package.json", import.meta.url)));
const { version: zod } = readJson(join(root, "node_modules/zod/package.json"));
/** The oldest zod that the package takes, under a name of its own. */
const oldestZod = `oldest-zod@npm:zod@${manifest.peerDependencies.zod.replace("^", "")}.0`;

const folder = mkdtempSync(join(realpathSync(tmpdir()), "apus-matrix-"));
const { check, end } = smokeChecks(process.argv[2]);
const { found, missing } = runtimes(optionalDependencies);
if (missing.length > 0) console.log(`  skipped: ${missing.join(", ")}, which are installed on Linux x64 only`);

/** Where npm fetches packages; the others are told. */
const registry = (await run("npm", ["config", "get", "registry", "--loglevel=silent"], { cwd: root })).output.trim();
/** @type {string | undefined} */
let tarball;
/** @type {string[]} */
let packed = [];
try {
  await check("npm pack", async () => {
    const args = ["pack", "--json", "--loglevel=error", "--pack-destination", folder];
    const { code, output } = await run("npm", args, { cwd: join(root, "packages/apus") });
    assert.equal(code, 0, output);
    const [{ filename, files, size, unpackedSize }] = JSON.parse(output.slice(output.indexOf("[")));
    packed = files.map((/** @type {{ path: string }} */ { path }) => path);
    tarball = join(folder, filename);
    console.log(`          ${packed.length} files, ${kilobytes(size)} packed, ${kilobytes(unpackedSize)} unpacked`);
  });
  if (tarball !== undefined) await tryPackage(tarball);
} finally {
  rmSync(folder, { recursive: true, force: true });
  end();
}

/** @param {string} file */
async function tryPackage(file) {
  const trees = packageManagers.map((manager) => ({ manager, tree: join(folder, manager.name.replace(" ", "-")) }));
  await allOf(check, [
    ["the packed file holds what it should and nothing else", () => checkContents(packed)],
    ["nothing of it runs at the installation", () => checkManifest(manifest)],
    ["publint has no complaint", () => checkPublint(file)],
    ["Are The Types Wrong has no complaint", () => checkAttw(file)],
    ...trees.map(
      ({ manager, tree }) =>
        /** @type {const} */ ([
          `${manager.name} installs it`,
          () =>
            install(
              manager,
              tree,
              [`apus@file:${file}`, `zod@${zod}`, ...(manager.name === "npm" ? [oldestZod] : [])],
              registry,
            ),
        ]),
    ),
  ]);
  await allOf(
    check,
    trees.filter(({ tree }) => existsSync(tree)).flatMap(({ manager, tree }) => inTree(manager, tree)),
  );
  const tree = join(folder, "npm");
  if (!existsSync(join(tree, "node_modules/apus"))) return;
  await allOf(check, [
    ...compilations(tree),
    ...found
      .filter(({ commonjs }) => commonjs)
      .map(
        ({ name, path }) =>
          /** @type {const} */ ([`${name}: a stack trace shows the source`, () => checkStackTrace(path, tree)]),
      ),
    ["the maps of the declarations lead to the source", () => checkDeclarationMaps(tree, packed)],
    ["a bundle that takes one name takes little else", () => checkTreeShaking(tree)],
    ...twoCopies(tree, join(folder, "two-copies")),
  ]);
}

/**
 * @param {import("./package-managers.mjs").PackageManager} manager
 * @param {string} tree
 * @returns {import("./tasks.mjs").Task[]}
 */
function inTree(manager, tree) {
  for (const [file, text] of Object.entries(programs)) writeFileSync(join(tree, file), text);
  const { load = [], cannot } = manager;
  const programsOf = (/** @type {import("./runtimes.mjs").Runtime} */ runtime) =>
    Object.keys(programs).filter((file) => {
      if (!runtime.commonjs && file.endsWith(".cjs")) return false;
      const reason = cannot?.(runtime, file);
      if (reason !== undefined) console.log(`  skipped: ${manager.name}, ${runtime.name}: ${file}: ${reason}`);
      return reason === undefined;
    });
  return [
    [
      `${manager.name}: the command apus`,
      async () => {
        const version = await start(manager, "exec", tree, ["apus", "--version"], registry);
        assert.equal(version.trim(), manifest.version);
      },
    ],
    ...found.flatMap((runtime) =>
      programsOf(runtime).map(
        (file) =>
          /** @type {const} */ ([
            `${manager.name}, ${runtime.name}: ${file}`,
            async () => {
              const { code, output } = await run(runtime.path, [...load, file], { cwd: tree });
              assert.equal(code, 0, output);
              assert.deepEqual(JSON.parse(output.slice(output.indexOf("{"))), {
                runtime: runtime.version,
                ...expected,
              });
            },
          ]),
      ),
    ),
  ];
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${Math.round(bytes / 1000)} kB`;
}
