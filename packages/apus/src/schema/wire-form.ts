/**
 * What a client reads, for the type checker: the JSON that a schema writes, and the JSON form of a value that no schema
 * describes. Everything here is types; nothing of it exists at run time.
 */
import type { In, Leaf, Out } from "./types.ts";

/** What an output leaves out of its objects: `"null"` the keys whose value is null, `"unset"` what may be left out at all. */
export type Sparse = "null" | "unset";

/** A schema that reads another form than it writes carries here, for the type checker alone, what it writes. */
export interface Writes<S> {
  readonly "~writes"?: S;
}

/**
 * What stands on the wire for a schema that writes. It walks the schema as the writer does, so that the members of a union
 * stay apart and codecs are turned round wherever they stand.
 *
 * @typeParam X What is left out of objects.
 * @typeParam U What becomes of undefined: null, as JSON has no word for it, but a key of an object is left out.
 */
export type Wire<S, X = never, U = null> = S extends { _zod: { def: { type: infer T } } }
  ? // Only the type of "any zod schema" says all types at once. Then there is nothing to walk.
    "symbol" extends T
    ? ThinnedAll<Opaque<In<S>, Out<S>>, X>
    : T extends keyof Leaves
      ? Leaves[T]
      : WireAs<S, T, X, U>
  : Jsonify<Out<S>>;

/** What single values are on the wire. */
interface Leaves {
  string: string;
  number: number;
  boolean: boolean;
  bigint: number;
  date: string;
  null: null;
  unknown: unknown;
  never: never;
}

type WireAs<S, T, X, U> = T extends "object"
  ? S extends { _zod: { output: infer O; def: { shape: infer Shape } } }
    ? Thinned<{ [K in keyof O]: K extends keyof Shape ? Wire<Shape[K], X, undefined> : Jsonify<O[K]> }, X>
    : never
  : T extends "optional"
    ? S extends { _zod: { output: infer O; def: { innerType: infer E } } }
      ? // `exactOptional` lets a key be absent, but not undefined.
        Wire<E, X, U> | (undefined extends O ? U : never)
      : never
    : T extends "array"
      ? S extends { _zod: { def: { element: infer E } } }
        ? Wire<E, X>[]
        : never
      : T extends "default" | "nonoptional"
        ? S extends { _zod: { def: { innerType: infer E } } }
          ? Wire<E, X, never>
          : never
        : T extends "nullable"
          ? S extends { _zod: { def: { innerType: infer E } } }
            ? Wire<E, X, U> | null
            : never
          : T extends "readonly" | "prefault" | "catch"
            ? S extends { _zod: { def: { innerType: infer E } } }
              ? Wire<E, X, U>
              : never
            : T extends "enum"
              ? In<S>
              : T extends "union"
                ? S extends { _zod: { def: { options: readonly (infer M)[] } } }
                  ? Wire<M, X, U>
                  : never
                : T extends "pipe"
                  ? S extends { _zod: { def: { in: infer A; out: infer B } } }
                    ? WirePipe<A, B, X, U>
                    : never
                  : WireRarely<S, T, X, U>;

/** A codec writes its wire side; a preprocess step concerns inputs alone. */
type WirePipe<A, B, X, U> =
  A extends Writes<infer W>
    ? Wire<W, X, U>
    : A extends { _zod: { def: { type: "transform" } } }
      ? Wire<B, X, U>
      : Wire<A, X, U>;

type WireRarely<S, T, X, U> = T extends "tuple"
  ? S extends { _zod: { output: infer O; def: { items: infer I; rest: infer R } } }
    ? [R] extends [null]
      ? { [K in keyof O]: K extends keyof I ? Wire<I[K], X> : Jsonify<O[K]> }
      : I extends readonly unknown[]
        ? [...{ -readonly [K in keyof I]: Wire<I[K], X> }, ...Wire<R, X>[]]
        : never
    : never
  : T extends "record"
    ? S extends { _zod: { output: infer O; def: { valueType: infer V } } }
      ? { [K in keyof O]: Wire<V, X, undefined> }
      : never
    : T extends "map"
      ? S extends { _zod: { def: { valueType: infer V } } }
        ? { [key: string]: Wire<V, X, undefined> }
        : never
      : T extends "set"
        ? S extends { _zod: { def: { valueType: infer V } } }
          ? Wire<V, X>[]
          : never
        : T extends "intersection"
          ? S extends { _zod: { def: { left: infer A; right: infer B } } }
            ? Wire<A, X, U> & Wire<B, X, U> extends infer J
              ? { [K in keyof J]: J[K] }
              : never
            : never
          : T extends "lazy"
            ? S extends { _zod: { innerType: infer E } }
              ? Wire<E, X, U>
              : never
            : T extends "undefined" | "void"
              ? U
              : T extends "literal" | "template_literal"
                ? Jsonify<In<S>>
                : Jsonify<Out<S>>;

/** An object without what an answer leaves out of it. */
type Thinned<P, X> = [X] extends [never]
  ? P
  : "unset" extends X
    ? { [K in keyof P]?: "null" extends X ? Exclude<P[K], null> : P[K] }
    : { [K in keyof P as null extends P[K] ? never : K]: P[K] } & {
          [K in keyof P as null extends P[K] ? K : never]?: Exclude<P[K], null>;
        } extends infer J
      ? { [K in keyof J]: J[K] }
      : never;

/** The same where no schema tells which objects are models: all may be. */
type ThinnedAll<T, X> = [X] extends [never]
  ? T
  : T extends readonly unknown[]
    ? { [K in keyof T]: ThinnedAll<T[K], X> }
    : T extends object
      ? Thinned<{ [K in keyof T]: ThinnedAll<T[K], X> }, X>
      : T;

/** A schema that tells its two sides and nothing of its structure: keys as in the output, leaves as on the wire. */
type Opaque<I, O> = [O] extends [I] ? Jsonify<O> : Paired<I, O>;
type Paired<I, O> = O extends undefined
  ? undefined
  : I extends Leaf
    ? Jsonify<Exclude<I, undefined>>
    : O extends Leaf
      ? Jsonify<Exclude<I, undefined>>
      : { [K in keyof O]: K extends keyof I ? Opaque<I[K], O[K]> : Jsonify<O[K]> };

// `0 extends 1 & T` holds for `any` alone.

/**
 * The JSON form of a value that no schema describes, as `encode` writes it.
 *
 * @typeParam U What becomes of undefined, as in `Wire`: null, but a key of an object is left out.
 */
export type Jsonify<T, U = undefined> = 0 extends 1 & T
  ? T
  : unknown extends T
    ? unknown
    : T extends string | number | boolean | null
      ? T
      : T extends void
        ? U
        : T extends bigint
          ? number
          : T extends (...args: never) => unknown
            ? never
            : T extends readonly unknown[]
              ? { [K in keyof T]: Jsonify<T[K], null> }
              : // Before `toJSON`: a Buffer has one, which is not asked.
                T extends Uint8Array
                ? string
                : T extends { toJSON(): infer J }
                  ? Jsonify<J, U>
                  : T extends object
                    ? JsonObject<T>
                    : never;
type JsonObject<T> =
  T extends ReadonlyMap<unknown, infer V>
    ? { [k: string]: Jsonify<V> }
    : T extends Iterable<infer E>
      ? Jsonify<E, null>[]
      : { [K in keyof T as T[K] extends (...args: never) => unknown ? never : K]: Jsonify<T[K]> };
