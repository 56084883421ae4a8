/**
 * Schemas of other libraries, through the Standard Schema interface (standardschema.dev): they read values strictly, with
 * their own messages, and are documented as far as they offer JSON Schema (its companion, Standard JSON Schema).
 */
import { ApusError } from "../../diagnostic/index.ts";
import { refuseAsync } from "./async-schema.ts";
import type { Direction, JsonSchema } from "../json-schema/json-schema-types.ts";
import { INVALID, problem, type Problem, type Step } from "../problem.ts";
import type { Read } from "../read.ts";
import { boolean, float, integer } from "./scalar.ts";
import type { AnySchema, StandardResult } from "../types.ts";

/** Runs a schema's own validator. */
function readStandard(schema: AnySchema): Read {
  const validate = schema["~standard"].validate;
  return (value, problems) => {
    const result = validate(value) as StandardResult<unknown>;
    refuseAsync(result);
    if (result.issues === undefined) return result.value;
    for (const issue of result.issues) problems.push(problemOf(issue, value));
    return INVALID;
  };
}

type Issue = NonNullable<StandardResult<unknown>["issues"]>[number];

/** The problem that an issue is, placed where it says. */
export function problemOf({ message, path }: Issue, value: unknown): Problem {
  const loc: Step[] = [];
  let input = value;
  for (const step of path ?? []) {
    const key = typeof step === "object" && step !== null && "key" in step ? step.key : step;
    loc.push(typeof key === "number" ? key : String(key));
    // What is echoed is the refused value, or what it is missing from, as far as it is the client's own.
    if (typeof input === "object" && input !== null && Object.hasOwn(input, key as PropertyKey)) {
      input = (input as Record<PropertyKey, unknown>)[key as PropertyKey];
    }
  }
  return { ...problem("value_error", `Value error, ${message}`, input, { error: {} }), loc: loc.reverse() };
}

/** Whether a schema answers with a promise: found out by a value that is not there. */
export function answersLater(schema: AnySchema): boolean {
  try {
    const result = schema["~standard"].validate(undefined);
    if (!(result instanceof Promise)) return false;
    result.catch(() => {});
    return true;
  } catch {
    return false; // a validator that throws here will be heard when it throws for a real value
  }
}

/**
 * The reader of another library's schema.
 * @throws ApusError where it is asynchronous as a whole.
 */
export function compileStandard(schema: AnySchema): Read {
  if (!answersLater(schema)) return readStandard(schema);
  throw new ApusError(
    `APUS_ASYNC_SCHEMA: a ${schema["~standard"].vendor} schema is asynchronous; do the look-up in a dependency or in the handler instead.`,
  );
}

/** Whether another library's schema takes an absent value. */
export function takesAbsence(schema: AnySchema): boolean {
  return readStandard(schema)(undefined, []) !== INVALID;
}

interface Describing {
  readonly jsonSchema?: Readonly<Record<Direction, (options: { readonly target: string }) => JsonSchema>> | undefined;
}

/** Whether a schema of another library has JSON Schema to offer at all. */
export function offersJsonSchema(schema: AnySchema): boolean {
  return (schema["~standard"] as Describing).jsonSchema !== undefined;
}

type Told = { [D in Direction]?: JsonSchema | undefined };
const told = new WeakMap<AnySchema, Told>();

/** The JSON Schema that a schema offers of itself, its id under `id`; undefined where it offers none or cannot say it. */
export function standardJsonSchema(schema: AnySchema, direction: Direction): JsonSchema | undefined {
  let known = told.get(schema);
  if (known === undefined) told.set(schema, (known = {}));
  if (!(direction in known)) known[direction] = ask(schema, direction);
  return known[direction];
}

function ask(schema: AnySchema, direction: Direction): JsonSchema | undefined {
  const { jsonSchema } = schema["~standard"] as Describing;
  if (jsonSchema === undefined) return undefined;
  try {
    const {
      $schema: _,
      $id,
      id = $id,
      definitions,
      $defs = definitions,
      ...said
    } = jsonSchema[direction]({
      target: "draft-2020-12",
    });
    return { ...said, ...(id === undefined ? {} : { id }), ...($defs === undefined ? {} : { $defs }) };
  } catch {
    return undefined; // a date, a transform: what JSON Schema has no word for
  }
}

/** What a schema of another library is on the wire, as its JSON Schema tells. */
type StandardKind = "integer" | "number" | "boolean" | "string" | "object" | "array";

const kinds = new Set<unknown>(["integer", "number", "boolean", "string", "object", "array"]);

/** The one type that a schema's JSON Schema names, or undefined where it names none, several or null. */
export function standardKind(schema: AnySchema): StandardKind | undefined {
  const root = rootOf(standardJsonSchema(schema, "input"));
  if (root === undefined) return undefined;
  if (kinds.has(root.type)) return root.type as StandardKind;
  const values = "const" in root ? [root.const] : root.enum;
  if (root.type !== undefined || !Array.isArray(values)) return undefined;
  const types = new Set(values.map((each) => typeof each));
  const [type] = types;
  return types.size === 1 && kinds.has(type) && !values.includes(null) ? (type as StandardKind) : undefined;
}

/** The schema itself where it is a reference to one of its own definitions. */
function rootOf(schema: JsonSchema | undefined): JsonSchema | undefined {
  const name = /^#\/\$defs\/([^/]*)$/.exec(String(schema?.$ref))?.[1];
  const definitions = schema?.$defs as Record<string, JsonSchema> | undefined;
  return name === undefined ? schema : (definitions?.[name] ?? schema);
}

/** The fields of a parameter model in another library's schema. */
interface StandardModel {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: ReadonlySet<string>;
}

/** The fields that an object's JSON Schema names; none where it is not an object, or says nothing. */
export function standardModel(schema: AnySchema): StandardModel {
  const root = rootOf(standardJsonSchema(schema, "input"));
  return {
    properties: (root?.properties ?? {}) as Record<string, JsonSchema>,
    required: new Set((root?.required ?? []) as string[]),
  };
}

const conversions: Readonly<Partial<Record<StandardKind, Read>>> = {
  integer: integer("lax"),
  number: float("lax"),
  boolean: boolean("lax"),
  string: (value) => value,
};

/**
 * The reader of one value that arrives as text: converted as FastAPI does to the type that the JSON Schema names, then
 * validated.
 * @returns undefined where the JSON Schema does not name a single scalar type.
 */
export function compileText(schema: AnySchema): Read | undefined {
  const kind = standardKind(schema);
  const convert = kind === undefined ? undefined : conversions[kind];
  if (convert === undefined) return undefined;
  const read = compileStandard(schema);
  return (value, problems) => {
    const found = value === undefined ? undefined : convert(value, problems);
    return found === INVALID ? INVALID : read(found, problems);
  };
}
