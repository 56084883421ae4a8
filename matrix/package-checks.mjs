// What publint, Are The Types Wrong and we ourselves ask of the packed file.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { run } from "../scripts/run.mjs";

/**
 * The one note of Are The Types Wrong that is true and wanted: `require("apus")` gets an ES module. Every Node that the package
 * supports can do that (20.19.0 is the first, and the matrix runs it); two formats in one package would be two copies in one process.
 */
const accepted = ["cjs-resolves-to-esm"];

/**
 * @param {string} tool
 * @param {readonly string[]} args
 */
async function judge(tool, ...args) {
  const script = fileURLToPath(new URL(`node_modules/${tool}`, import.meta.url));
  const { code, output } = await run(process.execPath, [script, ...args], {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
  });
  assert.equal(code, 0, output);
  return output;
}

/** @param {string} tarball */
export async function checkPublint(tarball) {
  assert.match(await judge("publint/src/cli.js", "run", "--strict", tarball), /All good!/);
}

/** @param {string} tarball */
export async function checkAttw(tarball) {
  const args = ["--format", "ascii", "--no-emoji", "--ignore-rules", ...accepted, "--", tarball];
  assert.match(await judge("@arethetypeswrong/cli/dist/index.js", ...args), /No problems found/);
}

/** What stands in the packed file, by first folder; anything else is a mistake of `files` in package.json. */
const contents = {
  LICENSE: /^LICENSE$/,
  NOTICE: /^NOTICE$/,
  "README.md": /^README\.md$/,
  "package.json": /^package\.json$/,
  bin: /^bin\/[\w-]+\.mjs$/,
  dist: /\.(?:js|d\.ts)(?:\.map)?$/,
  src: /(?<!\.test|\.test-d)\.ts$/,
  assets: /^assets\/[\w-]+\/[\w.-]+$/,
};

/** @param {readonly string[]} paths */
export function checkContents(paths) {
  const known = new Map(Object.entries(contents));
  const others = paths.filter((path) => known.get(path.split("/")[0] ?? "")?.test(path) !== true);
  assert.deepEqual(others, []);
  for (const folder of known.keys())
    assert.ok(
      paths.some((path) => path.split("/")[0] === folder),
      `${folder} is missing`,
    );
  // What we ship of others travels with its licence.
  const vendors = new Set(paths.flatMap((path) => /^assets\/([^/]+)\//.exec(path)?.[1] ?? []));
  for (const vendor of vendors)
    assert.ok(
      paths.some((path) => new RegExp(`^assets/${vendor}/LICENSE`).test(path)),
      `assets/${vendor} has no licence`,
    );
}

/** @param {{ scripts?: Readonly<Record<string, string>>, dependencies?: Readonly<Record<string, string>> }} manifest */
export function checkManifest({ scripts = {}, dependencies = {} }) {
  const atInstall = ["preinstall", "install", "postinstall", "prepare", "preprepare", "postprepare"];
  assert.deepEqual(
    Object.keys(scripts).filter((name) => atInstall.includes(name)),
    [],
  );
  assert.deepEqual(Object.keys(dependencies), ["citty", "ws"]);
}
