// Rule "cycle": neither files nor rooms import each other in a circle. Also the search both of them use.
// Between files only what runs counts (a circle of types is erased); between rooms types count as well,
// because a room that needs another's types cannot be understood without it.
import { localImports, productFiles } from "./source-tree.mjs";

/** @typedef {import("./source-tree.mjs").SourceTree} SourceTree */
/** @typedef {import("./source-tree.mjs").Finding} Finding */

/**
 * @param {SourceTree} tree
 * @returns {Finding[]}
 */
export function fileCycles(tree) {
  /** @type {Map<string, Set<string>>} */
  const graph = new Map();
  /** @type {Map<string, number>} */
  const lines = new Map();
  for (const file of productFiles(tree)) {
    const targets = new Set();
    for (const { to, by } of localImports(tree, file)) {
      // A module loaded later, by `import()` or as a worker, is not needed for this one to load.
      if (by.typeOnly || by.kind === "dynamic" || by.kind === "url") continue;
      targets.add(to.path);
      lines.set(`${file.path} ${to.path}`, by.line);
    }
    graph.set(file.path, targets);
  }
  return findCycles(graph).map((cycle) => ({
    severity: "error",
    rule: "cycle",
    file: cycle[0] ?? "",
    line: lines.get(`${cycle[0]} ${cycle[1]}`) ?? 1,
    message: `these files import each other in a circle: ${cycle.join(" → ")}. Move what they share into a file of its own.`,
  }));
}

/**
 * One shortest cycle for each group of nodes that reach each other, each starting and ending with the same node.
 *
 * @param {ReadonlyMap<string, ReadonlySet<string>>} graph
 * @returns {string[][]}
 */
export function findCycles(graph) {
  /** @type {string[][]} */
  const cycles = [];
  /** @type {Set<string>} */
  const settled = new Set();
  for (const start of [...graph.keys()].toSorted()) {
    if (settled.has(start)) continue;
    const cycle = shortestWayBack(graph, start);
    if (cycle === undefined) continue;
    cycles.push(cycle);
    for (const node of cycle) settled.add(node);
  }
  return cycles;
}

/**
 * @param {ReadonlyMap<string, ReadonlySet<string>>} graph
 * @param {string} start
 * @returns {string[] | undefined}
 */
function shortestWayBack(graph, start) {
  /** @type {Map<string, string>} */
  const cameFrom = new Map();
  const queue = [start];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    for (const next of graph.get(node) ?? []) {
      if (next === start) {
        const way = [start];
        for (let at = node; at !== start; at = cameFrom.get(at) ?? start) way.unshift(at);
        return [start, ...way];
      }
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  return undefined;
}
