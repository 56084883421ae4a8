// Starting and ending servers. Every one is a file that reads PORT, and runs in a process of its own with the same environment.
import { spawn } from "node:child_process";
import { get } from "node:http";
import { createServer } from "node:net";
import { dieWithParent } from "./machine.mjs";
import { runnable } from "./runtimes.mjs";

/**
 * A process that listens.
 *
 * @typedef {object} Running
 * @property {number} pid
 * @property {string} baseUrl
 * @property {number} startedMs milliseconds from spawning it to its first answer
 * @property {import("node:child_process").ChildProcess} child
 * @property {() => Promise<void>} stop ends it and waits until it is gone
 */

let prefix;
const alive = new Set();
process.on("exit", () => alive.forEach((child) => child.kill("SIGKILL")));
for (const [signal, number] of [
  ["SIGINT", 2],
  ["SIGTERM", 15],
  ["SIGHUP", 1],
]) {
  process.on(signal, () => process.exit(128 + number)); // so that the "exit" above runs
}

/** A TCP port of 127.0.0.1 that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/**
 * Starts a server file and waits for its first answer.
 *
 * @param {string} file relative to this folder
 * @param {object} [options]
 * @param {string} [options.node] what runs it; the running Node unless told
 * @param {string[]} [options.nodeArguments]
 * @param {number} [options.core] the core to pin it to
 * @param {boolean} [options.anyAnswer] whether an answer of any status shows that it is up, not only 200 to /hello
 * @param {boolean} [options.ipc] opens a channel for messages to the process
 * @param {number} [options.timeoutMs] how long it may take, 15,000 unless told
 * @returns {Promise<Running>}
 * @throws {Error} when it ends or does not answer in time; the message holds what it wrote to stderr
 */
export async function start(
  file,
  { node = process.execPath, nodeArguments = [], core, anyAnswer = false, ipc = false, timeoutMs = 15_000 } = {},
) {
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const path = runnable(file);
  const pin = core === undefined ? [] : ["taskset", "-c", String(core)];
  const [command, ...args] = [...(prefix ??= dieWithParent()), ...pin, node, ...nodeArguments, path];
  const env = { ...process.env, PORT: String(port), NODE_ENV: "production" };
  delete env.NODE_OPTIONS;

  const spawned = performance.now();
  const child = spawn(command, args, { env, stdio: ["ignore", "ignore", "pipe", ...(ipc ? ["ipc"] : [])] });
  alive.add(child);
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr = (stderr + text).slice(-4000)));
  const gone = new Promise((resolve) => {
    child.once("error", (error) => resolve(String(error)));
    child.once("exit", (code, signal) => resolve(`it ended with ${signal ?? code}`));
  }).finally(() => alive.delete(child));
  const stop = async () => {
    child.kill("SIGKILL");
    await gone;
  };

  const abort = new AbortController();
  const why = await Promise.race([firstAnswer(port, spawned + timeoutMs, anyAnswer, abort.signal), gone]);
  abort.abort();
  if (why !== undefined) {
    await stop();
    throw new Error(`${file} did not start: ${why}\n${stderr}`.trim());
  }
  return { pid: child.pid, baseUrl, startedMs: performance.now() - spawned, child, stop };
}

/** Asks for /hello until it is answered; resolves to a sentence when that takes too long. */
async function firstAnswer(port, deadline, anyAnswer, signal) {
  while (!signal.aborted) {
    const answered = await new Promise((resolve) => {
      const request = get({ port, host: "127.0.0.1", path: "/hello", agent: false, timeout: 2000 }, (answer) => {
        answer
          .resume()
          .once("end", () => resolve(anyAnswer || answer.statusCode === 200))
          .once("error", () => resolve(false));
      });
      request.once("timeout", () => request.destroy()).once("error", () => resolve(false));
    });
    if (answered) return undefined;
    if (performance.now() > deadline) return `no ${anyAnswer ? "" : "200 "}answer to GET /hello in time`;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return undefined;
}
