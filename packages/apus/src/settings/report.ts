/** Tells which variables are missing or wrong, from what the reader of the schema found. */
import type { Problem, Step, ZodSchema } from "../schema/index.ts";
import { pathOf } from "./files.ts";
import type { Rules } from "./gather.ts";
import { variableName } from "./names.ts";
import { listOf, type SettingsOptions } from "./options.ts";
import type { FoundProblem } from "./settings-error.ts";
import { fieldsOf, groupsIn } from "./shape.ts";
import { leavesOf, type Branch, type Node, type Origin } from "./tree.ts";
import { wordsFor } from "./words.ts";

/**
 * What a problem of the reader means to whoever sets the variables.
 * @param known Every key of the schema, and its constant messages. Anything else can be a part of what was set, and is not shown.
 * @returns undefined for what follows from a fault of a variable, which is told already.
 */
export function told(
  { loc, ...problem }: Problem,
  tree: Branch,
  rules: Rules,
  { keys: declared, words }: { readonly keys: ReadonlySet<string>; readonly words: ReadonlySet<string> },
): FoundProblem | undefined {
  const way = wayTo(tree, loc);
  const last = way.at(-1)!;
  if (last.kind === "leaf" && last.fault !== undefined) return undefined;
  const origins = originsUnder(last);
  const origin = way.findLast((node) => node.origin !== undefined)?.origin;
  // How much of the way the variable's name says; the rest stands inside its value.
  const made = way.findIndex((node) => node.origin === origin);
  const says = wordsFor({ loc, ...problem }, words, inside(loc, declared) ?? "the settings as a whole");
  const within = (steps: readonly Step[]): string => {
    const shown = inside(steps, declared);
    return shown === undefined ? "" : `, at ${shown}`;
  };
  const setting = rules.settings.find(({ key }) => key === loc[0]);
  if (setting === undefined) return { setting: undefined, names: ["the settings as a whole"], where: undefined, says };
  const { key, names } = setting;
  if (last.kind === "leaf" && last.origin === undefined) {
    return { setting: key, names, where: "its default", says: says + within(loc.slice(way.length - 1)) };
  }
  const own = namesOf(setting.names, setting.schema, loc.slice(1), rules.options.envNestedDelimiter);
  // What is missing is told by the variable that would set it, if there could be one.
  if (problem.type === "missing" && own !== undefined && origin?.where !== "argument") {
    return { setting: key, names: own, where: undefined, says };
  }
  if (origin !== undefined) {
    return { setting: key, names: [origin.name], where: origin.where, says: says + within(loc.slice(made)) };
  }
  // Something about several variables together.
  const together = [...new Set(origins.map(({ name }) => name))];
  if (together.length > 0) return { setting: key, names: [together.join(" with ")], where: undefined, says };
  return { setting: key, names, where: undefined, says: says + within(loc.slice(1)) };
}

/** The nodes from the root to where a problem stands, as far as there are any. */
function wayTo(tree: Branch, loc: readonly Step[]): Node[] {
  const way: Node[] = [tree];
  for (const step of loc) {
    const at = way.at(-1)!;
    const next = at.kind === "branch" ? at.children.get(String(step)) : undefined;
    if (next === undefined) break;
    way.push(next);
  }
  return way;
}

function originsUnder(node: Node): Origin[] {
  return [...leavesOf(node)].flatMap(([{ origin }]) => origin ?? []);
}

/** The variables of a part of a setting; undefined where no variable can name it. */
function namesOf(
  names: readonly string[],
  schema: ZodSchema,
  path: readonly Step[],
  delimiter: string | undefined,
): readonly string[] | undefined {
  if (path.length === 0) return names;
  if (delimiter === undefined) return undefined;
  let at: ZodSchema | undefined = schema;
  let end = "";
  for (const step of path) {
    const group: ZodSchema | undefined = groupsIn(at).find((each) => Object.hasOwn(fieldsOf(each), step));
    if (group === undefined) return undefined;
    end += delimiter + variableName(String(step));
    at = fieldsOf(group)[step]!;
  }
  return names.map((name) => name + end);
}

/** Where a problem stands, as far as the schema names it: `[2].host`. Undefined for what it does not name. */
function inside(steps: readonly Step[], declared: ReadonlySet<string>): string | undefined {
  const shown = steps.flatMap((step) =>
    typeof step === "number" ? `[${step}]` : declared.has(step) ? `.${step}` : [],
  );
  return shown.length === 0 ? undefined : shown.join("").replace(/^\./, "");
}

/** Where what is missing may be set. */
export function hintFor({ env, envFile, secretsDir }: SettingsOptions): string {
  const places = [
    env === undefined ? "in the environment" : "in env",
    ...listOf(envFile).map((file) => `in ${pathOf(file).shown}`),
    ...listOf(secretsDir).map((directory) => `as a file in ${pathOf(directory).shown}`),
  ];
  const last = places.pop()!;
  return `What is missing is set ${places.length === 0 ? last : `${places.join(", ")} or ${last}`}.`;
}
