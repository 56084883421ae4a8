/** What a member of a union is called in `loc`, as pydantic calls it where it has the same kind of type (contract, section 2.4). */
import { isInteger } from "./checks.ts";
import { repr } from "./problem.ts";
import { checksOf, metaOf, unwrap, type ZodSchema } from "./zod.ts";

/** A schema can hold itself: labels end here instead of never. */
const deepest = 3;

export function labelOf(schema: ZodSchema, depth = 0): string {
  if (depth > deepest) return "any";
  const inner = unwrap(schema);
  const def = inner._zod.def;
  const id = metaOf(inner).id;
  if (typeof id === "string") return id;
  const of = (part: ZodSchema): string => labelOf(part, depth + 1);
  if (def.wire !== undefined) return def.wire.label(of);
  switch (def.type) {
    case "string":
      return stringLabel(inner);
    case "number":
      return `${isConstrained(inner) ? "constrained-" : ""}${isInteger(inner) ? "int" : "float"}`;
    case "bigint":
      return isConstrained(inner) ? "constrained-int" : "int";
    case "boolean":
      return "bool";
    case "array":
      return `list[${of(def.element!)}]`;
    case "set":
      return `set[${of(def.valueType!)}]`;
    case "tuple":
      return `tuple[${[...def.items!.map(of), ...(def.rest ? [of(def.rest), "..."] : [])].join(", ")}]`;
    case "record":
      return `dict[${of(def.keyType!)},${of(def.valueType!)}]`;
    case "union":
      return `union[${def.options!.map(of).join(",")}]`;
    case "literal":
      return `literal[${(def.values ?? []).map(repr).join(",")}]`;
    case "null":
      return "none";
    case "unknown":
      return "any";
    default:
      return def.type;
  }
}

const isConstrained = (schema: ZodSchema): boolean =>
  checksOf(schema).some((check) => check._zod.def.check !== "number_format");

function stringLabel(schema: ZodSchema): string {
  const { format } = schema._zod.def;
  if (format === "guid") return "uuid";
  if (format !== undefined && format !== "regex") return format;
  return isConstrained(schema) ? "constrained-str" : "str";
}
