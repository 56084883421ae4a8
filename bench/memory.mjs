// What large transfers and idle connections cost a server in memory, seen from outside: the kernel's own counts in /proc. Linux only.
// `node bench/memory.mjs [mode ...]` (the built package, so build first); --help tells more. The modes are in the table below.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { versionOf } from "./runtimes.mjs";
import { start } from "./servers.mjs";
import { table } from "./tables.mjs";

const usage = `Usage: node bench/memory.mjs [mode ...] [--gib N] [--connections N] [--node FILE]

  upload        a request body that the handler reads piece by piece
  write         the same, written through a stream of Node
  multipart     a file of a form, spooled to the disk and then read by the handler
  download      pieces that a generator yields
  file          sendFile
  events        idle event streams
  sockets       idle WebSockets
  raw-events    the same with node:http alone
  raw-sockets   the same with ws alone

  --gib N           size of each transfer, in GiB (default: 2)
  --connections N   how many connections (default: 1000)
  --node FILE       the Node of the server (default: the running one)`;

const transfers = {
  upload: (bytes) => ["send", "/upload", bytes],
  write: (bytes) => ["send", "/write", bytes],
  multipart: (bytes) => ["send", "/multipart", bytes, "multipart"],
  download: (bytes) => ["receive", `/download?bytes=${bytes}`],
  file: (bytes) => ["receive", `/file?path=${encodeURIComponent(largeFile(bytes))}`],
};
const idle = {
  events: { path: "/events", file: "servers/memory.mjs" },
  sockets: { path: "/socket", file: "servers/memory.mjs", kind: "socket" },
  "raw-events": { path: "/events", file: "servers/memory-raw.mjs" },
  "raw-sockets": { path: "/socket", file: "servers/memory-raw.mjs", kind: "socket" },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    gib: { type: "string", default: "2" },
    connections: { type: "string", default: "1000" },
    node: { type: "string", default: process.execPath },
    help: { type: "boolean", default: false },
  },
});
const modes = positionals.length > 0 ? positionals : [...Object.keys(transfers), ...Object.keys(idle)];
const unknown = modes.find((mode) => !Object.hasOwn(transfers, mode) && !Object.hasOwn(idle, mode));
const [gib, connections] = [Number(values.gib), Number(values.connections)];
if (values.help || unknown !== undefined || !(gib > 0) || !(connections > 0)) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

/** How servers are started. A busy machine is no hindrance: memory is what is measured. */
const how = { node: values.node, nodeArguments: ["--expose-gc"], ipc: true, timeoutMs: 120_000 };

/** Where the file for `file` lies; it is sparse, so that it takes no room on the disk. */
const folder = mkdtempSync(join(tmpdir(), "apus-memory-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

console.log(`Node ${versionOf(values.node)}; MiB of resident memory, and the peak of it in each quarter of a transfer`);
const moved = modes.filter((mode) => Object.hasOwn(transfers, mode));
const rows = [];
for (const mode of moved) rows.push(await transfer(mode));
if (rows.length > 0)
  console.log(`\n${table(["mode", "GiB", "seconds", "before", "1st", "2nd", "3rd", "4th", "peak", "grew by"], rows)}`);
const held = [];
for (const mode of modes.filter((each) => Object.hasOwn(idle, each))) held.push(await connectionsOf(mode));
if (held.length > 0) {
  const columns = ["before", "open", "KiB each", "heap before", "heap open", "heap KiB each", "heap closed"];
  console.log(`\n${table(["mode", "connections", ...columns], held)}`);
}

/** @param {number} bytes */
function largeFile(bytes) {
  const path = join(folder, `${bytes}.bin`);
  writeFileSync(path, "");
  truncateSync(path, bytes);
  return path;
}

/**
 * One transfer of so many GiB, after a small one that has everything loaded.
 *
 * @param {string} mode
 */
async function transfer(mode) {
  const server = await start("servers/memory.mjs", how);
  try {
    const port = new URL(server.baseUrl).port;
    const ask = async (bytes) => {
      const child = client(port, transfers[mode](bytes));
      const said = JSON.parse(await text(child.stdout));
      // Of a chunked body the framing counts too.
      if (!(said.bytes >= bytes && said.bytes < bytes * 1.01))
        throw new Error(`${mode}: ${said.bytes} of ${bytes} bytes`);
    };
    await ask(16 * 2 ** 20);
    await collect(server);
    const before = resident(server.pid);
    writeFileSync(`/proc/${server.pid}/clear_refs`, "5"); // the kernel's peak begins anew
    const samples = [];
    const timer = setInterval(() => samples.push(resident(server.pid)), 20);
    const began = performance.now();
    await ask(gib * 2 ** 30);
    const seconds = (performance.now() - began) / 1000;
    clearInterval(timer);
    const quarters = [0, 1, 2, 3].map((i) => {
      const part = samples.slice((samples.length * i) / 4, (samples.length * (i + 1)) / 4);
      return part.length === 0 ? "" : Math.max(...part).toFixed(0);
    });
    const peak = resident(server.pid, "VmHWM");
    return [
      mode,
      String(gib),
      seconds.toFixed(1),
      before.toFixed(0),
      ...quarters,
      peak.toFixed(0),
      (peak - before).toFixed(0),
    ];
  } finally {
    await server.stop();
  }
}

/**
 * So many connections that wait, after a few that have everything loaded.
 *
 * @param {string} mode
 */
async function connectionsOf(mode) {
  const { path, file, kind } = idle[mode];
  const server = await start(file, how);
  try {
    const port = new URL(server.baseUrl).port;
    const open = async (count) => {
      const child = client(port, ["hold", path, count, ...(kind === undefined ? [] : [kind])]);
      const [first] = await Promise.race([
        once(child.stdout, "data"),
        once(child, "exit").then(() => [`${mode}: the connections could not be opened`]),
      ]);
      if (String(first).trim() !== "open") throw new Error(String(first));
      return async () => {
        child.stdin.end();
        await once(child, "exit");
      };
    };
    const closeFew = await open(20);
    await closeFew();
    const heapBefore = await collect(server);
    const before = resident(server.pid);
    const close = await open(connections);
    const after = resident(server.pid);
    const heapOpen = await collect(server);
    await close();
    const heapClosed = await collect(server);
    const each = (mib) => ((mib * 1024) / connections).toFixed(1);
    return [
      mode,
      String(connections),
      ...[before, after].map((mib) => mib.toFixed(1)),
      each(after - before),
      ...[heapBefore, heapOpen].map((mib) => mib.toFixed(1)),
      each(heapOpen - heapBefore),
      heapClosed.toFixed(1),
    ];
  } finally {
    await server.stop();
  }
}

/** @param {readonly (string | number)[]} args a mode of the client, the path and what follows */
function client(port, [mode, ...args]) {
  const file = fileURLToPath(new URL("memory-client.mjs", import.meta.url));
  return spawn(process.execPath, [file, mode, port, ...args.map(String)], { stdio: ["pipe", "pipe", "inherit"] });
}

/**
 * Has the server collect garbage. Pages that became free V8 keeps for what comes, so resident memory hardly shrinks.
 *
 * @returns {Promise<number>} what its heap holds then, in MiB
 */
async function collect({ child }) {
  let heap = 0;
  for (let i = 0; i < 2; i += 1) {
    child.send("collect");
    [heap] = await once(child, "message");
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return heap / 2 ** 20;
}

/** A size of /proc/PID/status (proc(5)), in MiB. */
function resident(pid, name = "VmRSS") {
  return (
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024
  );
}
