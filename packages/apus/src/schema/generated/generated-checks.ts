/**
 * The constraints of a schema in generated code: a condition under which all of them certainly hold, and behind it the very
 * closure that the interpreted twin calls, which decides about everything else.
 */
import { compileChecks } from "../reader/checks.ts";
import { UNSURE, type Emitted, type Program, type Scope } from "./generated-program.ts";
import { isQuotable, quote } from "./source-text.ts";
import { checksOf, type ZodCheck, type ZodSchema } from "../zod.ts";

const formats: Readonly<Record<string, (value: string) => string>> = {
  safeint: (value) => `Number.isSafeInteger(${value})`,
  int32: (value) => `(${value} | 0) === ${value}`,
  uint32: (value) => `${value} >>> 0 === ${value}`,
  float64: () => "true",
};

/** A condition that is enough for a check to pass, "false" where there is none; undefined for what is not ours to know. */
type Condition = (check: ZodCheck, value: string, program: Program) => string | undefined;

const ofNumber: Condition = (check, value) => {
  const def = check._zod.def;
  switch (def.check) {
    case "less_than":
      return typeof def.value === "number" ? `${value} ${def.inclusive ? "<=" : "<"} ${quote(def.value)}` : undefined;
    case "greater_than":
      return typeof def.value === "number" ? `${value} ${def.inclusive ? ">=" : ">"} ${quote(def.value)}` : undefined;
    case "multiple_of":
      return Number.isInteger(def.value) ? `${value} % ${quote(def.value)} === 0` : "false";
    case "number_format":
      return formats[def.format!]?.(value) ?? "false";
    default:
      return undefined;
  }
};

const ofString: Condition = (check, value, program) => {
  const def = check._zod.def;
  switch (def.check) {
    // Lengths count code points: at least half as many as there are code units, and never more.
    case "min_length":
      return `${value}.length >= ${quote(def.minimum! > 1 ? def.minimum! * 2 : def.minimum!)}`;
    case "max_length":
      return `${value}.length <= ${quote(def.maximum)}`;
    case "length_equals":
      return def.length === 1 ? `${value}.length === 1` : "false";
    case "string_format": {
      if (def.format !== "regex") return undefined;
      const { source, flags } = def.pattern!;
      return `${program.constant(new RegExp(source, flags.replace(/[gy]/g, "")))}.test(${value})`;
    }
    default:
      return undefined;
  }
};

const ofList: Condition = (check, value) => {
  const def = check._zod.def;
  switch (def.check) {
    case "min_length":
      return `${value}.length >= ${quote(def.minimum)}`;
    case "max_length":
      return `${value}.length <= ${quote(def.maximum)}`;
    case "length_equals":
      return `${value}.length === ${quote(def.length)}`;
    default:
      return undefined;
  }
};

const conditions: Readonly<Record<string, Condition>> = { number: ofNumber, string: ofString, array: ofList };

/** The source that checks a value; `foreign` is whether the closure may hand on another value (`.trim()`, `.overwrite()`). */
interface Checked {
  readonly code: (value: string, scope: Scope) => Emitted;
  readonly foreign: boolean;
}

function checked(schema: ZodSchema, program: Program): Checked | undefined {
  const check = compileChecks(schema);
  if (check === undefined) return undefined;
  const closure = program.constant(check);
  const condition = conditions[schema._zod.def.type];
  const enough = (value: string): readonly (string | undefined)[] =>
    checksOf(schema).map((each) => condition?.(each, value, program));
  if (enough("value").every((each) => each !== undefined)) {
    const code = (value: string, { no }: Scope): Emitted => ({
      code: `if (!(${enough(value).join(" && ")}) && ${closure}(${value}, []) === INVALID) { ${no} }`,
      value,
    });
    return { code, foreign: false };
  }
  const code = (value: string, { no }: Scope): Emitted => {
    const found = program.name();
    return { code: `const ${found} = ${closure}(${value}, []); if (${found} === INVALID) { ${no} }`, value: found };
  };
  return { code, foreign: true };
}

/** Reading: what is checked is what was read, and what the checks make of it is the result. */
export function checkRead(schema: ZodSchema, read: Emitted, scope: Scope, program: Program): Emitted {
  const check = checked(schema, program);
  if (check === undefined) return read;
  const { code, value } = check.code(read.value, scope);
  return { code: `${read.code} ${code}`, value };
}

/** Writing: what is checked is the handler's own value; one that the checks change would have to be written again. */
export function checkWritten(
  schema: ZodSchema,
  given: string,
  written: Emitted,
  scope: Scope,
  program: Program,
): Emitted {
  const check = checked(schema, program);
  if (check === undefined) return written;
  const { code, value } = check.code(given, scope);
  const same = check.foreign ? `if (!is(${value}, ${given})) ${UNSURE}` : "";
  return { code: `${written.code} ${code} ${same}`, value: written.value };
}

/** How many members are told by comparing; more are looked up. */
const mostCompared = 12;

/** The condition that a value is one of the members of an enum or literal. */
export function isOneOf(members: readonly unknown[], value: string, program: Program): string {
  const compared = members.filter(isQuotable).filter((each) => !Number.isNaN(each));
  if (compared.length < members.length || members.length > mostCompared) {
    return `${program.constant(new Set(members))}.has(${value})`;
  }
  return members.length === 0 ? "false" : compared.map((each) => `${value} === ${quote(each)}`).join(" || ");
}
