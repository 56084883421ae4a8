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

/** Gives names to values that no literal can say. */
type Constants = Pick<Program, "constant">;

/** A condition that is enough for a check to pass, "false" where there is none; undefined for what is not ours to know. */
type Condition = (check: ZodCheck, value: string, program: Constants) => string | undefined;

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

/**
 * URLs that are certainly valid, and in the form that `z.url()` hands on: a name that ends in letters is no IP address, and one
 * without two hyphens in a row is no encoded one.
 */
const plainUrl = /^https?:\/\/(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]+(?:\/[\w\-./~]*)?$/;

/** Whether a check is that of `z.url()` alone, which any host and any way of writing will do for. */
function isPlainUrlCheck(check: ZodCheck): boolean {
  const { def, traits } = (check as unknown as ZodSchema)._zod;
  const { hostname, normalize, protocol } = def as unknown as Readonly<Record<string, unknown>>;
  return traits.has("$ZodURL") && hostname === undefined && protocol === undefined && normalize !== true;
}

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
      if (isPlainUrlCheck(check)) return `${program.constant(plainUrl)}.test(${value})`;
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

/** A condition that is enough for all checks of a schema to pass, or undefined where some of them are not ours to know. */
export function certain(schema: ZodSchema, value: string, program: Constants): string | undefined {
  const condition = conditions[schema._zod.def.type];
  const all = checksOf(schema).map((check) => condition?.(check, value, program));
  return all.every((each) => each !== undefined) ? all.join(" && ") || "true" : undefined;
}

/** The source that checks a value; `foreign` is whether the closure may hand on another value (`.trim()`, `.overwrite()`). */
interface Checked {
  readonly code: (value: string, scope: Scope) => Emitted;
  readonly foreign: boolean;
}

function checked(schema: ZodSchema, program: Program): Checked | undefined {
  const check = compileChecks(schema);
  if (check === undefined) return undefined;
  const closure = program.constant(check);
  const isCertain = certain(schema, "value", program) !== undefined;
  if (isCertain && !checksOf(schema).some(isPlainUrlCheck)) {
    const code = (value: string, { no }: Scope): Emitted => ({
      code: `if (!(${certain(schema, value, program)!}) && ${closure}(${value}, []) === INVALID) { ${no} }`,
      value,
    });
    return { code, foreign: false };
  }
  const code = (value: string, { no }: Scope): Emitted => {
    const found = program.name();
    const ask = `${found} = ${closure}(${value}, []); if (${found} === INVALID) { ${no} }`;
    if (!isCertain) return { code: `let ${ask}`, value: found };
    return { code: `let ${found} = ${value}; if (!(${certain(schema, value, program)!})) { ${ask} }`, value: found };
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
export function isOneOf(members: readonly unknown[], value: string, program: Constants): string {
  const compared = members.filter(isQuotable).filter((each) => !Number.isNaN(each));
  if (compared.length < members.length || members.length > mostCompared) {
    return `${program.constant(new Set(members))}.has(${value})`;
  }
  return members.length === 0 ? "false" : compared.map((each) => `${value} === ${quote(each)}`).join(" || ");
}
