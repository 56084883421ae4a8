// Rule "arrow": rooms import only the rooms the table allows them, and the arrows never lead back.
import { findCycles } from "./cycles.mjs";
import { localImports, productFiles, roomOf } from "./source-tree.mjs";

/** @typedef {import("./source-tree.mjs").SourceTree} SourceTree */
/** @typedef {import("./source-tree.mjs").Finding} Finding */
/** @typedef {import("../rooms.mjs").Room} Room */

const TABLE = "scripts/rooms.mjs";
const PUBLIC = "public";

/**
 * @param {SourceTree} tree
 * @param {Readonly<Record<string, Room>>} rooms
 * @returns {Finding[]}
 */
export function arrows(tree, rooms) {
  return [...tableErrors(tree, rooms), ...forbiddenArrows(tree, rooms), ...roomCycles(tree)];
}

/** All rooms a row lets in, for their values or for their types. */
const targetsOf = (/** @type {Room} */ room) => [...room.imports, ...(room.types ?? [])];

/**
 * The table itself must keep the promises of the layers, so that a careless row cannot break them.
 *
 * @param {SourceTree} tree
 * @param {Readonly<Record<string, Room>>} rooms
 * @returns {Finding[]}
 */
function tableErrors(tree, rooms) {
  /** @type {Finding[]} */
  const findings = [];
  const report = (/** @type {string} */ message) =>
    findings.push({ severity: "error", rule: "arrow", file: TABLE, line: 1, message });
  const onDisk = new Set(productFiles(tree).flatMap(({ path }) => roomOf(path) ?? []));

  for (const room of onDisk) {
    if (!Object.hasOwn(rooms, room)) report(`the room ${room} is not in the table. Add a row for it.`);
    if (!tree.files.has(`src/${room}/index.ts`))
      report(`the room ${room} has no door: src/${room}/index.ts is missing.`);
  }
  for (const [name, room] of Object.entries(rooms)) {
    if (!onDisk.has(name)) report(`the table has a room ${name}, but src/${name} has no file. Remove the row.`);
    if (room.layer === "core" && room.node === true) report(`the core room ${name} may not be given node: modules.`);
    for (const target of targetsOf(room)) {
      if (target !== PUBLIC && !Object.hasOwn(rooms, target)) {
        report(`the room ${name} may import ${target}, which is not in the table.`);
        continue;
      }
      const layer = target === PUBLIC ? "public" : rooms[target]?.layer;
      if (room.layer === "core" && layer !== "core")
        report(`the core room ${name} may not import ${target}: the core reaches nothing outside itself.`);
      if (room.layer === "edge" && layer === "production")
        report(`the room ${name} may not import ${target}: production rooms stand on the framework, not below it.`);
      if (room.layer === "production" && layer === "core")
        report(`the production room ${name} may not import ${target}: it uses the public names (${PUBLIC}).`);
    }
  }
  const graph = new Map(Object.entries(rooms).map(([name, room]) => [name, new Set(targetsOf(room))]));
  for (const cycle of findCycles(graph)) report(`the allowed arrows lead back: ${cycle.join(" → ")}.`);
  return findings;
}

/**
 * @param {SourceTree} tree
 * @param {Readonly<Record<string, Room>>} rooms
 * @returns {Finding[]}
 */
function forbiddenArrows(tree, rooms) {
  /** @type {Finding[]} */
  const findings = [];
  /** @type {Set<string>} */
  const used = new Set();
  for (const file of productFiles(tree)) {
    const room = roomOf(file.path);
    if (room === undefined) {
      if (file.path !== "src/index.ts")
        findings.push({
          severity: "error",
          rule: "arrow",
          file: file.path,
          line: 1,
          message: "a file outside all rooms. Only src/index.ts, the public names, stands there; move it into a room.",
        });
      continue;
    }
    for (const { to, by } of localImports(tree, file)) {
      const target = roomOf(to.path) ?? PUBLIC;
      if (target === room) continue;
      used.add(`${room} ${target}`);
      const row = rooms[room];
      if (row === undefined || row.imports.includes(target)) continue;
      const known = row.types?.includes(target) === true;
      if (known && by.typeOnly) continue;
      findings.push({
        severity: "error",
        rule: "arrow",
        file: file.path,
        line: by.line,
        message: known
          ? `${room} may import types of ${target} only: write "import type".`
          : `${room} may not import ${target} (allowed: ${targetsOf(row).join(", ") || "no room"}). Turn the dependency round, or change the arrow in ${TABLE}.`,
      });
    }
  }
  for (const [name, room] of Object.entries(rooms)) {
    const idle = targetsOf(room).filter((target) => !used.has(`${name} ${target}`));
    if (idle.length === 0) continue;
    const message = `nothing in ${name} imports ${idle.join(", ")} any more: remove the arrows.`;
    findings.push({ severity: "warning", rule: "arrow", file: TABLE, line: 1, message });
  }
  return findings;
}

/**
 * @param {SourceTree} tree
 * @returns {Finding[]}
 */
function roomCycles(tree) {
  /** @type {Map<string, Set<string>>} */
  const graph = new Map();
  /** @type {Map<string, { file: string, line: number }>} */
  const places = new Map();
  for (const file of productFiles(tree)) {
    const room = roomOf(file.path) ?? PUBLIC;
    for (const { to, by } of localImports(tree, file)) {
      const target = roomOf(to.path) ?? PUBLIC;
      if (target === room) continue;
      const targets = graph.get(room) ?? new Set();
      graph.set(room, targets.add(target));
      const key = `${room} ${target}`;
      if (!places.has(key)) places.set(key, { file: file.path, line: by.line });
    }
  }
  return findCycles(graph).map((cycle) => {
    const steps = cycle.slice(1).map((target, index) => {
      const place = places.get(`${cycle[index]} ${target}`);
      return `${cycle[index]} → ${target} at ${place?.file}:${place?.line}`;
    });
    const first = places.get(`${cycle[0]} ${cycle[1]}`);
    return {
      severity: "error",
      rule: "cycle",
      file: first?.file ?? TABLE,
      line: first?.line ?? 1,
      message: `these rooms import each other in a circle: ${steps.join(", ")}.`,
    };
  });
}
