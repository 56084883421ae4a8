// `npm run bench:schemas`: what validating an input and writing an answer cost in Apus, zod, ajv and fast-json-stringify,
// without any HTTP. `--quick` takes fewer rounds. README.md tells how it is measured.
import { deepStrictEqual } from "node:assert/strict";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { Ajv } from "ajv";
import { z } from "zod";
import { compileReader, compileTextWriter, compileWriter } from "../packages/apus/dist/schema/compile.js";
import { interpretReader } from "../packages/apus/dist/schema/reader/reader.js";
import { interpretWriter } from "../packages/apus/dist/schema/writer/writer.js";
import { machineFacts } from "./machine.mjs";
import { table } from "./tables.mjs";
import { shapes, withMore } from "./schema-shapes.mjs";
import { shuffled } from "./stats.mjs";

const { quick } = parseArgs({ options: { quick: { type: "boolean", default: false } } }).values;
/** How often every contender is measured; the best counts, because other work on the machine only ever adds. */
const ROUNDS = quick ? 10 : 40;
/** How long one measurement takes about, in milliseconds of CPU time. */
const BATCH_MS = quick ? 10 : 25;

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {(value: unknown) => unknown} run gives the finished value, or the answer as JSON text
 */

class Refused extends Error {}

/** A reader or writer of Apus as a function that throws. */
function throwing(read) {
  return (value) => {
    const problems = [];
    const found = read(value, problems);
    if (problems.length > 0) throw new Refused();
    return found;
  };
}

/** ajv checks the value that it is given: nothing is copied, unless a default is missing. */
function ajv(json) {
  const validate = new Ajv({ strict: false, removeAdditional: true, useDefaults: true, coerceTypes: false }).compile(
    json,
  );
  return (value) => {
    if (!validate(value)) throw new Refused();
    return value;
  };
}

/** @returns {Contender[]} */
function readers({ zod, json }) {
  return [
    { name: "Apus, generated", run: throwing(compileReader(zod)) },
    { name: "Apus, closures", run: throwing(interpretReader(zod).whole) },
    { name: "zod parse", run: (value) => zod.parse(value) },
    {
      name: "zod safeParse",
      run: (value) => {
        const { success, data } = zod.safeParse(value);
        if (!success) throw new Refused();
        return data;
      },
    },
    { name: "ajv (in place)", run: ajv(json) },
  ];
}

/** @returns {Contender[]} */
function writers({ zod, json }) {
  const [direct, generated, closures] = [compileTextWriter(zod), compileWriter(zod), interpretWriter(zod).whole].map(
    throwing,
  );
  const stringify = fastJsonStringify(json);
  const texts = [
    { name: "Apus, generated", text: direct },
    { name: "Apus, generated, then JSON.stringify", text: (value) => JSON.stringify(generated(value)) },
    { name: "Apus, closures", text: (value) => JSON.stringify(closures(value)) },
    { name: "z.encode", text: (value) => JSON.stringify(z.encode(zod, value)) },
    ...(stringify === undefined ? [] : [{ name: "fast-json-stringify (unchecked)", text: stringify }]),
    { name: "JSON.stringify alone", text: (value) => JSON.stringify(value) },
  ];
  return texts.map(({ name, text }) => ({ name, run: (value) => sendable(text(value)) }));
}

/** Text that was put together of pieces is only joined when somebody looks at it, as every server does for its length. */
function sendable(text) {
  if (Buffer.byteLength(text) < 2) throw new Error("no JSON text");
  return text;
}

/** It belongs to the peers' package, with fastify. */
function fastJsonStringify(json) {
  try {
    return createRequire(new URL("node_modules/fastify/package.json", import.meta.url))("fast-json-stringify")(json);
  } catch (error) {
    console.error(`fast-json-stringify is left out: install the peers with \`npm ci --prefix bench\` (${error.code}).`);
    return undefined;
  }
}

/** Every contender has to give the same value, drop what is undeclared, and refuse what does not fit, before it is timed. */
function checkReaders(contenders, { name, values, refused }) {
  const copy = (value) => structuredClone(value);
  for (const { name: who, run } of contenders) {
    for (const value of values) {
      deepStrictEqual(run(copy(value)), value, `${who} reads another ${name}`);
      if (!Array.isArray(value)) deepStrictEqual(run(withMore(copy(value))), value, `${who} keeps what is undeclared`);
    }
    for (const value of refused) {
      let taken = true;
      try {
        run(copy(value));
      } catch {
        taken = false;
      }
      if (taken) throw new Error(`${who} takes what is no ${name}: ${JSON.stringify(value)}`);
    }
  }
}

function checkWriters(contenders, { name, values }) {
  for (const { name: who, run } of contenders) {
    for (const value of values) {
      const given = who === "JSON.stringify alone" ? value : withMore(value);
      deepStrictEqual(JSON.parse(run(given)), value, `${who} writes another ${name}`);
    }
  }
}

/** Nanoseconds of CPU time per value, garbage collection included, best of interleaved rounds. */
function race(contenders, values) {
  const best = new Map();
  const counts = new Map();
  for (let round = -2; round < ROUNDS; round++) {
    for (const { name, run } of shuffled(contenders)) {
      const count = counts.get(name) ?? values.length * 20;
      const ns = measure(run, values, count);
      counts.set(name, Math.max(values.length, Math.ceil((BATCH_MS * 1e6) / ns)));
      if (round >= 0) best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, ns));
    }
  }
  return best;
}

function measure(run, values, count) {
  let kept;
  const before = process.cpuUsage();
  for (let i = 0; i < count; i++) kept = run(values[i % values.length]);
  const { user, system } = process.cpuUsage(before);
  if (kept === undefined) throw new Error("a contender gave nothing");
  return ((user + system) * 1000) / count;
}

const rows = [];
for (const shape of shapes) {
  const works = [
    { work: "read", contenders: readers(shape), check: checkReaders },
    { work: "answer", contenders: writers(shape), check: checkWriters },
  ];
  for (const { work, contenders, check } of works) {
    check(contenders, shape);
    const best = race(contenders, shape.values);
    const reference = best.get("Apus, generated");
    for (const { name } of contenders) {
      const ns = best.get(name);
      rows.push([`${work} ${shape.name}`, name, ns.toFixed(0), (ns / reference).toFixed(2)]);
    }
  }
}
console.log(`Node ${process.version}, ${machineFacts()}, best of ${ROUNDS} rounds\n`);
console.log(shapes.map(({ name, what }) => `- ${name}: ${what}`).join("\n"));
console.log(`\n${table(["work", "by", "CPU ns/value", "× Apus"], rows)}`);
