/** `settings()`: reads an environment by a schema, and is a dependency that lives as long as the app. */
import { depends, provide, type Dependency } from "../dependency/index.ts";
import { ApusError } from "../diagnostic/index.ts";
import {
  compileReader,
  holeIn,
  INVALID,
  isSchema,
  isZod,
  mayBeAbsent,
  preprocesses,
  unwrap,
  wantsExactNumbers,
  type AnySchema,
  type In,
  type Out,
  type Problem,
  type Read,
  type ZodSchema,
} from "../schema/index.ts";
import { constantWords } from "./constant-words.ts";
import { frozen } from "./frozen.ts";
import { gather, given, withDefaults, type Rules, type Setting } from "./gather.ts";
import { exactly, ignoringCase, variableName } from "./names.ts";
import { checkOptions, declarationError, listOf, type SettingsOptions } from "./options.ts";
import { hintFor, told } from "./report.ts";
import { ordered, SettingsError, type FoundProblem } from "./settings-error.ts";
import { declaredKeys, fieldsOf, isList } from "./shape.ts";
import { sourcesOf } from "./sources.ts";
import { valueOf, type Branch } from "./tree.ts";

/** What may be given to `read`: any of the settings, any part of one. */
export type SettingsArguments<T> = T extends
  readonly unknown[] | Date | Uint8Array | ReadonlySet<unknown> | ReadonlyMap<unknown, unknown>
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: SettingsArguments<T[K]> | undefined }
    : T;

/** Settings: a dependency of scope `app`, and what it gives, at once, to whoever is outside of an app. */
export interface Settings<S> extends Dependency<Out<S>, never, "app", object> {
  /**
   * Reads the settings now: for a program's entry, scripts and migrations.
   * @param args Settings that are stronger than every source.
   * @throws SettingsError that names everything that is missing or wrong.
   */
  read(args?: SettingsArguments<In<S>> | undefined): Out<S>;
}

/**
 * Declares settings: read from the environment, `.env` files and secret files, checked by a schema. As a dependency they are
 * read once, when the app starts, so that a wrong environment stops the start and names everything that is wrong; no value is
 * ever shown. The values are frozen.
 *
 * The strongest first: arguments of `read()`, environment, `.env` files, secret files, defaults. `itemsPerUser` is read from
 * ITEMS_PER_USER, in any case; lists and objects are JSON. The semantics are pydantic-settings'.
 *
 * @param schema An object schema of zod. Texts are converted as in a query: `"true"`, `"5"`, dates, `types.*`.
 * @throws ApusError for a schema without fields that can be named, or for an option that there is not.
 * @example
 * const Settings = z.object({ adminEmail: z.email(), itemsPerUser: z.int().default(50) });
 * export const config = settings(Settings, { envFile: ".env" });
 * get("/info", { input: { config } }, ({ config }) => ({ items: config.itemsPerUser }));
 * const { adminEmail } = config.read();
 */
export function settings<S extends AnySchema>(schema: S, options: SettingsOptions<S> = {}): Settings<S> {
  const root = objectOf(schema);
  const fields = fieldsOf(root);
  checkOptions(options, new Map(Object.entries(fields).map(([key, field]) => [key, isList(field)])));
  const rules: Rules = {
    options,
    settings: settingsOf(fields, options),
    numbers: wantsExactNumbers(schema) ? "exact" : "plain",
  };
  const reader = freezing(compileReader(schema, "lax", rules.numbers));
  const known = { keys: declaredKeys(root), words: constantWords(schema as unknown as ZodSchema) };
  const read = (args: unknown = {}): Out<S> => {
    const problems: FoundProblem[] = [];
    const tree = gather(sourcesOf(rules.options, problems), argumentsOf(args, fields, problems), rules, problems);
    withDefaults(tree, fields);
    const raw = valueOf(tree) as Readonly<Record<string, unknown>>;
    const found: Problem[] = [];
    const value = attempt(reader, raw, found, () => problems.push(...thrownBy(fields, raw, rules)));
    let isMissing = false;
    for (const each of found) {
      const said = told(each, tree, rules, known);
      if (said === undefined) continue;
      problems.push(said);
      isMissing ||= each.type === "missing";
    }
    if (problems.length > 0 || value === INVALID) {
      const hint = isMissing ? hintFor(rules.options) : undefined;
      throw new SettingsError(ordered(problems, Object.keys(fields)), hint);
    }
    return value as Out<S>;
  };
  const dependency = depends(() => provide(read()), { scope: "app", name: "settings" });
  return Object.assign(dependency, { read });
}

function objectOf(schema: AnySchema): ZodSchema {
  if (isSchema(schema) && isZod(schema) && !mayBeAbsent(schema) && !preprocesses(schema)) {
    const inner = unwrap(schema);
    if (inner._zod.def.type === "object" && inner._zod.def.wire === undefined) {
      const hole = holeIn(schema);
      if (hole === undefined) return inner;
      throw declarationError(`${hole} is no schema: most likely two modules import each other.`);
    }
  }
  throw declarationError("it takes an object schema of zod: settings(z.object({ adminEmail: z.email() })).");
}

/** What a record says of a setting; one may be called `constructor`. */
function ownOf<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The fields and what they are called outside. */
function settingsOf(fields: Readonly<Record<string, ZodSchema>>, options: SettingsOptions): Setting[] {
  const { alias, split, envPrefix = "", caseSensitive } = options;
  const found = Object.entries(fields).map(([key, schema]): Setting => {
    const aliases = listOf(ownOf(alias, key));
    const own = caseSensitive === true ? envPrefix + variableName(key) : (envPrefix + variableName(key)).toUpperCase();
    return { key, schema, names: aliases.length > 0 ? aliases : [own], split: ownOf(split, key) };
  });
  const users = new Map<string, string>();
  for (const { key, names } of found) {
    for (const name of new Set(names.map(caseSensitive === true ? exactly : ignoringCase))) {
      const other = users.get(name);
      if (other !== undefined)
        throw declarationError(`"${other}" and "${key}" would be read from the same variable, ${names[0]!}.`);
      users.set(name, key);
    }
  }
  return found;
}

function argumentsOf(args: unknown, fields: Readonly<Record<string, ZodSchema>>, problems: FoundProblem[]): Branch {
  const node = given(args);
  if (node.kind === "leaf")
    throw declarationError("read() takes a record of settings: config.read({ itemsPerUser: 3 }).");
  // Every part has its own origin; that of the whole would stand for all that is missing.
  const tree: Branch = { ...node, origin: undefined };
  for (const name of tree.children.keys()) {
    if (Object.hasOwn(fields, name)) continue;
    problems.push({ setting: undefined, names: [name], where: "argument", says: "is no setting" });
  }
  return tree;
}

/** To freeze a value is to look at it: a getter of the author's that throws is one of the functions that may hold the value. */
function freezing(read: Read): Read {
  return (raw, problems) => frozen(read(raw, problems));
}

/**
 * Reads; what a function of the author's throws may hold the value, so it is not handed on, whatever its class: what Apus says
 * of a wrong option can repeat it too.
 */
function attempt(read: Read, raw: unknown, problems: Problem[], thrown: () => void): unknown {
  try {
    return read(raw, problems);
  } catch (error) {
    if (error instanceof ApusError && error.code === "APUS_ASYNC_SCHEMA") throw error;
    thrown();
    return INVALID;
  }
}

/** Which settings an author's function threw for. */
function thrownBy(
  fields: Readonly<Record<string, ZodSchema>>,
  raw: Readonly<Record<string, unknown>>,
  { settings, numbers }: Rules,
): FoundProblem[] {
  const says = "a function of the schema threw for it (what is not shown, as it could show what is set)";
  const found = settings.flatMap(({ key, names }): FoundProblem[] => {
    const problems: FoundProblem[] = [];
    const add = (): void => void problems.push({ setting: key, names, where: undefined, says });
    attempt(freezing(compileReader(fields[key]! as unknown as AnySchema, "lax", numbers)), raw[key], [], add);
    return problems;
  });
  if (found.length > 0) return found;
  return [{ setting: undefined, names: ["the settings as a whole"], where: undefined, says }];
}
