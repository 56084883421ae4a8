// Where stack traces and editors are sent: to the TypeScript source, which is in the package.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join, posix } from "node:path";
import { run } from "../scripts/run.mjs";

/**
 * A failure inside the package shows the line of src/ that threw.
 *
 * @param {string} node
 * @param {string} folder Where the package is installed.
 */
export async function checkStackTrace(node, folder) {
  const program = 'import { App } from "apus"; new App({ tilte: "Hello" });';
  const args = ["--enable-source-maps", "--input-type=module", "--eval", program];
  const { output } = await run(node, args, { cwd: folder });
  const [, file = "", line = ""] = /\((?:file:\/\/)?[^()]*\/apus\/(src\/[\w/-]+\.ts):(\d+):\d+\)/.exec(output) ?? [];
  assert.notEqual(file, "", output);
  const text = readFileSync(join(folder, "node_modules/apus", file), "utf8").split("\n")[Number(line) - 1] ?? "";
  assert.match(text, /throw new ApusError\(/, `${file}:${line}: ${text}\n${output}`);
}

/**
 * Each exported declaration leads from its .d.ts to the line of src/ that declares it.
 *
 * @param {string} folder Where the package is installed.
 * @param {readonly string[]} packed The files of the package.
 */
export function checkDeclarationMaps(folder, packed) {
  const read = (/** @type {string} */ path) => readFileSync(join(folder, "node_modules/apus", path), "utf8");
  let followed = 0;
  for (const file of packed.filter((path) => path.endsWith(".d.ts"))) {
    const map = new SourceMap(JSON.parse(read(`${file}.map`)));
    const found = [...read(file).split("\n").entries()].flatMap(([line, text]) => {
      const [, before = "", name] =
        /^(export (?:declare )?(?:class|function|const|interface|type) )(\w+)/.exec(text) ?? [];
      return name === undefined ? [] : [{ line, column: before.length, name }];
    });
    for (const { line, column, name } of found) {
      const entry = map.findEntry(line, column);
      assert.ok("originalSource" in entry, `${file}: ${name} leads nowhere`);
      const source = posix.join(posix.dirname(file), entry.originalSource);
      const text = read(source).split("\n")[entry.originalLine] ?? "";
      assert.match(text, new RegExp(`\\b${name}\\b`), `${file}: ${name} leads to ${source}:${entry.originalLine + 1}`);
      followed++;
    }
  }
  assert.ok(followed > 100, `only ${followed} declarations`);
}
