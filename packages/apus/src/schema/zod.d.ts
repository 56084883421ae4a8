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
  issues: {
    readonly message?: unknown;
    readonly path?: readonly unknown[];
  }[];
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
  readonly "~standard": {
    readonly validate: (value: unknown) => unknown;
  };
  meta?(): Readonly<Record<string, unknown>> | undefined;
}
export declare function isZod(schema: AnySchema | ZodSchema): schema is ZodSchema;
export declare function isSchema(value: unknown): value is AnySchema;
/** The checks of a schema in the order zod runs them: formats such as `z.int()` and `z.email()` are their own first check. */
export declare function checksOf(schema: ZodSchema): readonly ZodCheck[];
/** What `.meta()` and `.describe()` said about a schema. */
export declare function metaOf(schema: ZodSchema): Readonly<Record<string, unknown>>;
/** The schema a lazy one stands for, or the schema itself. */
export declare function resolveLazy(schema: ZodSchema): ZodSchema;
/** Whether an object's key, or a parameter, with this schema may be left out. */
export declare function mayBeAbsent(schema: ZodSchema): boolean;
/** The schema inside `optional`, `nullable`, `default` and their like, seen from the wire's side of pipes and codecs. */
export declare function unwrap(schema: ZodSchema): ZodSchema;
