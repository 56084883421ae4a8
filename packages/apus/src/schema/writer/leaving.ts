/** What an answer leaves out although its schema has it: FastAPI's `response_model_exclude_…` and `_include` (contract, section 4.3). */
import { ApusError } from "../../diagnostic/index.ts";
import type { AnySchema } from "../types.ts";
import { isZod, partsOf, type ZodSchema } from "../zod.ts";

/** Keys, or a map from keys to what is meant inside them. The items of a list are selected from alike. */
export type Selection = readonly string[] | { readonly [key: string]: true | Selection };

export interface Leaving {
  /** Leaves out what the handler did not give and defaults would fill in. */
  readonly excludeUnset?: boolean | undefined;
  /** Leaves out what equals its default. */
  readonly excludeDefaults?: boolean | undefined;
  /** Leaves out keys of models whose value is null. */
  readonly excludeNull?: boolean | undefined;
  /** Keeps only these keys. */
  readonly only?: Selection | undefined;
  /** Leaves these keys out. */
  readonly without?: Selection | undefined;
}

/** Whether anything is left out at all. */
export function leaves(leaving: Leaving): boolean {
  return leavesByValue(leaving) || leaving.only !== undefined || leaving.without !== undefined;
}

/** Whether anything is left out for its value rather than for its name. */
export function leavesByValue({ excludeUnset, excludeDefaults, excludeNull }: Leaving): boolean {
  return excludeUnset === true || excludeDefaults === true || excludeNull === true;
}

/** Keeps (`only`) or drops (`without`) the selected keys of a written value. */
export function prune(value: unknown, selection: Selection, keep: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => prune(item, selection, keep));
  if (typeof value !== "object" || value === null) return value;
  const found: [string, unknown][] = [];
  for (const [key, each] of Object.entries(value)) {
    const inner = selected(selection, key);
    if (inner === undefined ? !keep : inner === true && keep) found.push([key, each]);
    else if (typeof inner === "object") found.push([key, prune(each, inner, keep)]);
  }
  return Object.fromEntries(found);
}

function selected(selection: Selection, key: string): true | Selection | undefined {
  if (isList(selection)) return selection.includes(key) ? true : undefined;
  return Object.hasOwn(selection, key) ? selection[key] : undefined;
}

function isList(selection: Selection): selection is readonly string[] {
  return Array.isArray(selection);
}

/** @throws ApusError for a key that no object at that place has: most likely a slip of the pen. */
export function checkSelection(schema: AnySchema, { only, without }: Leaving): void {
  if (!isZod(schema)) return;
  if (only !== undefined) checkKeys([schema], only, "only");
  if (without !== undefined) checkKeys([schema], without, "without");
}

function checkKeys(schemas: readonly ZodSchema[], selection: Selection, option: string): void {
  const objects = objectsIn(schemas);
  // A mapping and a catch-all have keys that nobody knows before; the catch-all of a strict object takes none.
  if (objects.length === 0 || objects.some(({ _zod: { def } }) => (def.catchall?._zod.def.type ?? "never") !== "never"))
    return;
  for (const key of isList(selection) ? selection : Object.keys(selection)) {
    const fields = objects.flatMap((each) => each._zod.def.shape?.[key] ?? []);
    if (fields.length === 0) {
      throw new ApusError(`APUS_SELECTION: \`${option}\` names "${key}", which the output does not have.`);
    }
    const inner = selected(selection, key);
    if (typeof inner === "object") checkKeys(fields, inner, option);
  }
}

/** The object schemas that a selection is about: through lists, unions, defaults and the like, but not through their fields. */
function objectsIn(schemas: readonly ZodSchema[], seen = new Set<ZodSchema>()): ZodSchema[] {
  return schemas.flatMap((schema) => {
    if (seen.has(schema)) return [];
    seen.add(schema);
    const { type } = schema._zod.def;
    if (type === "record" || type === "map") return [];
    return type === "object" ? [schema] : objectsIn(partsOf(schema), seen);
  });
}
