/** Gathers what the sources say about each setting into one tree, the stronger sources over the weaker. */
import { defaultOf, mayBeAbsent, preprocesses, unwrap, type ZodSchema } from "../schema/index.ts";
import { readJsonText } from "../wire/index.ts";
import { variableName, type Fold } from "./names.ts";
import type { SettingsOptions } from "./options.ts";
import type { FoundProblem } from "./settings-error.ts";
import { fieldsOf, groupsIn, isRecord, keyNamed, placeOf, textForm } from "./shape.ts";
import type { Source, Variable } from "./sources.ts";
import {
  branch,
  faulty,
  isPlain,
  leaf,
  leavesOf,
  merged,
  nodeAt,
  put,
  type Branch,
  type Node,
  type Origin,
} from "./tree.ts";

/** One field of the schema, and the variables that set it. */
export interface Setting {
  readonly key: string;
  readonly schema: ZodSchema;
  /** The first that is set counts. */
  readonly names: readonly string[];
  /** What stands between the items of a list that is not written as JSON. */
  readonly split: string | undefined;
}

export interface Rules {
  readonly options: SettingsOptions;
  readonly settings: readonly Setting[];
  /** Whether the reader takes numbers as JSON writes them. */
  readonly numbers: "plain" | "exact";
}

/** What one source says about all settings. */
function gathered(source: Source, rules: Rules, stronger: Branch, problems: FoundProblem[]): Branch {
  const root = branch();
  const delimiter = rules.options.envNestedDelimiter && source.fold(rules.options.envNestedDelimiter);
  const refusing = source.kind === "env file" && rules.options.extra !== "ignore";
  const used = new Set(source.references);
  const take = (variable: Variable, path: readonly string[], schema: ZodSchema | undefined, loose = false): void => {
    // What a stronger source has decided is not looked at: the file need not be readable.
    if (source.kind === "secrets" && nodeAt(stronger, path)?.kind === "leaf") return;
    const split = path.length === 1 ? rules.settings.find(({ key }) => key === path[0])?.split : undefined;
    const node = nodeOf(variable, { schema, split, loose }, rules, source);
    if (node !== undefined) put(root, path, node);
  };
  for (const { key, schema, names } of rules.settings) {
    const folded = names.map(source.fold);
    let found = false;
    for (const name of folded) {
      const variable = source.variables.get(name);
      if (variable === undefined) continue;
      used.add(name);
      if (found || isIgnored(variable, rules)) continue;
      take(variable, [key], schema);
      found = true;
    }
    if (delimiter === undefined || textForm(schema) === "text") continue;
    const parts = [...source.variables].flatMap(([name, variable]) => {
      const start = folded.find((each) => name.startsWith(each + delimiter));
      if (start === undefined || used.has(name)) return [];
      const place = placeOf(schema, name.slice(start.length + delimiter.length), delimiter, source.fold);
      if (place.known) used.add(name);
      return isIgnored(variable, rules) ? [] : [{ variable, place }];
    });
    // A part is said by its own variable, whatever the order of the variables.
    for (const { variable, place } of parts.toSorted((one, other) => one.place.path.length - other.place.path.length)) {
      // What leads nowhere goes where it would be, and is refused there or not; in a `.env` file it is no setting.
      const loose = place.anything === true && isRecord(schema);
      if (place.known || !refusing) take(variable, [key, ...place.path], place.schema, loose);
    }
  }
  if (refusing) refuseOthers(source, rules, used, problems);
  return root;
}

/** Whether an empty text counts as not set. */
function isIgnored(variable: Variable, { options }: Rules): boolean {
  if (options.envIgnoreEmpty !== true) return false;
  const found = variable.read();
  return "text" in found && found.text === "";
}

/** @param expected.loose Whether it is what its text says as JSON, if it says anything: deep in records that hold anything. */
function nodeOf(
  variable: Variable,
  {
    schema,
    split,
    loose,
  }: { readonly schema: ZodSchema | undefined; readonly split: string | undefined; readonly loose: boolean },
  { options, numbers }: Rules,
  { kind, fold }: Source,
): Node | undefined {
  const found = variable.read();
  const { name, where } = variable;
  if ("fault" in found) return faulty(found.fault, { name, where });
  const { text } = found;
  const origin: Origin = { name, where };
  if (kind !== "secrets" && text === options.envParseNoneStr) return leaf(null, origin);
  if (split !== undefined) {
    return leaf(text.trim() === "" ? [] : text.split(split).map((item) => item.trim()), origin);
  }
  const form = schema === undefined ? "text" : textForm(schema);
  if (form === "text" && !loose) return leaf(text, origin);
  const json = readJsonText(text, numbers);
  if (loose) return "value" in json ? fromJson(json.value, schema, origin, fold) : leaf(text, origin);
  if (form === "json") {
    return "value" in json ? fromJson(json.value, schema, origin, fold) : faulty(notJson(schema!), origin);
  }
  // A number or a word that JSON could say as well is meant as the text it is.
  const isMeant = "value" in json && typeof json.value === "object";
  return isMeant ? fromJson(json.value, schema, origin, fold) : leaf(text, origin);
}

function notJson(schema: ZodSchema): string {
  const example = groupsIn(schema).length > 0 ? '{"key": "value"}' : '["a", "b"]';
  return `should be JSON, such as ${example}`;
}

/** Objects become branches, so that variables of single keys go over them. Keys are found as in names of variables. */
function fromJson(value: unknown, schema: ZodSchema | undefined, origin: Origin, fold: Fold): Node {
  if (!isPlain(value)) return leaf(value, origin);
  const groups = schema === undefined ? [] : groupsIn(schema);
  const made = branch(origin);
  for (const [written, part] of Object.entries(value)) {
    const exact = groups.find((group) => Object.hasOwn(fieldsOf(group), written));
    const group = exact ?? groups.find((each) => keyNamed(fold(variableName(written)), each, fold) !== undefined);
    const ofRecord = group?._zod.def.valueType !== undefined;
    const key =
      exact !== undefined || group === undefined || ofRecord
        ? written
        : keyNamed(fold(variableName(written)), group, fold)![0];
    // The key as the schema writes it is stronger than another way to write it.
    if (key !== written && Object.hasOwn(value, key)) continue;
    const inner = group === undefined ? undefined : ofRecord ? group._zod.def.valueType : fieldsOf(group)[key];
    made.children.set(key, fromJson(part, inner, origin, fold));
  }
  return made;
}

/** The arguments of `read()`: values, not texts. What is undefined is not given. */
export function given(values: unknown, path: readonly string[] = []): Node {
  const origin: Origin = { name: path.join("."), where: "argument" };
  if (!isPlain(values)) return leaf(values, origin);
  const made = branch(origin);
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) made.children.set(key, given(value, [...path, key]));
  }
  return made;
}

function refuseOthers(source: Source, { options }: Rules, used: ReadonlySet<string>, problems: FoundProblem[]): void {
  const prefix = source.fold(options.envPrefix ?? "");
  for (const [key, { name, where }] of source.variables) {
    if (used.has(key) || !key.startsWith(prefix)) continue;
    // A line of a key that was pasted without quotes can look like a name.
    const isName = /^(?:[A-Z_][A-Z0-9_]{0,63}|[a-z_][a-z0-9_]{0,63})$/.test(name.slice(prefix.length));
    problems.push({
      setting: undefined,
      names: [isName ? name : where],
      where: isName ? where : undefined,
      says: 'is no setting; correct the name, or say extra: "ignore" if others read this file too',
    });
  }
}

/**
 * Puts in what stands for settings that are set nowhere: defaults, which are judged as if they had been set, and for an object
 * that is not optional an empty one, so that its own fields are asked.
 */
export function withDefaults(root: Branch, fields: Readonly<Record<string, ZodSchema>>): void {
  fill(root, fields, []);
}

function fill(into: Branch, fields: Readonly<Record<string, ZodSchema>>, around: readonly ZodSchema[]): void {
  for (const [key, schema] of Object.entries(fields)) {
    const inner = preprocesses(schema) ? schema : unwrap(schema);
    const isObject = inner._zod.def.type === "object" && inner._zod.def.wire === undefined;
    const known = into.children.get(key);
    if (known === undefined) {
      const value = defaultOf(schema)?.();
      if (value !== undefined && value !== null) into.children.set(key, leaf(value, undefined));
      else if (isObject && !mayBeAbsent(schema) && !around.includes(inner)) into.children.set(key, branch());
    }
    const node = into.children.get(key);
    if (isObject && node?.kind === "branch") fill(node, fieldsOf(inner), [...around, inner]);
  }
}

/** All sources in one tree. */
export function gather(sources: readonly Source[], args: Branch, rules: Rules, problems: FoundProblem[]): Branch {
  let tree = args;
  for (const source of sources) {
    const found = gathered(source, rules, tree, problems);
    // A variable that cannot be read is told even where a stronger one stands over it.
    for (const [{ fault, origin }, [setting]] of leavesOf(found)) {
      if (fault !== undefined) problems.push({ setting, names: [origin!.name], where: origin!.where, says: fault });
    }
    tree = merged(found, tree) as Branch;
  }
  return tree;
}
