/**
 * What a schema means to the type checker: the value a handler gets, the value it may give back, and what stands on the
 * wire. Everything here is types; nothing of it exists at run time.
 */
import type { z } from "zod";

/** The part of the Standard Schema interface (standardschema.dev, version 1) that Apus relies on. */
export interface StandardSchema<I = unknown, O = I> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<O> | Promise<StandardResult<O>>;
    readonly types?: { readonly input: I; readonly output: O } | undefined;
  };
}

/** What a Standard Schema's `validate` answers: a value, or the issues it found. */
export interface StandardResult<O> {
  readonly value?: O;
  readonly issues?: readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[] | undefined;
}

// A structural schema would be invariant in I and O; `any` is what lets every schema be one.
export type AnySchema = z.core.$ZodType | StandardSchema<any, any>;

/** The type on the wire side of a schema. */
export type In<S> = S extends { _zod: { input: infer I } } ? I : S extends StandardSchema<infer I, unknown> ? I : never;
/** The type on the handler's side of a schema. */
export type Out<S> = S extends { _zod: { output: infer O } }
  ? O
  : S extends StandardSchema<infer _I, infer O>
    ? O
    : never;

/** What is a value of its own, rather than a holder of others. */
export type Leaf =
  | string
  | number
  | boolean
  | bigint
  | symbol
  | null
  | undefined
  | Date
  | Uint8Array
  | Blob
  | ReadonlySet<unknown>
  | ReadonlyMap<unknown, unknown>
  | ((...args: never) => unknown);

/**
 * What a handler may return for a schema: keys are optional as in the input (defaults are filled in), leaves are as in the
 * output (a `Date` for a date codec). It walks the schema, so that the members of a union stay paired. Leaves, which are
 * most of a schema, are told by their output alone: that is what keeps the walk cheap. Another library's schema cannot be
 * turned round: it validates what the handler gives. The other side of the walk, what the client reads, is `Wire`.
 */
export type Gives<S> = S extends { _zod: { def: { type: infer T } } } ? GivesAs<S, T> : Unchanged<In<S>>;
/** A value that is only looked at: its lists may be literals. */
type Unchanged<T> = unknown extends T ? T : T extends Leaf ? T : { readonly [K in keyof T]: Unchanged<T[K]> };
type GivesAs<S, T> = T extends "object"
  ? S extends { _zod: { def: { shape: infer Shape } } }
    ? { [K in keyof In<S>]: K extends keyof Shape ? Gives<Shape[K]> : In<S>[K] }
    : never
  : T extends "array"
    ? S extends { _zod: { def: { element: infer E } } }
      ? readonly Gives<E>[]
      : never
    : T extends "default" | "optional" | "prefault"
      ? S extends { _zod: { def: { innerType: infer E } } }
        ? Gives<E> | undefined
        : never
      : T extends "nullable"
        ? S extends { _zod: { def: { innerType: infer E } } }
          ? Gives<E> | null
          : never
        : T extends "union"
          ? S extends { _zod: { def: { options: readonly (infer M)[] } } }
            ? Gives<M>
            : never
          : T extends "tuple"
            ? S extends { _zod: { def: { items: infer I } } }
              ? { readonly [K in keyof I]: Gives<I[K]> }
              : never
            : T extends "record"
              ? S extends { _zod: { def: { valueType: infer V } } }
                ? { readonly [k: string]: Gives<V> }
                : never
              : Out<S>;

type IsSingle<T, U = T> = T extends U ? ([U] extends [T] ? true : false) : never;
type WidenLeaf<T> = [IsSingle<T>] extends [true]
  ? T extends string
    ? string
    : T extends number
      ? number
      : T extends boolean
        ? boolean
        : T
  : T;

// `0 extends 1 & T` holds for `any` alone.

/** Undoes what a `const` type parameter narrowed: one literal alone becomes its type, a union of literals stays. */
export type Widen<T> = 0 extends 1 & T
  ? T
  : [T] extends [string | number | boolean | null | undefined]
    ? WidenLeaf<T>
    : T extends Leaf
      ? T
      : T extends unknown[]
        ? { [K in keyof T]: Widen<T[K]> }
        : // A list literal was narrowed to a readonly tuple; a tuple that was declared as one is not readonly.
          T extends readonly (infer E)[]
          ? Widen<E>[]
          : T extends object
            ? { -readonly [K in keyof T]: Widen<T[K]> }
            : T;
