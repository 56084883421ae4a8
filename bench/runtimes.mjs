// What runs the servers: the Node that all of them share, Bun, and Python with FastAPI; and the JavaScript of those that are
// written in TypeScript with decorators.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Where the Node 24 that all servers of a full run share is found, once installed. */
export const node24 = at("node_modules/node24/bin/node");

/** Where Bun is found, once installed. */
export const bun = at("node_modules/@oven/bun-linux-x64/bin/bun");

/** The Python environment that a full run makes. */
const environment = at(".tmp/python");

/**
 * What a binary says its version is.
 *
 * @param {string} binary its path
 * @returns {string | undefined} such as "v24.21.0"; undefined when it does not run here
 */
export function versionOf(binary) {
  const { status, stdout } = spawnSync(binary, ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * A Python that has FastAPI and uvicorn: the one a full run made, or the machine's.
 *
 * @returns {{ binary: string, versions: Record<string, string> } | undefined}
 */
export function pythonWithFastapi() {
  const script = `import json, sys, importlib.metadata as m
import fastapi, uvicorn
print(json.dumps({"python": sys.version.split()[0], **{n: m.version(n) for n in ("fastapi", "uvicorn", "pydantic")}}))`;
  for (const binary of [join(environment, "bin/python"), "python3"]) {
    const { status, stdout } = spawnSync(binary, ["-c", script], { encoding: "utf8" });
    if (status === 0) return { binary, versions: JSON.parse(stdout) };
  }
  return undefined;
}

/**
 * Makes the Python environment, as peers/requirements.txt pins it.
 *
 * @returns {string | undefined} why not, when it failed
 */
export function installPython() {
  const steps = [
    ["python3", "-m", "venv", environment],
    [join(environment, "bin/pip"), "install", "--quiet", "--requirement", at("peers/requirements.txt")],
  ];
  for (const [command, ...args] of steps) {
    const { status, error, stderr } = spawnSync(command, args, { encoding: "utf8", timeout: 300_000 });
    if (status !== 0) return (error?.message ?? stderr).trim().split("\n").at(-1);
  }
  return undefined;
}

/**
 * The file to run for a server: a TypeScript file with decorators is compiled first, as its users do, into .tmp/, from where
 * its imports are named.
 *
 * @param {string} file relative to this folder
 * @returns {string} its path
 * @throws {Error} when it does not parse
 */
export function runnable(file) {
  if (!file.endsWith(".ts")) return at(file);
  const target = at(`.tmp/${basename(file, ".ts")}.mjs`);
  const source = readFileSync(at(file), "utf8");
  const ts = createRequire(import.meta.url)("typescript6");
  const { outputText, diagnostics } = ts.transpileModule(source, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  });
  if (diagnostics.length > 0)
    throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(diagnostics[0].messageText, "\n")}`);
  mkdirSync(at(".tmp"), { recursive: true });
  if (!existsSync(target) || readFileSync(target, "utf8") !== outputText) writeFileSync(target, outputText);
  return target;
}
