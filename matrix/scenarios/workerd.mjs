// The scenarios of packages/apus/test in workerd, the runtime of Cloudflare Workers, which forbids code generation: through `app.fetch` and
// testClient. One worker holds them all, and each file is asked for by a request.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** @typedef {{ passed: number, failed: { name: string, message: string }[] }} Outcome */

const root = fileURLToPath(new URL("../..", import.meta.url));
const tests = join(root, "packages/apus/test");
const standIn = fileURLToPath(new URL("vitest-in-workerd.mjs", import.meta.url));
const workerd = fileURLToPath(new URL("../node_modules/@cloudflare/workerd-linux-64/bin/workerd", import.meta.url));

/** What a worker cannot have: another process, a socket of its own, a directory of files. */
const beyondWorkers =
  /from "(?:node:(?:child_process|net|http|https)|typescript|esbuild|\.{1,2}\/(?:\w+\/)?(?:folder|tree)\.ts)"|\b(?:writeFileSync|mkdtempSync)\b/;

/**
 * @param {Readonly<Record<string, string>>} pinned `optionalDependencies` of package.json.
 * @returns {string | undefined} The name to show, or undefined where it is not installed.
 */
export function workerdVersion(pinned) {
  return existsSync(workerd) ? `workerd ${pinned["@cloudflare/workerd-linux-64"]}` : undefined;
}

/**
 * The test files with scenarios that run in workerd, as paths below packages/apus/test.
 *
 * @returns {string[]}
 */
export function scenarioFiles() {
  return filesEndingIn(".test.ts").filter((file) => {
    const source = readFileSync(join(tests, file), "utf8");
    return /\bscenarios\(/.test(source) && !beyondWorkers.test(source);
  });
}

/**
 * Makes the worker, starts it, has it run each file, and ends it.
 *
 * @param {string} folder Empty; the worker is written there.
 * @param {readonly string[]} files
 * @returns {Promise<Map<string, Outcome>>}
 */
export async function runInWorkerd(folder, files) {
  const data = filesEndingIn(".json");
  writeFileSync(join(folder, "worker.mjs"), await bundled(files));
  for (const file of data) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), readFileSync(join(tests, file)));
  }
  writeFileSync(join(folder, "config.capnp"), configuration(data));
  const child = spawn(workerd, ["serve", "--control-fd=3", join(folder, "config.capnp")], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const output = Promise.all([text(/** @type {any} */ (child.stdout)), text(/** @type {any} */ (child.stderr))]);
  const exit = once(child, "exit");
  try {
    const started = await Promise.race([once(/** @type {any} */ (child.stdio[3]), "data"), exit.then(() => undefined)]);
    if (started === undefined) throw new Error(`workerd did not start:\n${(await output).join("")}`);
    const { port } = JSON.parse(String(started[0]).split("\n")[0] ?? "");
    const outcomes = new Map();
    for (const file of files) {
      const answer = await fetch(`http://127.0.0.1:${port}/${file}`);
      const said = await answer.text();
      outcomes.set(
        file,
        answer.status === 200 ? JSON.parse(said) : { passed: 0, failed: [{ name: file, message: said }] },
      );
    }
    return outcomes;
  } finally {
    child.kill();
    await exit;
  }
}

/** @param {string} ending */
function filesEndingIn(ending) {
  const all = readdirSync(tests, { recursive: true, encoding: "utf8" });
  return all.filter((file) => file.endsWith(ending)).toSorted();
}

/**
 * The worker as one module: the built package as bundlers take it for workerd, the scenarios, and what runs them.
 *
 * @param {readonly string[]} files
 * @returns {Promise<string>}
 */
async function bundled(files) {
  const entry = `
    import { runTests } from ${JSON.stringify(standIn)};
    const files = {
      ${files.map((file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(join(tests, file))}),`).join("\n")}
    };
    export default {
      async fetch(request) {
        const file = new URL(request.url).pathname.slice(1);
        try {
          return Response.json(await runTests(file, files[file], / \\((?:fetch|testClient)\\) /));
        } catch (error) {
          return new Response(String(error.stack ?? error), { status: 500 });
        }
      },
    };`;
  const ofVitest = createRequire(createRequire(import.meta.url).resolve("vitest/package.json"));
  const parts = ["@vitest/runner", "@vitest/expect", "@vitest/spy", "chai"];
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: root },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "browser"],
    target: "es2023",
    external: ["node:*"],
    // apus/server comes along, because the scenarios name it; nothing starts it.
    define: { "import.meta.url": '"file:///bundle/worker.mjs"' },
    alias: { vitest: standIn, ...Object.fromEntries(parts.map((name) => [name, ofVitest.resolve(name)])) },
    plugins: [{ name: "places", setup: placeTests }],
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

/**
 * Tests find the files beside them by their own address, which is in the worker's read-only folder /bundle.
 *
 * @param {import("esbuild").PluginBuild} api
 */
function placeTests(api) {
  api.onLoad({ filter: /[\\/]packages[\\/]apus[\\/]test[\\/].*\.ts$/ }, ({ path }) => {
    const address = JSON.stringify(`file:///bundle/${relative(tests, path).replaceAll("\\", "/")}`);
    return { contents: readFileSync(path, "utf8").replaceAll("import.meta.url", address), loader: "ts" };
  });
}

/** @param {readonly string[]} data */
function configuration(data) {
  const modules = [
    '(name = "worker.mjs", esModule = embed "worker.mjs")',
    ...data.map((file) => `(name = "${file}", text = embed "${file}")`),
  ];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "scenarios", worker = (
    modules = [${modules.join(", ")}],
    compatibilityDate = "2026-01-01",
    compatibilityFlags = ["nodejs_compat"],
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "scenarios")],
);
`;
}
