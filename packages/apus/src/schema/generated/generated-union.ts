/** Generates the reading of unions: the first member that takes the value as it is, or the one that the tag names. */
import { objectHead, property } from "./generated-container-reader.ts";
import { UNSURE, type Emitted, type Scope } from "./generated-program.ts";
import type { Making } from "./generated-reader.ts";
import { holdsItself } from "../reached.ts";
import { isQuotable, quote, type Quotable } from "./source-text.ts";
import { membersOf } from "../reader/union-label.ts";
import { resolveLazy, type ZodSchema } from "../zod.ts";

/** Members are tried in turn; where none takes the value as it is, some may still convert it, which is for the closures. */
export function readsUnion(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted | undefined {
  const { options, inclusive } = schema._zod.def;
  if (inclusive === false || holdsItself(schema)) return undefined;
  const { program } = making;
  const [value, done] = [program.name(), program.name()];
  const members = options!.flatMap((option) => membersOf(option));
  const tries = members.map((member) => {
    // Absence is never tried: it is what it is, whatever the other members would make of it.
    if (member.schema._zod.def.type === "undefined") return "";
    const next = program.name();
    // The closures would take a number in disguise for a number.
    const no = making.exactNumbers ? UNSURE : `break ${next};`;
    const inner = making.part(member.schema, from, { no, exact: true, depth: scope.depth + 1 });
    const orNull = member.orNull ? `if (${from} === null) { ${value} = null; break ${done}; }` : "";
    return `${orNull} ${next}: { ${inner.code} ${value} = ${inner.value}; break ${done}; }`;
  });
  const absent = tries.includes("") ? `if (${from} === undefined) break ${done};` : "";
  return {
    code: `let ${value}; ${program.beforeMembers(scope)} ${done}: { ${absent} ${tries.join(" ")} ${scope.no} }`,
    value,
  };
}

/** The members by their tags, where tags are what a `switch` can compare. */
export function tagged(schema: ZodSchema): ReadonlyMap<ZodSchema, readonly Quotable[]> | undefined {
  const { options, discriminator } = schema._zod.def;
  const byTag = new Map<unknown, ZodSchema>();
  for (const option of options!) {
    for (const tag of resolveLazy(option)._zod.propValues?.[discriminator!] ?? []) byTag.set(tag, option);
  }
  const found = new Map<ZodSchema, Quotable[]>();
  for (const [tag, option] of byTag) {
    if (!isQuotable(tag) || Number.isNaN(tag)) return undefined;
    found.set(option, [...(found.get(option) ?? []), tag]);
  }
  return found;
}

/** @param otherwise The statement for a tag that no member has. */
export function switchOn(
  tag: string,
  members: ReadonlyMap<ZodSchema, readonly Quotable[]>,
  otherwise: string,
  value: string,
  read: (member: ZodSchema) => Emitted,
): string {
  const cases = [...members].map(([member, tags]) => {
    const inner = read(member);
    return `${tags.map((each) => `case ${quote(each)}:`).join(" ")} { ${inner.code} ${value} = ${inner.value}; break; }`;
  });
  return `let ${value}; switch (${tag}) { ${cases.join(" ")} default: ${otherwise} }`;
}

export function readsDiscriminated(schema: ZodSchema, from: string, scope: Scope, making: Making): Emitted | undefined {
  const { discriminator, unionFallback } = schema._zod.def;
  const members = tagged(schema);
  if (members === undefined) return undefined;
  const value = making.program.name();
  const inner = { ...scope, depth: scope.depth + 1 };
  const head = objectHead(from, scope);
  const tag = property(from, discriminator!, making.program);
  const sent = making.program.name();
  // A truth value may stand for the number that it equals in Python, and the reverse.
  const otherwise =
    unionFallback === true
      ? UNSURE
      : `if (typeof ${sent} === "boolean" || typeof ${sent} === "number") ${UNSURE} ${scope.no}`;
  const code = switchOn(sent, members, otherwise, value, (member) => making.part(member, from, inner));
  return { code: `${head} const ${sent} = ${tag}; ${code}`, value };
}
