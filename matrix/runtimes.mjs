// The runtimes that this folder installs, and which of them the machine can run.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** @typedef {{ name: string, path: string, version: string, commonjs: boolean }} Runtime */

/**
 * Every runtime with the version that package.json pins: a program that says another one was started by something else.
 *
 * @param {Readonly<Record<string, string>>} pinned `optionalDependencies` of package.json.
 * @returns {{ found: Runtime[], missing: string[] }} `missing`: what is not installed, as nothing is where the machine is no Linux on x64.
 */
export function runtimes(pinned) {
  /** @type {Runtime[]} */
  const found = [];
  /** @type {string[]} */
  const missing = [];
  for (const [alias, spec] of Object.entries(pinned)) {
    // No command that runs a program: scenarios/workerd.mjs starts it.
    if (alias.startsWith("@cloudflare/")) continue;
    const bun = alias.startsWith("@oven/");
    const number = spec.slice(spec.lastIndexOf("@") + 1);
    const name = `${bun ? "Bun" : "Node"} ${number}`;
    const path = fileURLToPath(new URL(`node_modules/${alias}/bin/${bun ? "bun" : "node"}`, import.meta.url));
    if (existsSync(path)) found.push({ name, path, version: bun ? `bun ${number}` : `v${number}`, commonjs: !bun });
    else missing.push(name);
  }
  return { found, missing };
}
