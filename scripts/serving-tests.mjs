// Which tests ask a server: what runs once more where another engine reads HTTP (see vitest.config.ts).
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = "packages/apus/test";
const serve = join(folder, "serve.ts");

/**
 * Those below packages/apus/test that come to its serve.ts by their own files, as imports or as programs that they start.
 *
 * @returns {string[]} from the repository's root
 */
export function servingTests() {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file));
  const named = new Map(files.map((file) => [file, filesNamedIn(file)]));
  const serving = new Set([serve]);
  for (let size = 0; size !== serving.size;) {
    size = serving.size;
    for (const [file, others] of named) if (others.some((other) => serving.has(other))) serving.add(file);
  }
  return files.filter((file) => file.endsWith(".test.ts") && serving.has(file));
}

/** @param {string} file */
function filesNamedIn(file) {
  const named = readFileSync(join(root, file), "utf8").matchAll(/"(\.{1,2}\/[^"\n]+\.ts)"/g);
  return [...named].map(([, path = ""]) => normalize(join(dirname(file), path)));
}
