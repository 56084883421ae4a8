// Where a server spends its time on a route: a CPU profile under load, summarised by self time.
// `node bench/profile.mjs apus get` (the built package, so build first); --save FILE.cpuprofile keeps it for a viewer.
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { entries } from "./entries.mjs";
import { coresToPin } from "./machine.mjs";
import { load } from "./measure.mjs";
import { routes } from "./routes.mjs";
import { start } from "./servers.mjs";
import { table } from "./tables.mjs";

/**
 * Self time by function.
 *
 * @param {{ nodes: object[], samples: number[], timeDeltas: number[] }} profile as the V8 inspector gives it
 * @returns {{ where: string, share: number, microseconds: number }[]} the largest first; shares of the time that was neither idle nor the profiler's own
 */
export function selfTimes({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const times = new Map();
  samples.forEach((id, i) => {
    const { functionName, url, lineNumber } = byId.get(id).callFrame;
    const file = url.startsWith("file:")
      ? relative(fileURLToPath(new URL("..", import.meta.url)), fileURLToPath(url))
      : url;
    const where = `${functionName || "(anonymous)"}${file ? ` ${file}:${lineNumber + 1}` : ""}`;
    times.set(where, (times.get(where) ?? 0) + timeDeltas[i]);
  });
  for (const where of times.keys()) if (where === "(idle)" || where.includes(" node:inspector:")) times.delete(where);
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .map(([where, microseconds]) => ({ where, microseconds, share: microseconds / total }))
    .sort((a, b) => b.microseconds - a.microseconds);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      save: { type: "string" },
      seconds: { type: "string", default: "5" },
      node: { type: "string" },
      top: { type: "string", default: "25" },
    },
  });
  const [name = "apus", routeName = "hello"] = positionals;
  const server = entries.find(
    (entry) => entry.runtime === "node" && entry.name === name && entry.routes.includes(routeName),
  );
  const route = routes.find(({ name }) => name === routeName);
  if (server === undefined || route === undefined) {
    const names = [...new Set(entries.filter(({ runtime }) => runtime === "node").map(({ name }) => name))];
    console.error(`Usage: node bench/profile.mjs <${names.join("|")}> <${routes.map(({ name }) => name).join("|")}>`);
    process.exit(2);
  }
  const cores = coresToPin();
  const hook = fileURLToPath(new URL("profile-hook.mjs", import.meta.url));
  const nodeArguments = ["--import", pathToFileURL(hook).href];
  const running = await start(server.file, {
    node: values.node,
    nodeArguments,
    core: cores?.server,
    anyAnswer: true,
    ipc: true,
  });
  await load(running.baseUrl, route, 3, cores?.load); // so that the profile shows optimised code
  running.child.send("start");
  await once(running.child, "message");
  const { requests } = await load(running.baseUrl, route, Number(values.seconds), cores?.load);
  running.child.send("stop");
  const [profile] = await once(running.child, "message");
  await running.stop();
  if (values.save !== undefined) writeFileSync(values.save, JSON.stringify(profile));
  const times = selfTimes(profile);
  const places = new Map();
  for (const { where, microseconds } of times) {
    const place =
      /packages\/apus|node_modules\/(?:@[^/]+\/)?[^/]+| node:|bench\//.exec(where)?.[0].trim() ?? "(native)";
    places.set(place, (places.get(place) ?? 0) + microseconds);
  }
  const perRequest = [...places]
    .sort((a, b) => b[1] - a[1])
    .map(([place, time]) => `${place} ${(time / requests).toFixed(2)}`);
  console.log(`Microseconds per request by place: ${perRequest.join(", ")}\n`);
  const rows = times
    .slice(0, Number(values.top))
    .map(({ where, share, microseconds }) => [
      where,
      `${(share * 100).toFixed(1)} %`,
      (microseconds / requests).toFixed(2),
    ]);
  console.log(table([`${server.name} ${route.name}, self time`, "share", "µs/request"], rows));
  process.exit();
}
