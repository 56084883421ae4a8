// Starts the application with `npm start` on a free port, as the README tells a newcomer to, asks it a few things and stops it.
// `node scripts/smoke-start.mjs [FILE]` writes the counts to FILE.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { smokeChecks } from "./smoke-checks.mjs";

const START_MS = 60_000;
const STOP_MS = 15_000;
const root = fileURLToPath(new URL("..", import.meta.url));
const { check, end } = smokeChecks(process.argv[2]);

/** @returns {Promise<number>} A port nobody listens on. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  assert.ok(typeof address === "object" && address !== null);
  return address.port;
}

const port = await freePort();
const url = `http://127.0.0.1:${port}`;
// A group of its own, so that npm and what it starts are stopped together.
const child = spawn("npm", ["start"], {
  cwd: root,
  detached: true,
  env: { ...process.env, HOST: "127.0.0.1", PORT: String(port), EXTRACTOR_LIBRARY: "" },
  stdio: ["ignore", "inherit", "inherit"],
});
const ended = once(child, "exit");
const pid = child.pid ?? 0;

/** @param {NodeJS.Signals | 0} signal */
function signalGroup(signal) {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false; // nobody is left in the group
  }
}

/**
 * Waits until something holds, asking ten times a second.
 *
 * @param {() => Promise<boolean> | boolean} condition
 * @param {number} milliseconds
 * @param {string} message
 */
async function until(condition, milliseconds, message) {
  for (const deadline = Date.now() + milliseconds; !(await condition()); await delay(100))
    assert.ok(Date.now() < deadline, message);
}

const healthy = async () => {
  assert.equal(child.exitCode, null, "npm start ended by itself");
  const answer = await fetch(`${url}/health`).catch(() => undefined);
  return answer?.status === 200;
};

try {
  const started = await check("npm start answers /health", () =>
    until(healthy, START_MS, `no answer from ${url}/health within ${START_MS / 1000} s`),
  );
  if (started) {
    await check("GET /docs is the documentation page", async () => {
      const answer = await fetch(`${url}/docs`);
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get("content-type") ?? "", /^text\/html/);
      assert.match(await answer.text(), /swagger-ui/);
    });
    await check("GET /api/v1/albums is JSON", async () => {
      const answer = await fetch(`${url}/api/v1/albums`);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("content-type"), "application/json");
      assert.equal(typeof (await answer.json()), "object");
    });
    await check("SIGTERM stops it, and nothing is left running", async () => {
      signalGroup("SIGTERM");
      await until(() => !signalGroup(0), STOP_MS, `still running ${STOP_MS / 1000} s after SIGTERM`);
    });
  }
} finally {
  if (signalGroup("SIGKILL")) await ended;
  end();
}
