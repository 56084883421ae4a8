// What 1,000 operations cost before the first request: the time to link them, the memory they hold above their schemas, and how
// much slower the first request to one of them is than the second. Each figure comes from processes of its own.
// On its own: node bench/linking.mjs [--runs 5] [--operations 1000] [--node <binary>] [--conditions @apus/source]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median } from "./stats.mjs";

const self = fileURLToPath(import.meta.url);

/** `mixed` shares some schemas by id; in `distinct` no two operations share any; `middleware` has one around each router. */
export const variants = ["mixed", "distinct", "middleware"];

/**
 * @typedef {object} Linking
 * @property {string} variant
 * @property {number} operations
 * @property {number} declareMs to declare and include them, best of the runs
 * @property {number} linkMs to start the app, best of the runs
 * @property {number} linkMedianMs median of the runs
 * @property {number} linkCpuMs CPU time of the thread, best of the runs: what else the machine does is not in it
 * @property {number} declaredBytes heap that each declared operation holds above its schemas, least of the runs
 * @property {number} linkedBytes the same after linking, what the declaration holds included
 * @property {number} generated how often code was generated before the first request
 * @property {{ p50: number, p95: number, most: number }} firstMs how much longer the first request to an operation takes than
 *   the second, over all operations of the runs
 */

/**
 * @param {object} [options]
 * @param {number} [options.operations]
 * @param {number} [options.runs] processes for each variant
 * @param {string} [options.node] the Node binary
 * @param {readonly string[]} [options.flags] for it
 * @param {readonly string[]} [options.only] of the variants
 * @returns {Linking[]}
 */
export function linking({ operations = 1000, runs = 5, node = process.execPath, flags = [], only = variants } = {}) {
  const found = new Map(only.map((variant) => [variant, []]));
  // Interleaved, so that what else the machine does falls on all of them.
  for (let run = 0; run < runs; run++) {
    for (const variant of only) {
      const times = measured(node, flags, operations, variant, "time");
      found.get(variant).push({ ...times, ...measured(node, flags, operations, variant, "heap") });
    }
  }
  return only.map((variant) => {
    const results = found.get(variant);
    const least = (key) => Math.min(...results.map((each) => each[key]));
    const first = results.flatMap((each) => each.firstMs);
    return {
      variant,
      operations,
      declareMs: least("declareMs"),
      linkMs: least("linkMs"),
      linkMedianMs: median(results.map((each) => each.linkMs)),
      linkCpuMs: least("linkCpuMs"),
      declaredBytes: least("declaredBytes"),
      linkedBytes: least("linkedBytes"),
      generated: Math.max(...results.map((each) => each.generated)),
      firstMs: { p50: quantile(first, 0.5), p95: quantile(first, 0.95), most: Math.max(...first) },
    };
  });
}

/** The value below which a share of the values lie. */
function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

function measured(node, flags, operations, variant, what) {
  const args = [self, "--measure", what, "--only", variant, "--operations", String(operations)];
  const run = spawnSync(node, ["--expose-gc", ...flags, ...args], {
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (run.status !== 0) throw new Error(`linking ${variant} failed: ${run.stderr}`);
  return JSON.parse(run.stdout);
}

/** The schemas of all operations, as a program without an App would have them. */
function schemasOf(z, count, variant) {
  const shared = variant !== "distinct";
  const address = () => z.object({ street: z.string().min(1).max(100), city: z.string(), zip: z.string().max(10) });
  const money = () => z.object({ amount: z.number().min(0), currency: z.enum(["EUR", "USD", "GBP"]) });
  const Address = address().meta({ id: "Address" });
  const Money = money().meta({ id: "Money" });
  return Array.from({ length: count }, (_, i) => {
    const row = () => ({
      id: z.int(),
      name: z.string().min(1).max(100),
      price: shared ? Money : money(),
      active: z.boolean().default(true),
      note: z.string().nullable(),
      tags: z.array(z.string()),
    });
    const named = (shape, name) => (i % 2 === 0 ? z.object(shape).meta({ id: `${name}${i}` }) : z.object(shape));
    if (i % 3 === 0) {
      return {
        item_id: z.int().min(1),
        q: z.string().max(50).optional(),
        limit: z.int().min(1).max(100).default(20),
        output: named(row(), "Item"),
      };
    }
    if (i % 3 === 1) {
      const lines = z.array(z.object({ sku: z.string().max(20), count: z.int().min(1), price: z.number().gt(0) }));
      const order = { name: z.string().min(1).max(80), email: z.email(), lines, address: shared ? Address : address() };
      return { order: named(order, "Order"), output: named({ ...row(), lines }, "Placed") };
    }
    return { output: z.array(named(row(), "Row")) };
  });
}

/** Declares the operations over the schemas: CRUD, bodies, and plain reads in turn, in ten routers with a dependency each. */
function declare(apus, z, schemas, variant) {
  const { App, depends, get, header, httpError, middleware, post, put, router } = apus;
  const Unauthorized = httpError(401, "Not authenticated");
  const user = depends(
    { authorization: header(z.string().max(200).default("Bearer none")) },
    ({ authorization }) => ({ name: authorization.slice(7) }),
    { errors: [Unauthorized] },
  );
  const row = (id) => ({
    id,
    name: "a name",
    price: { amount: 1, currency: "EUR" },
    active: true,
    note: null,
    tags: [],
  });
  const groups = Array.from({ length: 10 }, () => ({}));
  schemas.forEach((own, i) => {
    const group = groups[i % 10];
    const { output } = own;
    if (i % 3 === 0) {
      const { item_id, q, limit } = own;
      const declareOne = i % 2 === 0 ? get : put;
      group[`crud${i}`] = declareOne(
        `/things${i}/{item_id}`,
        { input: { item_id, q, limit, user }, output },
        ({ item_id }) => row(item_id),
      );
    } else if (i % 3 === 1) {
      const { order } = own;
      group[`order${i}`] = post(`/orders${i}`, { input: { order, user }, output, status: 201 }, ({ order }) => ({
        ...row(i),
        lines: order.lines,
      }));
    } else {
      group[`list${i}`] = get(`/lists${i}`, { output }, () => [row(1), row(2)]);
    }
  });
  const around = variant === "middleware" ? [middleware({ onAnswer() {} })] : undefined;
  const api = router(
    Object.fromEntries(
      groups.map((group, i) => [
        `group${i}`,
        router(group, { prefix: `/group${i}`, tags: [`group${i}`], dependencies: [user], middleware: around }),
      ]),
    ),
    { prefix: "/api" },
  );
  return { api, app: new App({ title: "Linking" }).include(api) };
}

function requestTo(i) {
  const path = `http://localhost/api/group${i % 10}`;
  const headers = { authorization: "Bearer someone" };
  if (i % 3 === 0) return [`${path}/things${i}/7?q=abc`, { method: i % 2 === 0 ? "GET" : "PUT", headers }];
  if (i % 3 === 2) return [`${path}/lists${i}`, { headers }];
  const body = JSON.stringify({
    name: "someone",
    email: "someone@example.com",
    lines: [{ sku: "a", count: 1, price: 1.5 }],
    address: { street: "a street", city: "a city", zip: "12345" },
  });
  return [`${path}/orders${i}`, { method: "POST", headers: { ...headers, "content-type": "application/json" }, body }];
}

/** The heap that each operation holds: what is made once for all Apps is there before. */
async function measureHeap(apus, z, variant, count) {
  await declare(apus, z, schemasOf(z, 3, variant), variant).app.startup();
  const schemas = schemasOf(z, count, variant);
  const before = heap();
  const declared = declare(apus, z, schemas, variant);
  const afterDeclaring = heap();
  await declared.app.startup();
  const afterLinking = heap();
  if (schemas.length !== count || Object.keys(declared.api).length !== 10) throw new Error("nothing was held");
  return { declaredBytes: (afterDeclaring - before) / count, linkedBytes: (afterLinking - before) / count };
}

function heap() {
  for (let i = 0; i < 4; i++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** The times, with nothing warm. */
async function measureTimes(apus, z, variant, count) {
  let generated = 0;
  globalThis.Function = new Proxy(Function, {
    construct(target, args) {
      generated++;
      return Reflect.construct(target, args);
    },
  });
  const schemas = schemasOf(z, count, variant);
  generated = 0;
  globalThis.gc();
  const start = performance.now();
  const { app } = declare(apus, z, schemas, variant);
  const declared = performance.now();
  const cpuBefore = threadCpu();
  await app.startup();
  const linked = performance.now();
  const linkCpuMs = threadCpu() - cpuBefore;
  const times = { declareMs: declared - start, linkMs: linked - declared, linkCpuMs, generated, firstMs: [] };
  // Not all of them: with time the engine has compiled what reads and writes, and no first request is a cold one any more.
  for (let i = 0; i < Math.min(count, 60); i++) {
    const first = await timed(app, i);
    times.firstMs.push(first - (await timed(app, i)));
  }
  times.firstMs.shift(); // the first one of the process
  return times;
}

/** Milliseconds of CPU time of this thread; of the whole process where Node does not tell. */
function threadCpu() {
  const { user, system } = (process.threadCpuUsage ?? process.cpuUsage)();
  return (user + system) / 1000;
}

async function timed(app, i) {
  const request = new Request(...requestTo(i));
  const start = performance.now();
  const response = await app.fetch(request);
  await response.text();
  const time = performance.now() - start;
  if (!response.ok) throw new Error(`operation ${i} answered ${response.status}`);
  return time;
}

if (process.argv[1] === self) {
  const { values } = parseArgs({
    options: {
      measure: { type: "string" },
      operations: { type: "string", default: "1000" },
      runs: { type: "string", default: "5" },
      node: { type: "string", default: process.execPath },
      conditions: { type: "string" },
      only: { type: "string" },
    },
  });
  const operations = Number(values.operations);
  if (values.measure !== undefined) {
    const apus = await import("apus");
    const { z } = await import("zod");
    const measure = values.measure === "heap" ? measureHeap : measureTimes;
    console.log(JSON.stringify(await measure(apus, z, values.only, operations)));
  } else {
    const flags = values.conditions === undefined ? [] : [`--conditions=${values.conditions}`, "--no-warnings"];
    const only = values.only?.split(",");
    for (const found of linking({ operations, runs: Number(values.runs), node: values.node, flags, only })) {
      const { variant, declareMs, linkMs, linkMedianMs, linkCpuMs, declaredBytes, linkedBytes, generated, firstMs } =
        found;
      console.log(
        `${variant.padEnd(10)} declare ${declareMs.toFixed(1)} ms, link ${linkMs.toFixed(1)} ms (median ${linkMedianMs.toFixed(1)}, CPU ${linkCpuMs.toFixed(1)}); ` +
          `${Math.round(declaredBytes)} B declared, ${Math.round(linkedBytes)} B linked each; code generated ${generated} times; ` +
          `first request +${firstMs.p50.toFixed(2)} ms (p95 ${firstMs.p95.toFixed(2)}, most ${firstMs.most.toFixed(2)})`,
      );
    }
  }
}
