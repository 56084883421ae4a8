/** The plan room: an operation's path through the four phases to its answer. */
export { failure } from "./failure.ts";
export { link, linkContext } from "./link.ts";
export type { Plan, Reporter } from "./plan.ts";
export { run } from "./run.ts";
export { slowPatterns } from "./slow-patterns.ts";
