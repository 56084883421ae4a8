// `node bench/engine/measure.mjs [rounds]`: what a request costs on this engine, beside the same application on node:http and
// beside node:http by hand, measured as `npm run bench` does it. The package must have been built.
import { coresToPin } from "../machine.mjs";
import { compare, race } from "../rounds.mjs";
import { routes } from "../routes.mjs";
import { node24, versionOf } from "../runtimes.mjs";
import { start } from "../servers.mjs";

const small = ["hello", "get", "post"];
const all = [...small, "real"];
const entries = [
  { name: "raw", file: "baselines/raw.mjs", routes: small },
  { name: "floor", file: "baselines/real/floor.mjs", routes: ["real"] },
  { name: "apus", file: "servers/apus.mjs", routes: all },
  { name: "apus on node:net", file: "engine/apus.mjs", routes: all },
  { name: "node:net without an App", file: "engine/floor.mjs", routes: ["hello", "post"] },
].map((entry) => ({ ...entry, runtime: "node" }));

const cores = coresToPin();
const node = versionOf(node24) === undefined ? process.execPath : node24;
const rounds = Number(process.argv[2] ?? 9);
const samples = await race(entries, routes, {
  start: ({ file }) => start(file, { node, core: cores?.server, anyAnswer: true }),
  rounds: () => rounds,
  windows: 1,
  seconds: 1,
  warmUpSeconds: 1,
  patienceSeconds: 120,
  core: cores?.load,
  progress: (line) => process.stderr.write(`${line}\n`),
});

const others = ["raw", "floor", "apus"];
for (const { name: route } of routes) {
  for (const { name } of entries) {
    for (const other of others) {
      const found = name === other ? undefined : compare(samples, route, name, other);
      if (found === undefined) continue;
      const { cpu, ratio, low, high, pairs, disturbed, trouble } = found;
      const text = `${route}: ${name} ${cpu.toFixed(1)} µs, ${ratio.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)}) of ${other}`;
      console.log(
        `${text}, ${pairs} pairs${disturbed ? ", disturbed" : ""}${trouble === undefined ? "" : `, ${trouble}`}`,
      );
    }
  }
}
process.exit();
