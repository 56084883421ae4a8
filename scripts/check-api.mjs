// Compares the declarations that users see with those that are committed in packages/apus/api, one file for each entry.
// `npm run api` writes them anew.
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { flatten } from "./api/flatten.mjs";
import { lineDifference } from "./api/line-difference.mjs";
import { compilers } from "./check-types.mjs";
import { run } from "./run.mjs";

/**
 * Compiles the declarations and flattens those of each entry.
 *
 * @param {string} packageRoot
 * @returns {Promise<Map<string, string>>} Texts by file name: `index.d.ts`, `client.d.ts`.
 */
export async function declarationsOf(packageRoot) {
  const manifest = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8"));
  const paths = Object.keys(manifest.exports).filter((path) => path !== "./package.json");
  const [compiler] = compilers;
  if (compiler === undefined) throw new Error("There is no compiler.");
  // Inside the package, where the packages that declarations name are found.
  const folder = join(packageRoot, `build-${randomUUID().slice(0, 8)}.tmp`);
  try {
    const args = [
      "--project",
      "tsconfig.build.json",
      "--outDir",
      folder,
      "--emitDeclarationOnly",
      "--declarationMap",
      "false",
    ];
    const { code, output } = await run(
      process.execPath,
      [compiler.path, ...args, "--sourceMap", "false", "--pretty", "false"],
      {
        cwd: packageRoot,
      },
    );
    if (code !== 0) throw new Error(`The declarations do not compile:\n${output.trim()}`);
    const entries = paths.map((path) => {
      const { types } = /** @type {{ types: string }} */ (manifest.exports[path]);
      return {
        name: path === "." ? manifest.name : `${manifest.name}/${path.slice(2)}`,
        file: join(folder, types.replace(/^\.\/dist\//, "")),
      };
    });
    const config = await resolveConfig(join(packageRoot, "package.json"));
    /** @type {Map<string, string>} */
    const files = new Map();
    for (const [name, text] of flatten(folder, entries)) {
      const head = `// What \`${name}\` declares, without comments. Made by \`npm run api\`, compared by \`npm run check -- api\`.\n`;
      files.set(fileNameOf(name, manifest.name), await format(head + text, { ...config, parser: "typescript" }));
    }
    return files;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} entry @param {string} packageName */
function fileNameOf(entry, packageName) {
  return entry === packageName ? "index.d.ts" : `${entry.slice(packageName.length + 1).replaceAll("/", "-")}.d.ts`;
}

/**
 * @param {string} packageRoot
 * @returns {Promise<{ failures: string[], entries: number }>}
 */
export async function checkApi(packageRoot) {
  const folder = join(packageRoot, "api");
  let made;
  try {
    made = await declarationsOf(packageRoot);
  } catch (error) {
    return { failures: [error instanceof Error ? error.message : String(error)], entries: 0 };
  }
  const kept = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".d.ts")) : [];
  /** @type {string[]} */
  const failures = [];
  for (const [name, text] of made) {
    const before = kept.includes(name) ? readFileSync(join(folder, name), "utf8") : "";
    if (before === text) continue;
    const lines = before === "" ? ["there is no such file yet"] : lineDifference(before, text);
    failures.push(`api/${name}:\n${lines.map((line) => `  ${line}`).join("\n")}`);
  }
  for (const name of kept) if (!made.has(name)) failures.push(`api/${name}: there is no such entry any more.`);
  if (failures.length > 0)
    failures.push(
      "If users are meant to see this, run `npm run api` and commit what it writes: it is reviewed with the change.",
    );
  return { failures, entries: made.size };
}

/** @param {string} packageRoot */
async function writeApi(packageRoot) {
  const folder = join(packageRoot, "api");
  const made = await declarationsOf(packageRoot);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (!made.has(name)) rmSync(join(folder, name));
  for (const [name, text] of made) writeFileSync(join(folder, name), text);
  console.log(`${made.size} files in packages/${basename(packageRoot)}/api`);
}

const require = createRequire(import.meta.url);
if (process.argv[1] !== undefined && require.resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await writeApi(fileURLToPath(new URL("../packages/apus", import.meta.url)));
