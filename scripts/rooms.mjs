// The table of rooms: who may import whom inside packages/apus/src, and the limits the check holds the house to.
// This is the one place to edit when a room is added or an arrow changes; `npm run check` reads nothing else.

/**
 * @typedef {object} Room
 * @property {"core" | "edge" | "production"} layer
 *   core: bundled for browsers and workers, reaches no room outside the core.
 *   edge: wraps the finished core (adapters, testing, client, command line).
 *   production: built on the public names alone, like a user's own code.
 * @property {readonly string[]} imports Rooms whose door this room may import. `public` stands for `src/index.ts`.
 * @property {readonly string[]} [types] Rooms of which it may import types only (`import type`).
 * @property {boolean} [node] May import `node:` modules and use Node's globals.
 * @property {readonly string[]} [packages] npm packages the room may import.
 * @property {boolean} [unexported] Has no subpath export of its own (core rooms never have one).
 */

/** @type {Readonly<Record<string, Room>>} */
export const rooms = {
  diagnostic: { layer: "core", imports: [] },
  wire: { layer: "core", imports: [] },
  schema: { layer: "core", imports: ["diagnostic", "wire"], packages: ["zod"] },
  origin: { layer: "core", imports: ["diagnostic", "schema"] },
  exchange: { layer: "core", imports: ["diagnostic", "wire"] },
  routing: { layer: "core", imports: ["diagnostic"] },
  response: { layer: "core", imports: ["diagnostic", "exchange", "schema"] },
  error: { layer: "core", imports: ["diagnostic", "exchange", "response", "schema"], packages: ["zod"] },
  multipart: { layer: "core", imports: ["diagnostic", "exchange"] },
  input: { layer: "core", imports: ["diagnostic", "schema", "exchange", "multipart"], packages: ["zod"] },
  dependency: {
    layer: "core",
    imports: ["diagnostic", "around", "exchange", "input", "error", "schema"],
    packages: ["zod"],
  },
  around: { layer: "core", imports: ["diagnostic", "exchange", "response"] },
  "static-files": { layer: "core", imports: ["diagnostic", "exchange", "response", "error"] },
  websocket: { layer: "core", imports: ["diagnostic", "origin", "exchange", "schema", "error", "dependency"] },
  operation: {
    layer: "core",
    imports: [
      "diagnostic",
      "around",
      "input",
      "dependency",
      "response",
      "error",
      "schema",
      "static-files",
      "websocket",
    ],
    packages: ["zod"],
  },
  plan: {
    layer: "core",
    imports: [
      "diagnostic",
      "around",
      "operation",
      "dependency",
      "input",
      "error",
      "response",
      "schema",
      "exchange",
      "routing",
      "websocket",
    ],
    packages: ["zod"],
  },
  openapi: {
    layer: "core",
    imports: ["diagnostic", "wire", "plan", "input", "error", "schema", "routing"],
    packages: ["zod"],
  },
  asyncapi: {
    layer: "core",
    imports: ["plan", "schema", "routing", "openapi"],
    packages: ["zod"],
  },
  app: {
    layer: "core",
    imports: [
      "diagnostic",
      "around",
      "asyncapi",
      "openapi",
      "plan",
      "operation",
      "dependency",
      "error",
      "exchange",
      "response",
      "routing",
      "static-files",
    ],
    packages: ["zod"],
  },

  security: {
    layer: "edge",
    imports: ["diagnostic", "dependency", "error", "exchange", "input", "wire"],
    types: ["schema"],
    packages: ["zod"],
  },
  middleware: {
    layer: "edge",
    imports: ["diagnostic", "around", "dependency", "error", "exchange", "origin", "response", "wire"],
  },
  settings: { layer: "edge", imports: ["diagnostic", "dependency", "schema", "wire"], node: true },
  docs: { layer: "edge", imports: ["openapi", "response"] },
  types: { layer: "edge", imports: ["diagnostic", "schema", "wire"], types: ["multipart"], packages: ["zod"] },
  templates: {
    layer: "edge",
    imports: ["diagnostic", "response"],
    types: ["exchange"],
    node: true,
    packages: ["liquidjs"],
  },
  server: {
    layer: "edge",
    imports: ["diagnostic", "app", "error", "exchange"],
    node: true,
    packages: ["ws"],
  },
  testing: {
    layer: "edge",
    imports: ["diagnostic", "wire", "app", "client", "exchange", "server", "websocket"],
    node: true,
  },
  client: { layer: "edge", imports: [], types: ["operation", "error"] },
  cli: { layer: "edge", imports: ["server"], node: true, packages: ["citty", "tsx"], unexported: true },
};

export const limits = {
  /** Lines of one source file, tests included. */
  lines: { warning: 300, error: 400 },
  /** How often the keyword `any` may stand in packages/apus/src outside tests. Lower it whenever one goes. */
  any: 3,
  /** File and folder names that say nothing about what is inside. */
  forbiddenNames: ["utils", "util", "helpers", "helper", "common", "misc", "shared"],
  /**
   * Bytes of `minified + gzip` of what a browser or worker loads, zod excluded: actual size + 15 %.
   * @type {Readonly<Record<string, number>>}
   */
  bundles: {
    "src/index.ts": 128_000,
    "src/client/index.ts": 5_000,
    "src/security/index.ts": 36_000,
    "src/middleware/index.ts": 47_000,
    "src/settings/index.ts": 40_000,
  },
};
