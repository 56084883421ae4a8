/**
 * Readers of unions and intersections. A union takes the first member that accepts the value as it is, else the first
 * that can convert it, in the order the schema lists them.
 */
import { remembering } from "./attempts.ts";
import { conversions, rewind } from "../conversion.ts";
import { merge } from "../merge.ts";
import { fail, INVALID, isEnough, mostProblems, prefix, problem, repr } from "../problem.ts";
import type { Compile, Mode, Read } from "../read.ts";
import { equalInPython } from "./scalar.ts";
import { labelOf, membersOf } from "./union-label.ts";
import { resolveLazy, type ZodSchema } from "../zod.ts";

export function union(schema: ZodSchema, compile: Compile): Read {
  const exclusive = schema._zod.def.inclusive === false;
  const members = schema._zod.def.options!.flatMap((option) =>
    exclusive ? [{ schema: option, orNull: false }] : membersOf(option),
  );
  const optional = members.some((member) => member.schema._zod.def.type === "undefined");
  const present = members.filter((member) => member.schema._zod.def.type !== "undefined");
  const reads = present.map((member) => (member.orNull ? nullOr(compile(member.schema)) : compile(member.schema)));
  const labels = present.map((member) => labelOf(member.schema));
  const named = present.map((member) => member.schema._zod.def.type !== "null");
  const others = named.filter(Boolean).length;
  return remembering((value, problems) => {
    if (value === undefined && optional) return undefined;
    const before = problems.length;
    const start = conversions();
    const exact: unknown[] = [];
    const converted: { readonly value: unknown; readonly count: number }[] = [];
    for (const [i, read] of reads.entries()) {
      const from = problems.length;
      const found = read(value, problems);
      if (found === INVALID) {
        // Null speaks only where there is nothing else: that something "should be None" helps nobody.
        if (!named[i] && others > 0) problems.length = from;
        else if (others > 1) prefix(problems, from, labels[i]!);
      } else if (conversions() > start) converted.push({ value: found, count: conversions() });
      else if (exact.push(found) === 1 && !exclusive) break;
      rewind(start);
    }
    if (exact.length === 0 && converted.length === 0) {
      if (isEnough(problems, before)) problems.length = Math.max(before + 1, mostProblems);
      return INVALID;
    }
    problems.length = before;
    if (exclusive && (exact.length || converted.length) > 1) {
      return fail(
        problems,
        problem("value_error", "Value error, several alternatives accept the value", value, { error: {} }),
      );
    }
    if (exact.length > 0) return exact[0];
    rewind(converted[0]!.count);
    return converted[0]!.value;
  });
}

/** Null as it is, anything else by the schema. */
export function nullOr(inner: Read): Read {
  return (value, problems) => (value === null ? null : inner(value, problems));
}

export function discriminated(schema: ZodSchema, compile: Compile, mode: Mode): Read {
  const { discriminator, options } = schema._zod.def;
  const key = discriminator!;
  const byTag = new Map<unknown, Read>();
  const otherwise = schema._zod.def.unionFallback === true ? union(schema, compile) : undefined;
  for (const option of options!) {
    const read = compile(option);
    for (const tag of resolveLazy(option)._zod.propValues?.[key] ?? []) byTag.set(tag, read);
  }
  const expected = [...byTag.keys()]
    .filter((tag) => tag !== undefined)
    .map(repr)
    .join(", ");
  return (value, problems) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return fail(
        problems,
        problem("model_attributes_type", "Input should be a valid dictionary or object to extract fields from", value),
      );
    }
    const sent: unknown = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
    const equal = mode === "lax" && !byTag.has(sent) ? equalInPython(sent) : undefined;
    const tag = equal !== undefined && byTag.has(equal) ? equal : sent;
    const read = byTag.get(tag);
    if (read === undefined && otherwise !== undefined) return otherwise(value, problems);
    if (read === undefined && tag === undefined) {
      return fail(
        problems,
        problem("union_tag_not_found", `Unable to extract tag using discriminator '${key}'`, value, {
          discriminator: `'${key}'`,
        }),
      );
    }
    const label = typeof tag === "string" ? tag : repr(tag);
    if (read === undefined) {
      return fail(
        problems,
        problem(
          "union_tag_invalid",
          `Input tag '${label}' found using '${key}' does not match any of the expected tags: ${expected}`,
          value,
          { discriminator: `'${key}'`, tag: label, expected_tags: expected },
        ),
      );
    }
    const before = problems.length;
    const found = read(value, problems);
    // A member that has a default for its tag is not named by what is not there.
    if (problems.length > before && tag !== undefined) prefix(problems, before, typeof tag === "number" ? tag : label);
    return found;
  };
}

export function intersection(left: Read, right: Read): Read {
  return remembering((value, problems) => {
    const before = problems.length;
    const one = left(value, problems);
    const other = right(value, problems);
    if (problems.length > before) return INVALID;
    const joined = merge(one, other);
    return joined === INVALID
      ? fail(
          problems,
          problem("value_error", "Value error, the two halves of an intersection disagree", value, { error: {} }),
        )
      : joined;
  });
}
