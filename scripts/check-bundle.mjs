// Bundles what browsers and workers load, as they would load it: no `node:` module inside, no more bytes than allowed.
import { builtinModules } from "node:module";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** @typedef {{ target: "browser" | "workerd", bytes: number, failures: string[] }} Bundle */

/** The conditions each host asks a package's `exports` for. */
const conditions = { browser: ["browser"], workerd: ["workerd", "worker", "browser"] };

/**
 * Bundles one entry for one host, with zod left outside.
 *
 * @param {string} root Folder the entry is relative to.
 * @param {string} entry
 * @param {"browser" | "workerd"} target
 * @returns {Promise<Bundle>} `bytes` is the size minified and gzipped.
 */
export async function bundle(root, entry, target) {
  /** @type {string[]} */
  const failures = [];
  /** @type {import("esbuild").Plugin} */
  const noNode = {
    name: "no-node",
    setup(api) {
      api.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
        if (kind === "entry-point" || !(path.startsWith("node:") || builtinModules.includes(path))) return undefined;
        failures.push(`${importer.replace(`${root}/`, "")} brings "${path}" into the ${target} bundle.`);
        return { path, external: true };
      });
    },
  };
  try {
    const result = await build({
      absWorkingDir: root,
      entryPoints: [entry],
      bundle: true,
      write: false,
      minify: true,
      format: "esm",
      platform: "browser",
      target: "es2023",
      conditions: conditions[target],
      external: ["zod", "zod/*"],
      logLevel: "silent",
      plugins: [noNode],
    });
    const [file] = result.outputFiles;
    return { target, bytes: gzipSync(file?.contents ?? "", { level: 9 }).length, failures };
  } catch (error) {
    if (!(error instanceof Error && "errors" in error)) throw error;
    const { errors } = /** @type {import("esbuild").BuildFailure} */ (error);
    const texts = errors.map(({ text, location }) => `${location?.file ?? entry}:${location?.line ?? 1}: ${text}`);
    return { target, bytes: 0, failures: [...failures, ...texts] };
  }
}

/**
 * Bundles every entry for every host and compares the sizes with the ceilings.
 *
 * @param {string} root
 * @param {Readonly<Record<string, number>>} ceilings Bytes allowed for each entry.
 * @returns {Promise<{ failures: string[], sizes: string[] }>}
 */
export async function checkBundles(root, ceilings) {
  /** @type {string[]} */
  const failures = [];
  /** @type {string[]} */
  const sizes = [];
  for (const [entry, ceiling] of Object.entries(ceilings)) {
    for (const target of /** @type {const} */ (["browser", "workerd"])) {
      const result = await bundle(root, entry, target);
      failures.push(...result.failures);
      if (result.bytes > ceiling)
        failures.push(
          `${entry} for ${target} is ${result.bytes} bytes minified and gzipped, the ceiling in scripts/rooms.mjs is ${ceiling}. Make it smaller, or raise the ceiling in a commit that says what the bytes buy.`,
        );
      sizes.push(`${entry} ${target} ${result.bytes}/${ceiling} B`);
    }
  }
  return { failures, sizes };
}
