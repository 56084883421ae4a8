/**
 * Reads a parameter model: its fields are collected one by one under their names on the wire, defaults included, and the
 * model as a whole judges them, unknown keys too (contract section 1.5).
 */
import {
  compileReader,
  defaultOf,
  INVALID,
  isZod,
  standardModel,
  type AnySchema,
  type Step,
  type ZodSchema,
} from "../schema/index.ts";
import { headerName, isMultiple, modelOf, type Field } from "./locate.ts";
import type { ReadField } from "./single.ts";

/** One field of a model. */
interface Member {
  readonly key: string;
  readonly wireName: string;
  readonly multiple: boolean;
  readonly standIn: (() => unknown) | undefined;
}

function membersOf(field: Field): Member[] {
  const { location, options, schema } = field;
  const dashes = options.convertUnderscores !== false;
  const member = (key: string, isList: boolean, standIn?: () => unknown): Member => ({
    key,
    wireName: location !== "header" ? key : dashes ? headerName(key) : key.toLowerCase(),
    // A cookie cannot be a list; the list's own reader says so.
    multiple: location !== "cookie" && isList,
    standIn,
  });
  if (!isZod(schema)) {
    return Object.entries(standardModel(schema).properties).map(([key, { type }]) => member(key, type === "array"));
  }
  return Object.entries(modelOf(field)!._zod.def.shape ?? {}).map(([key, each]: [string, ZodSchema]) =>
    member(key, isMultiple(each as unknown as AnySchema), defaultOf(each)),
  );
}

/** The reader of the pairs of a location. */
export function compileModel(field: Field, loc: Step): ReadField {
  const read = compileReader(field.schema);
  const members = membersOf(field);
  const names = new Set(members.flatMap(({ key, wireName }) => [key, wireName]));
  const firstWins = field.location === "header";
  return (pairs, into, problems) => {
    const sent = grouped(pairs as readonly unknown[]);
    const raw = Object.create(null) as Record<string, unknown>;
    for (const { key, wireName, multiple, standIn } of members) {
      const all = sent.get(wireName);
      if (all !== undefined) raw[key] = multiple ? all : firstWins ? all[0] : all.at(-1);
      else if (standIn !== undefined) {
        const value = standIn();
        if (value !== null && value !== undefined) raw[key] = value;
      }
    }
    for (const [name, all] of sent) {
      // A header that is literally named `save_data` is neither what the field save_data reads nor an unknown one.
      if (!names.has(name)) raw[name] = all.length > 1 ? all : all[0];
    }
    const before = problems.length;
    const found = read(raw, problems);
    if (found !== INVALID) into[field.name] = found;
    else for (let i = before; i < problems.length; i++) problems[i]!.loc.unshift(loc);
  };
}

/** @param pairs Name and value in turn; the files of a form are values too. */
function grouped(pairs: readonly unknown[]): Map<string, unknown[]> {
  const values = new Map<string, unknown[]>();
  for (let i = 0; i < pairs.length; i += 2) {
    const known = values.get(pairs[i] as string);
    if (known === undefined) values.set(pairs[i] as string, [pairs[i + 1]]);
    else known.push(pairs[i + 1]);
  }
  return values;
}
