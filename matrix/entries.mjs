// The names under which the package is imported.
import { readFileSync } from "node:fs";

/** The package's manifest. */
export const manifest = JSON.parse(readFileSync(new URL("../packages/apus/package.json", import.meta.url), "utf8"));

/** `apus`, `apus/client`, … */
export const entries = Object.keys(manifest.exports)
  .filter((path) => path !== "./package.json")
  .map((path) => `${manifest.name}${path.slice(1)}`);
