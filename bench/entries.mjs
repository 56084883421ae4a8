// What is measured: the servers, by the routes that they answer. The given ones are in baselines/, the others in peers/, Apus
// in servers/. The real route is a file of its own everywhere, as in the given baselines, so that a name has two entries.

/**
 * @typedef {object} Entry
 * @property {string} name the same for every route
 * @property {string} [title] how tables show it, where that is not the name
 * @property {string} file beside this one; PORT tells it where to listen
 * @property {"node" | "bun" | "python"} runtime
 * @property {readonly string[]} routes the names of those it answers
 * @property {"reference" | "control" | "apus" | "peer"} role a reference is written by hand and competes with nobody
 * @property {boolean} validates whether it refuses bad input
 * @property {number} [refuses] the status it answers to bad input, where that is not a 4xx
 * @property {boolean} quick whether the quick run has it
 * @property {string} [peer] the package that must be installed for it
 * @property {string} note what it stands for, for the report
 */

const SMALL = ["hello", "get", "post"];
const REAL = ["real"];

const node = { runtime: "node", role: "peer", validates: true, quick: false };
const bun = { ...node, runtime: "bun" };
const python = { ...node, runtime: "python" };
const byHand = { role: "reference", validates: false };

/** The name of Apus on Node's own HTTP server. */
export const ON_NODE_HTTP = "apus-node-http";

/** The name of what every ratio is taken to, by runtime and route. */
export function referenceOf(runtime, route) {
  if (runtime === "bun") return "bunraw";
  return route === "real" ? "floor" : "raw";
}

const raw = { ...node, ...byHand, name: "raw", file: "baselines/raw.mjs", routes: SMALL, quick: true };

/** @type {Entry[]} references first */
export const entries = [
  { ...raw, note: "node:http by hand: checks nothing" },
  { ...raw, name: "raw again", role: "control", quick: false, note: "the reference once more (A/A check)" },
  {
    ...node,
    ...byHand,
    name: "floor",
    file: "baselines/real/floor.mjs",
    routes: REAL,
    quick: true,
    note: "node:http by hand with a writer for this one shape; checks most",
  },
  {
    ...node,
    ...byHand,
    name: "floor-json",
    file: "baselines/real/floorjs.mjs",
    routes: REAL,
    note: "the same with JSON.stringify",
  },
  {
    ...node,
    name: "apus",
    file: "servers/apus.mjs",
    routes: SMALL,
    role: "apus",
    quick: true,
    note: "this framework, the built package, on its own HTTP/1.1",
  },
  {
    ...node,
    name: "apus",
    file: "servers/real/apus.mjs",
    routes: REAL,
    role: "apus",
    quick: true,
    note: "this framework, the built package, on its own HTTP/1.1",
  },
  {
    ...node,
    name: ON_NODE_HTTP,
    title: "Apus on node:http",
    file: "servers/apus-node-http.mjs",
    routes: SMALL,
    role: "apus",
    note: 'the same with `engine: "node:http"`',
  },
  {
    ...node,
    name: ON_NODE_HTTP,
    title: "Apus on node:http",
    file: "servers/real/apus-node-http.mjs",
    routes: REAL,
    role: "apus",
    note: 'the same with `engine: "node:http"`',
  },
  {
    ...node,
    name: "fastify",
    file: "baselines/fastify.mjs",
    routes: SMALL,
    quick: true,
    peer: "fastify",
    note: "JSON Schema",
  },
  {
    ...node,
    name: "fastify",
    file: "baselines/real/fastify.mjs",
    routes: REAL,
    quick: true,
    peer: "fastify",
    note: "JSON Schema",
  },
  {
    ...node,
    name: "fastify-zod",
    file: "baselines/fastify-zod.mjs",
    routes: SMALL,
    peer: "fastify-type-provider-zod",
    note: "Fastify with zod schemas",
  },
  {
    ...node,
    name: "hono",
    file: "baselines/hono-node.mjs",
    routes: SMALL,
    quick: true,
    peer: "hono",
    note: "zod; answers checked in real only",
  },
  {
    ...node,
    name: "hono",
    file: "baselines/real/hono.mjs",
    routes: REAL,
    quick: true,
    peer: "hono",
    refuses: 500, // the given server lets zod's error through
    note: "zod; answers checked in real only",
  },
  {
    ...node,
    name: "elysia",
    file: "baselines/elysia-node.mjs",
    routes: SMALL,
    peer: "elysia",
    note: "its own schemas",
  },
  {
    ...node,
    name: "elysia",
    file: "peers/real/elysia-node.mjs",
    routes: REAL,
    peer: "elysia",
    note: "its own schemas",
  },
  {
    ...node,
    name: "nest",
    file: "peers/nest.ts",
    routes: SMALL,
    peer: "@nestjs/core",
    note: "NestJS on Fastify with its Standard Schema pipe and zod; answers checked in real only",
  },
  {
    ...node,
    name: "nest",
    file: "peers/nest-real.ts",
    routes: REAL,
    peer: "@nestjs/core",
    note: "NestJS on Fastify with its Standard Schema pipe and zod; answers checked in real only",
  },
  { ...node, name: "h3", file: "peers/h3.mjs", routes: SMALL, peer: "h3", note: "zod; answers checked in real only" },
  {
    ...node,
    name: "h3",
    file: "peers/real/h3.mjs",
    routes: REAL,
    peer: "h3",
    note: "zod; answers checked in real only",
  },
  {
    ...node,
    name: "express",
    file: "baselines/express.mjs",
    routes: SMALL,
    peer: "express",
    validates: false,
    note: "checks nothing; in real with zod",
  },
  {
    ...node,
    name: "express",
    file: "peers/real/express.mjs",
    routes: REAL,
    peer: "express",
    note: "checks nothing; in real with zod",
  },
  {
    ...python,
    name: "fastapi",
    file: "peers/fastapi_items.py",
    routes: SMALL,
    note: "FastAPI on uvicorn with uvloop and httptools",
  },
  {
    ...python,
    name: "fastapi",
    file: "peers/fastapi_real.py",
    routes: REAL,
    note: "FastAPI on uvicorn with uvloop and httptools",
  },
  { ...bun, ...byHand, name: "bunraw", file: "baselines/bunraw.mjs", routes: SMALL, note: "Bun.serve by hand" },
  { ...bun, ...byHand, name: "bunraw", file: "peers/real/bunraw.mjs", routes: REAL, note: "Bun.serve by hand" },
  {
    ...bun,
    name: "apus-bun",
    file: "servers/apus.mjs",
    routes: SMALL,
    role: "apus",
    note: "the same files as apus on Bun",
  },
  {
    ...bun,
    name: "apus-bun",
    file: "servers/real/apus.mjs",
    routes: REAL,
    role: "apus",
    note: "the same files as apus on Bun",
  },
  {
    ...bun,
    name: "elysia-bun",
    file: "baselines/elysia-bun.mjs",
    routes: SMALL,
    peer: "elysia",
    note: "its own schemas",
  },
  {
    ...bun,
    name: "elysia-bun",
    file: "peers/real/elysia-bun.mjs",
    routes: REAL,
    peer: "elysia",
    note: "its own schemas",
  },
  {
    ...bun,
    name: "hono-bun",
    file: "baselines/hono-bun.mjs",
    routes: SMALL,
    peer: "hono",
    note: "zod; answers checked in real only",
  },
  {
    ...bun,
    name: "hono-bun",
    file: "peers/real/hono-bun.mjs",
    routes: REAL,
    peer: "hono",
    refuses: 500, // as the given one for Node
    note: "zod; answers checked in real only",
  },
];

/**
 * The smallest application of each, with one route /hello: for cold start, memory and bundle.
 *
 * @type {{ name: string, runtime: Entry["runtime"], role: Entry["role"], file: string, peer?: string, main: boolean }[]}
 *   `main` are those that targets compare
 */
export const hellos = [
  { name: "raw node:http", role: "reference", runtime: "node", file: "baselines/raw.mjs", main: true },
  { name: "raw + import zod", role: "reference", runtime: "node", file: "servers/raw-zod.mjs", main: true },
  { name: "apus hello", role: "apus", runtime: "node", file: "servers/hello.mjs", main: true },
  { name: "apus hello, one schema", role: "apus", runtime: "node", file: "servers/hello-schema.mjs", main: true },
  { name: "fastify", role: "peer", runtime: "node", file: "peers/hello/fastify.mjs", peer: "fastify", main: false },
  { name: "hono", role: "peer", runtime: "node", file: "peers/hello/hono.mjs", peer: "hono", main: false },
  { name: "elysia", role: "peer", runtime: "node", file: "peers/hello/elysia.mjs", peer: "elysia", main: false },
  { name: "nest", role: "peer", runtime: "node", file: "peers/nest-hello.ts", peer: "@nestjs/core", main: false },
  { name: "h3", role: "peer", runtime: "node", file: "peers/hello/h3.mjs", peer: "h3", main: false },
  { name: "express", role: "peer", runtime: "node", file: "peers/hello/express.mjs", peer: "express", main: false },
  { name: "fastapi", role: "peer", runtime: "python", file: "peers/fastapi_items.py", main: false },
  { name: "bunraw", role: "reference", runtime: "bun", file: "baselines/bunraw.mjs", main: false },
  { name: "apus hello on Bun", role: "apus", runtime: "bun", file: "servers/hello.mjs", main: false },
  {
    name: "elysia on Bun",
    role: "peer",
    runtime: "bun",
    file: "peers/hello/elysia-bun.mjs",
    peer: "elysia",
    main: false,
  },
  { name: "hono on Bun", role: "peer", runtime: "bun", file: "peers/hello/hono-bun.mjs", peer: "hono", main: false },
];
