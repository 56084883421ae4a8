/** Finds schemas that are not there: what a circular import, or a slip of the pen, leaves undefined inside another. */
import { isZod, partsOf, resolveLazy, type ZodSchema } from "./zod.ts";

/** What a definition holds under these names is always a schema. */
const single = ["element", "keyType", "valueType", "innerType", "left", "right", "in", "out"] as const;

/** A schema that makes new ones of itself without end is left to those who tell it. */
const mostParts = 10_000;

/** Where a schema, or one that it is made of, holds no schema although it should: `the field "owner"`. */
export function holeIn(root: ZodSchema): string | undefined {
  const seen = new Set([root]);
  for (const schema of seen) {
    const hole = holeOf(schema);
    if (hole !== undefined || seen.size > mostParts) return hole;
    for (const part of partsOf(schema)) seen.add(part);
  }
  return undefined;
}

function holeOf(schema: ZodSchema): string | undefined {
  const { def } = schema._zod;
  for (const [key, field] of Object.entries(def.shape ?? {})) if (!isThere(field)) return `the field "${key}"`;
  const lists = [...(def.options ?? []), ...(def.items ?? [])];
  const holds = single.some((name) => name in def && !isThere(def[name])) || !lists.every(isThere);
  if (holds || (def.type === "lazy" && !isThere(resolveLazy(schema)))) return `z.${def.type}()`;
  return undefined;
}

function isThere(value: unknown): boolean {
  return typeof value === "object" && value !== null && isZod(value as ZodSchema);
}
