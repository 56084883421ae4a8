/** The options of an operation by name: what is spelled differently is said so, where no type checker does. */
import { ApusError } from "../diagnostic/index.ts";
import type { Declared } from "./declare.ts";

/** Held complete by its type: an option that is missing here, or one too many, does not compile. */
const known: Readonly<Record<keyof Declared["options"], true>> = {
  as: true,
  bodyLimit: true,
  bodyTimeout: true,
  dependencies: true,
  deprecated: true,
  description: true,
  errors: true,
  excludeDefaults: true,
  excludeNull: true,
  excludeUnset: true,
  includeInSchema: true,
  input: true,
  middleware: true,
  name: true,
  only: true,
  openapi: true,
  operationId: true,
  output: true,
  responseDescription: true,
  responses: true,
  status: true,
  strictContentType: true,
  strictTypes: true,
  summary: true,
  tags: true,
  timeout: true,
  without: true,
};

/** @throws ApusError for an option that there is not. */
export function checkOptionNames(options: object, operation: string): void {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(known, name)) continue;
    const meant = Object.keys(known).find((each) => isClose(each.toLowerCase(), name.toLowerCase()));
    const advice = meant === undefined ? "" : `; did you mean \`${meant}\`?`;
    throw new ApusError(`APUS_OPTIONS: ${operation}: there is no option \`${name}\`${advice || "."}`);
  }
}

/** Whether one letter that is missing, superfluous or wrong, or two neighbours that changed places, make the difference. */
function isClose(one: string, other: string): boolean {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  let end = 0;
  const shorter = Math.min(one.length, other.length);
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const [left, right] = [one, other].map((text) => text.slice(start, text.length - end)) as [string, string];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && left === [...right].reverse().join("");
}
