/**
 * The one place that knows how a zod schema is built: a narrow, typed view of `schema._zod.def`, read structurally so that
 * the core never loads zod itself and several copies of it can live in one program.
 */
import type { AnySchema } from "./types.ts";
import type { WireType } from "./wire-type.ts";

/** One check of a schema (`min`, `regex`, `refine` …) as zod keeps it. */
export interface ZodCheck {
  readonly _zod: {
    readonly def: {
      readonly check: string;
      readonly value?: number | bigint;
      readonly inclusive?: boolean;
      readonly minimum?: number;
      readonly maximum?: number;
      readonly length?: number;
      readonly size?: number;
      readonly format?: string;
      readonly pattern?: RegExp;
      /** Of a URL: what its scheme has to match. */
      readonly protocol?: RegExp | undefined;
      /** A message of the author's own. */
      readonly error?: unknown;
      readonly prefix?: string;
      readonly suffix?: string;
      readonly includes?: string;
      readonly position?: number | undefined;
      readonly abort?: boolean | undefined;
      /** Of a refinement: the author's function. */
      readonly fn?: unknown;
      /** Whether a check is to run at all; zod sets one on lengths and sizes, users on refinements. */
      readonly when?: ((payload: Payload) => boolean) | undefined;
    };
    check(payload: Payload): unknown;
  };
}

/** What zod hands from check to check: the value so far and the issues found. */
export interface Payload {
  value: unknown;
  issues: { readonly message?: unknown; readonly path?: readonly unknown[] }[];
}

/** A zod schema's definition. Which members are there depends on `type`; each is read only under its own type. */
interface ZodDef {
  readonly type: string;
  readonly checks?: readonly ZodCheck[];
  readonly check?: string;
  readonly format?: string;
  readonly pattern?: RegExp;
  /** Of a UUID: `"v4"`. */
  readonly version?: string | undefined;
  readonly coerce?: boolean;
  readonly shape?: Readonly<Record<string, ZodSchema>>;
  readonly catchall?: ZodSchema;
  readonly element?: ZodSchema;
  readonly items?: readonly ZodSchema[];
  readonly rest?: ZodSchema | null;
  readonly keyType?: ZodSchema;
  readonly valueType?: ZodSchema;
  /** Of a record: not every key of the enum has to be there. */
  readonly partial?: boolean;
  /** Of a record: `"loose"` lets keys through that the key schema refuses. */
  readonly mode?: string | undefined;
  readonly options?: readonly ZodSchema[];
  readonly discriminator?: string;
  /** Of a discriminated union: unknown tags are tried with every member. */
  readonly unionFallback?: boolean | undefined;
  /** Of a union: false where exactly one member may take the value (`z.xor`). */
  readonly inclusive?: boolean;
  readonly left?: ZodSchema;
  readonly right?: ZodSchema;
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly values?: readonly unknown[];
  readonly innerType?: ZodSchema;
  readonly defaultValue?: unknown;
  readonly catchValue?: (context: { value: unknown; issues: unknown[]; error: unknown; input: unknown }) => unknown;
  readonly getter?: () => ZodSchema;
  readonly in?: ZodSchema;
  readonly out?: ZodSchema;
  readonly transform?: (value: unknown, payload: Payload) => unknown;
  readonly reverseTransform?: (value: unknown, payload: Payload) => unknown;
  /** Ours: what the type is on the wire, where zod has no word for it. */
  readonly wire?: WireType | undefined;
}

/** A zod schema, seen from inside. */
export interface ZodSchema {
  readonly _zod: {
    readonly def: ZodDef;
    readonly optin?: "optional" | "defaulted" | undefined;
    readonly optout?: "optional" | undefined;
    readonly values?: ReadonlySet<unknown>;
    readonly propValues?: Readonly<Record<string, ReadonlySet<unknown>>>;
    readonly traits: ReadonlySet<string>;
    readonly innerType?: ZodSchema;
    /** What this one was made from by `.meta()`, `.min()`, `.refine()` and their like, which leave the kind as it is. */
    readonly parent?: ZodSchema | undefined;
    /** Of a template literal. */
    readonly pattern?: RegExp;
    check?(payload: Payload): unknown;
    /** Reads a value and runs the checks; issues have no messages yet. */
    run(payload: Payload, context: object): Payload | Promise<Payload>;
  };
  meta?(): Readonly<Record<string, unknown>> | undefined;
}

interface Wording {
  readonly customError?: ((issue: object) => unknown) | undefined;
  readonly localeError?: ((issue: object) => unknown) | undefined;
}

/** zod's own words for an issue, in the language that the program has set; all copies of zod keep that in one place. */
export function wordsOf(issue: object): string {
  const { customError, localeError } =
    (globalThis as { readonly __zod_globalConfig?: Wording | undefined }).__zod_globalConfig ?? {};
  const said = customError?.(issue) ?? localeError?.(issue);
  if (typeof said === "string") return said;
  return typeof said === "object" && said !== null && "message" in said ? String(said.message) : "Invalid input";
}

export function isZod(schema: AnySchema | ZodSchema): schema is ZodSchema {
  return "_zod" in schema;
}

export function isSchema(value: unknown): value is AnySchema {
  return (typeof value === "object" || typeof value === "function") && value !== null && "~standard" in value;
}

/** The checks of a schema in the order zod runs them: formats such as `z.int()` and `z.email()` are their own first check. */
export function checksOf(schema: ZodSchema): readonly ZodCheck[] {
  const own = schema._zod.def.checks ?? [];
  return schema._zod.traits.has("$ZodCheck") ? [schema as unknown as ZodCheck, ...own] : own;
}

type Meta = Readonly<Record<string, unknown>>;

const unsaid: Meta = {};

/**
 * What `.meta()` and `.describe()` said about a schema. All copies of zod keep that in one place; a schema that is asked for it
 * by its own method keeps a bound copy of the method, which is much where there are thousands.
 */
export function metaOf(schema: ZodSchema): Meta {
  const registry = zodRegistry();
  return (registry === undefined ? schema.meta?.() : registry.get(schema)) ?? unsaid;
}

/** Whether anything was said about a schema or one that it was made from; true where nobody knows. */
export function mayHaveMeta(schema: ZodSchema, parent: ZodSchema | undefined): boolean {
  const registry = zodRegistry();
  if (registry === undefined || registry.has(schema)) return true;
  for (let at = parent; at !== undefined; at = at._zod.parent) if (registry.has(at)) return true;
  return false;
}

interface Registry {
  get(schema: ZodSchema): Meta | undefined;
  has(schema: ZodSchema): boolean;
}

function zodRegistry(): Registry | undefined {
  return (globalThis as { readonly __zod_globalRegistry?: Registry }).__zod_globalRegistry;
}

/** The schema a lazy one stands for, or the schema itself. */
export function resolveLazy(schema: ZodSchema): ZodSchema {
  return schema._zod.def.type === "lazy" ? (schema._zod.innerType ?? schema._zod.def.getter!()) : schema;
}

/**
 * What becomes of an absent value: it stays absent, something stands for it, or (undefined) it is missing. To zod a preprocess
 * step may make something of nothing; here, as in pydantic, it is only given what was sent, and what it leads to decides.
 */
export function absenceOf(schema: ZodSchema, around: readonly ZodSchema[] = []): "optional" | "defaulted" | undefined {
  const { optin, def } = schema._zod;
  // Only where zod lets a value be absent can a preprocess step be why; a schema may be nothing but itself.
  if (optin === undefined || around.includes(schema)) return undefined;
  const within = (part: ZodSchema): ReturnType<typeof absenceOf> => absenceOf(part, [...around, schema]);
  if (def.type === "union") {
    const found = def.options!.map(within);
    return found.find((each) => each === "defaulted") ?? found.find((each) => each !== undefined);
  }
  if (def.type === "pipe" && def.wire === undefined) return within(isPreprocess(schema) ? def.out! : def.in!);
  if (def.type === "nullable" || def.type === "readonly") return within(def.innerType!);
  return def.type === "lazy" ? within(resolveLazy(schema)) : optin;
}

/** Whether an object's key, or a parameter, with this schema may be left out. */
export function mayBeAbsent(schema: ZodSchema): boolean {
  return absenceOf(schema) !== undefined;
}

/** Whether a schema is a function of the author's in front of another schema. */
export function isPreprocess({ _zod: { def } }: ZodSchema): boolean {
  return def.type === "pipe" && def.in!._zod.def.type === "transform";
}

const wrappers = new Set(["optional", "nullable", "default", "prefault", "nonoptional", "readonly", "catch"]);

/** The schema one layer further in, or undefined where there is no layer. */
function inside(schema: ZodSchema): ZodSchema | undefined {
  const def = schema._zod.def;
  if (def.type === "lazy") return resolveLazy(schema);
  if (wrappers.has(def.type)) return def.innerType;
  if (def.type !== "pipe" || def.wire !== undefined) return undefined;
  // A preprocess step says nothing about what it takes, so what it leads to speaks for it.
  return isPreprocess(schema) ? def.out : def.in;
}

/** The schema inside `optional`, `nullable`, `default` and their like, seen from the wire's side of pipes and codecs. */
export function unwrap(schema: ZodSchema): ZodSchema {
  let current = schema;
  for (let next = inside(current); next !== undefined; next = inside(current)) current = next;
  return current;
}

/** Whether a preprocess step stands in front of what `unwrap` finds. */
export function preprocesses(schema: ZodSchema): boolean {
  for (let at: ZodSchema | undefined = schema; at !== undefined; at = inside(at)) {
    if (isPreprocess(at)) return true;
  }
  return false;
}

/** The schemas directly inside one, whatever it is. */
export function partsOf(schema: ZodSchema): ZodSchema[] {
  const def = schema._zod.def;
  const parts = [
    def.element,
    def.catchall,
    def.rest,
    def.keyType,
    def.valueType,
    def.left,
    def.right,
    def.innerType,
    def.in,
    def.out,
  ];
  parts.push(...Object.values(def.shape ?? {}), ...(def.items ?? []), ...(def.options ?? []));
  if (def.type === "lazy") parts.push(resolveLazy(schema));
  return parts.filter((part) => part !== undefined && part !== null);
}
