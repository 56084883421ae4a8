/**
 * The one place that knows how a zod schema is built: a narrow, typed view of `schema._zod.def`, read structurally so that
 * the core never loads zod itself and several copies of it can live in one program.
 */
import type { AnySchema } from "./types.ts";

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
      readonly abort?: boolean | undefined;
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
export interface ZodDef {
  readonly type: string;
  readonly checks?: readonly ZodCheck[];
  readonly check?: string;
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly coerce?: boolean;
  readonly shape?: Readonly<Record<string, ZodSchema>>;
  readonly catchall?: ZodSchema;
  readonly element?: ZodSchema;
  readonly items?: readonly ZodSchema[];
  readonly rest?: ZodSchema | null;
  readonly keyType?: ZodSchema;
  readonly valueType?: ZodSchema;
  readonly options?: readonly ZodSchema[];
  readonly discriminator?: string;
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
    check?(payload: Payload): unknown;
  };
  readonly "~standard": { readonly validate: (value: unknown) => unknown };
  meta?(): Readonly<Record<string, unknown>> | undefined;
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

/** What `.meta()` and `.describe()` said about a schema. */
export function metaOf(schema: ZodSchema): Readonly<Record<string, unknown>> {
  return schema.meta?.() ?? {};
}

/** The schema a lazy one stands for, or the schema itself. */
export function resolveLazy(schema: ZodSchema): ZodSchema {
  return schema._zod.def.type === "lazy" ? (schema._zod.innerType ?? schema._zod.def.getter!()) : schema;
}

/** Whether an object's key, or a parameter, with this schema may be left out. */
export function mayBeAbsent(schema: ZodSchema): boolean {
  return schema._zod.optin !== undefined;
}

const wrappers = new Set(["optional", "nullable", "default", "prefault", "nonoptional", "readonly", "catch", "lazy"]);

/** The schema inside `optional`, `nullable`, `default` and their like, seen from the wire's side of pipes and codecs. */
export function unwrap(schema: ZodSchema): ZodSchema {
  let current = schema;
  for (;;) {
    const def = current._zod.def;
    if (def.type === "lazy") current = resolveLazy(current);
    else if (wrappers.has(def.type)) current = def.innerType!;
    else if (def.type === "pipe") {
      // A preprocess step says nothing about what it takes, so what it leads to speaks for it.
      current = def.in!._zod.def.type === "transform" ? def.out! : def.in!;
    } else return current;
  }
}
