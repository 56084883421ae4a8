/**
 * Readers of unions and intersections. A union takes the first member that accepts the value as it is, else the first
 * that can convert it, in the order the schema lists them.
 */
import { fail, INVALID, prefix, problem, repr, type Problem } from "./problem.ts";
import type { Compile, Read } from "./read.ts";
import { isInteger } from "./checks.ts";
import { checksOf, metaOf, resolveLazy, unwrap, type ZodSchema } from "./zod.ts";

/** What a member of a union is called in `loc`, as pydantic calls it where it has the same kind of type. */
function labelOf(schema: ZodSchema): string {
  const inner = unwrap(schema);
  const def = inner._zod.def;
  const id = metaOf(inner).id;
  if (typeof id === "string") return id;
  const constrained = checksOf(inner).some((check) => check._zod.def.check !== "number_format");
  switch (def.type) {
    case "string":
      return def.format !== undefined && def.format !== "regex" ? def.format : constrained ? "constrained-str" : "str";
    case "number":
      return `${constrained ? "constrained-" : ""}${isInteger(inner) ? "int" : "float"}`;
    case "boolean":
      return "bool";
    case "array":
      return `list[${labelOf(def.element!)}]`;
    case "set":
      return `set[${labelOf(def.valueType!)}]`;
    case "record":
      return `dict[${labelOf(def.keyType!)},${labelOf(def.valueType!)}]`;
    case "literal":
      return `literal[${(def.values ?? []).map(repr).join(",")}]`;
    case "unknown":
      return "any";
    default:
      return def.type;
  }
}

export function union(schema: ZodSchema, compile: Compile, strictly: Compile): Read {
  const members = schema._zod.def.options!;
  const optional = members.some((member) => member._zod.def.type === "undefined");
  const present = members.filter((member) => member._zod.def.type !== "undefined");
  // A recursive member would be compiled for ever; it is compiled strictly when it is first needed.
  const strict = present.map((member) => {
    let read: Read | undefined;
    return (value: unknown, problems: Problem[]): unknown => (read ??= strictly(member))(value, problems);
  });
  const lax = present.map(compile);
  const labels = present.map(labelOf);
  const labelled = present.filter((member) => member._zod.def.type !== "null").length > 1;
  const unlabelled = present.findIndex((member) => member._zod.def.type !== "null");
  return (value, problems) => {
    if (value === undefined && optional) return undefined;
    for (const read of strict) {
      const found = read(value, []);
      if (found !== INVALID) return found;
    }
    const before = problems.length;
    for (const [i, read] of lax.entries()) {
      const start = problems.length;
      const found = read(value, problems);
      if (found !== INVALID) {
        problems.length = before;
        return found;
      }
      if (labelled) prefix(problems, start, labels[i]!);
      else if (i !== unlabelled) problems.length = start;
    }
    return INVALID;
  };
}

export function discriminated(schema: ZodSchema, compile: Compile): Read {
  const { discriminator, options } = schema._zod.def;
  const key = discriminator!;
  const byTag = new Map<unknown, Read>();
  for (const option of options!) {
    const read = compile(option);
    for (const tag of resolveLazy(option)._zod.propValues?.[key] ?? []) byTag.set(tag, read);
  }
  const expected = [...byTag.keys()].map(repr).join(", ");
  return (value, problems) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return fail(
        problems,
        problem("model_attributes_type", "Input should be a valid dictionary or object to extract fields from", value),
      );
    }
    const tag: unknown = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
    if (tag === undefined) {
      return fail(
        problems,
        problem("union_tag_not_found", `Unable to extract tag using discriminator '${key}'`, value, {
          discriminator: `'${key}'`,
        }),
      );
    }
    const read = byTag.get(tag);
    if (read === undefined) {
      return fail(
        problems,
        problem(
          "union_tag_invalid",
          `Input tag '${String(tag)}' found using '${key}' does not match any of the expected tags: ${expected}`,
          value,
          { discriminator: `'${key}'`, tag: String(tag), expected_tags: expected },
        ),
      );
    }
    const before = problems.length;
    const found = read(value, problems);
    if (problems.length > before) prefix(problems, before, String(tag));
    return found;
  };
}

export function intersection(left: Read, right: Read): Read {
  return (value, problems) => {
    const before = problems.length;
    const one = left(value, problems);
    const other = right(value, problems);
    if (problems.length > before) return INVALID;
    if (typeof one === "object" && one !== null && typeof other === "object" && other !== null) {
      return Object.assign(Object.create(null) as object, one, other);
    }
    return Object.is(one, other)
      ? one
      : fail(
          problems,
          problem("value_error", "Value error, the two halves of an intersection disagree", value, { error: {} }),
        );
  };
}
