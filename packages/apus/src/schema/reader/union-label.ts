/** The members of a union, and what each is called in `loc`: as pydantic calls it where it has the same kind of type. */
import { isInteger } from "./checks.ts";
import { repr } from "../problem.ts";
import { checksOf, metaOf, resolveLazy, unwrap, type ZodSchema } from "../zod.ts";

/** Labels of unreasonably deep schemas end here. */
const deepest = 8;

/** Of a member of a union; `null` beside it has no label and is no part of one. */
export function labelOf(schema: ZodSchema, around: readonly ZodSchema[] = []): string {
  const inner = unwrap(schema);
  if (around.length > deepest || around.includes(inner)) return "...";
  const def = inner._zod.def;
  const id = metaOf(inner).id;
  const of = (part: ZodSchema): string => partLabel(part, [...around, inner]);
  if (def.type === "enum") return enumLabel(inner, id);
  if (typeof id === "string") return id;
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
      return def.discriminator === undefined ? unionLabel(inner, of) : taggedLabel(inner, of);
    case "literal":
      return `literal[${(def.values ?? []).map(repr).join(",")}]`;
    case "date":
      return "datetime";
    case "null":
      return "none";
    case "unknown":
      return "any";
    default:
      return def.type;
  }
}

/** Of something inside a member, where it counts whether null may stand there too. */
function partLabel(schema: ZodSchema, around: readonly ZodSchema[]): string {
  const takesNull = membersOf(schema).some((member) => member.orNull || isNull(member.schema));
  const label = labelOf(schema, around);
  return takesNull && label !== "none" ? `nullable[${label}]` : label;
}

function unionLabel(schema: ZodSchema, of: (part: ZodSchema) => string): string {
  const others = membersOf(schema).filter((member) => !isNull(member.schema));
  const labels = others.map((member) => of(member.schema));
  return labels.length > 1 ? `union[${labels.join(",")}]` : (labels[0] ?? "none");
}

/** A member is told once for each value of its tag. */
function taggedLabel(schema: ZodSchema, of: (part: ZodSchema) => string): string {
  const { discriminator, options } = schema._zod.def;
  const labels = options!.flatMap((option) => {
    const tags = resolveLazy(option)._zod.propValues?.[discriminator!];
    return Array<string>(tags?.size ?? 1).fill(of(option));
  });
  return `tagged-union[${labels.join(",")}]`;
}

function enumLabel(schema: ZodSchema, id: unknown): string {
  const isNumeric = [...(schema._zod.values ?? [])].every((value) => typeof value === "number");
  const kind = isNumeric ? "int-enum" : "enum";
  return typeof id === "string" ? `${kind}[${id}]` : kind;
}

interface Member {
  readonly schema: ZodSchema;
  /** Whether it takes null as well. */
  readonly orNull: boolean;
}

/**
 * The members of a union. Those of a union inside it are its own, as in Python; what has constraints of its own, takes
 * exactly one of several, or is reached by `z.lazy`, stays one member.
 */
export function membersOf(schema: ZodSchema, orNull = false): readonly Member[] {
  const def = schema._zod.def;
  if ((def.checks?.length ?? 0) === 0) {
    if (def.type === "nullable") return membersOf(def.innerType!, true);
    const isPlain = def.type === "union" && def.discriminator === undefined && def.inclusive !== false;
    if (isPlain) return def.options!.flatMap((option) => membersOf(option, orNull));
  }
  return [{ schema, orNull }];
}

const isNull = (schema: ZodSchema): boolean => schema._zod.def.type === "null";

const isConstrained = (schema: ZodSchema): boolean =>
  checksOf(schema).some((check) => check._zod.def.check !== "number_format");

function stringLabel(schema: ZodSchema): string {
  const { format } = schema._zod.def;
  if (format === "guid") return "uuid";
  if (format === "duration") return "timedelta";
  if (format !== undefined && format !== "regex") return format;
  return isConstrained(schema) ? "constrained-str" : "str";
}
