/**
 * What stands for an absent value of a schema, seen as if it had been sent. FastAPI judges the defaults of parameters and
 * form fields like sent values on every request, null excepted (contract of FastAPI, section 1.2).
 */
import { copyOf } from "./copy.ts";
import { partsOf, type ZodSchema } from "./zod.ts";

/**
 * Makes the raw value that stands for an absent one.
 * @returns undefined where there is none, or where it cannot be judged because it is a value of the handler's side (a default
 *   behind a transform or codec); the reader knows what to do then.
 */
export function defaultOf(schema: ZodSchema): (() => unknown) | undefined {
  for (let at = schema; ;) {
    const def = at._zod.def;
    if (def.wire !== undefined) return undefined;
    switch (def.type) {
      case "default":
        if (converts(def.innerType!) && !isEmptyList(def.defaultValue, def.innerType!)) return undefined;
        return () => copyOf(def.defaultValue);
      case "prefault":
        return () => copyOf(def.defaultValue);
      case "optional":
      case "nullable":
      case "readonly":
      case "nonoptional":
        at = def.innerType!;
        break;
      case "pipe":
        if (def.in!._zod.def.type === "transform") return undefined;
        at = def.in!;
        break;
      default:
        return undefined;
    }
  }
}

/** A list without items is the same on both sides, whatever the items are. */
function isEmptyList(value: unknown, schema: ZodSchema): boolean {
  return (
    Array.isArray(value) && value.length === 0 && schema._zod.def.type === "array" && schema._zod.def.wire === undefined
  );
}

/** Whether a schema's values on the handler's side may differ from those on the wire, anywhere inside. */
function converts(schema: ZodSchema, seen = new Set<ZodSchema>()): boolean {
  if (seen.has(schema)) return false;
  seen.add(schema);
  const def = schema._zod.def;
  if (def.wire !== undefined || def.type === "transform" || def.transform !== undefined) return true;
  return partsOf(schema).some((part) => converts(part, seen));
}
