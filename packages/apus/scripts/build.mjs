// Builds the package: compiles src/ to dist/ and bundles it for Node to dist/node/, copies the files of Swagger UI and ReDoc to assets/ and the root's licence files beside them.
// `--assets` only copies. Prints nothing when all is well; a failed compile prints the compiler's errors, exits 1 and leaves dist/ as it was.
import { spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { BundleError, bundleForNode } from "./bundle.mjs";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));
const rootFolder = fileURLToPath(new URL("../../..", import.meta.url));
const require = createRequire(import.meta.url);

/** The files of swagger-ui-dist that the page loads (src/openapi/pages/docs-assets.ts), and the licences that must travel with them. */
const swaggerUiFiles = [
  "swagger-ui-bundle.js",
  "swagger-ui.css",
  "favicon-32x32.png",
  "swagger-ui-bundle.js.LICENSE.txt",
  "LICENSE",
  "NOTICE",
];

/** The files of vendor/redoc that travel with the package; its README.md says where they come from. */
const redocFiles = ["redoc.standalone.js", "redoc.standalone.js.LICENSE.txt", "LICENSE", "THIRD-PARTY-LICENSES.txt"];

/** The one thing that is taken out of ReDoc: a picture that every reader's browser would fetch from another server. */
const redocPicture =
  'n.createElement("img",{alt:"redocly logo",onError:()=>t(!1),src:"https://cdn.redoc.ly/redoc/logo-mini.svg"})';

class BuildError extends Error {}

/**
 * A new folder beside dist/, so that its files can be moved into place by renaming and the maps' paths to ../src are right. Folders that
 * a killed build left behind are removed first.
 */
function temporaryFolder() {
  for (const entry of readdirSync(packageFolder)) {
    if (!/^build-\w+\.tmp$/.test(entry)) continue;
    const folder = join(packageFolder, entry);
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 600_000) rmSync(folder, { recursive: true, force: true });
  }
  const folder = join(packageFolder, `build-${randomUUID().slice(0, 8)}.tmp`);
  mkdirSync(folder);
  return folder;
}

/** Whether both files exist with the same bytes. */
function same(one, other) {
  return existsSync(other) && readFileSync(one).equals(readFileSync(other));
}

function filesOf(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));
}

/**
 * Makes `target` hold the files of `source` and no others. Each changed file is replaced by one rename and equal files are not touched:
 * a process that reads `target` meanwhile, or a second build, always finds whole files, and watchers see only what changed.
 */
function moveInto(source, target) {
  const built = new Set(filesOf(source));
  for (const file of built) {
    if (same(join(source, file), join(target, file))) continue;
    mkdirSync(dirname(join(target, file)), { recursive: true });
    renameSync(join(source, file), join(target, file));
  }
  for (const file of filesOf(target)) if (!built.has(file)) rmSync(join(target, file), { force: true });
  removeEmptyFolders(target);
}

function removeEmptyFolders(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    removeEmptyFolders(join(folder, entry.name));
    try {
      rmdirSync(join(folder, entry.name));
    } catch {
      // not empty, or another build was faster
    }
  }
}

async function compile() {
  const compilerPackage = require.resolve("typescript/package.json");
  const compiler = join(dirname(compilerPackage), require(compilerPackage).bin.tsc);
  const output = temporaryFolder();
  try {
    const run = spawnSync(
      process.execPath,
      [compiler, "--project", join(packageFolder, "tsconfig.build.json"), "--outDir", output, "--pretty", "false"],
      { cwd: rootFolder, encoding: "utf8" },
    );
    if (run.error) throw run.error;
    if (run.status !== 0)
      throw new BuildError(`${run.stdout}${run.stderr}`.trim() || "The compiler ended without a message.");
    // The command line is no part of what others bundle, and bin/apus.mjs runs on Node.
    rmSync(join(output, "cli"), { recursive: true, force: true });
    await bundleForNode(packageFolder, join(output, "node"));
    moveInto(output, join(packageFolder, "dist"));
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** The versions in docs-assets.ts are part of the files' addresses, which browsers cache for a year: they must be those that are copied. */
function declaredVersion(name) {
  const source = readFileSync(join(packageFolder, "src/openapi/pages/docs-assets.ts"), "utf8");
  return new RegExp(`${name}Version = "([^"]+)"`).exec(source)?.[1];
}

function checkSwaggerUiVersion(installed) {
  const declared = declaredVersion("swaggerUi");
  if (declared === installed) return;
  throw new BuildError(
    `swagger-ui-dist ${installed} is installed, but src/openapi/pages/docs-assets.ts says ${declared}: make them equal.`,
  );
}

function copySwaggerUi() {
  const manifest = require.resolve("swagger-ui-dist/package.json");
  const { version } = require(manifest);
  checkSwaggerUiVersion(version);
  const target = join(packageFolder, "assets", "swagger-ui");
  const versionFile = join(target, "VERSION");
  const copied = existsSync(versionFile) ? readFileSync(versionFile, "utf8").trim() : undefined;
  const wanted = [...swaggerUiFiles, "VERSION"].toSorted();
  if (copied === version && filesOf(target).toSorted().join() === wanted.join()) return;
  const temporary = temporaryFolder();
  try {
    for (const file of swaggerUiFiles) cpSync(join(dirname(manifest), file), join(temporary, file));
    writeFileSync(join(temporary, "VERSION"), `${version}\n`);
    moveInto(temporary, target);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** ReDoc's script as it is served: the vendored file, which must be the one that README.md names, without the picture. */
function redocScript(folder) {
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const declared = declaredVersion("redoc");
  if (!readme.startsWith(`# ReDoc ${declared}\n`)) {
    throw new BuildError(
      `vendor/redoc/README.md is not about ReDoc ${declared}, which src/openapi/pages/docs-assets.ts names.`,
    );
  }
  const bytes = readFileSync(join(folder, "redoc.standalone.js"));
  const sum = createHash("sha256").update(bytes).digest("hex");
  if (!readme.includes(sum)) {
    throw new BuildError(`vendor/redoc/redoc.standalone.js has the SHA-256 ${sum}, but its README.md names another.`);
  }
  const [before, after, ...more] = bytes.toString().split(redocPicture);
  if (after === undefined || more.length > 0) {
    throw new BuildError("vendor/redoc/redoc.standalone.js loads its picture in another way: look for logo-mini.svg.");
  }
  return `${before}null${after}`;
}

function copyRedoc() {
  const source = join(packageFolder, "vendor/redoc");
  const temporary = temporaryFolder();
  try {
    for (const file of redocFiles) cpSync(join(source, file), join(temporary, file));
    writeFileSync(join(temporary, "redoc.standalone.js"), redocScript(source));
    moveInto(temporary, join(packageFolder, "assets", "redoc"));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** npm packs only what is inside the package's folder; the licence of the repository is the package's too. */
function copyLicences() {
  for (const file of ["LICENSE", "NOTICE"]) {
    const source = join(rootFolder, file);
    const target = join(packageFolder, file);
    if (existsSync(source) && !same(source, target)) cpSync(source, target);
  }
}

try {
  const { values } = parseArgs({ options: { assets: { type: "boolean", default: false } } });
  copySwaggerUi();
  copyRedoc();
  if (!values.assets) {
    copyLicences();
    await compile();
  }
} catch (error) {
  const isExpected =
    error instanceof BuildError || error instanceof BundleError || String(error?.code).startsWith("ERR_PARSE_ARGS");
  console.error(isExpected ? error.message : error);
  process.exitCode = 1;
}
