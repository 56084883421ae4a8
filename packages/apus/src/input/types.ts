/** Inputs for the type checker: where each one comes from and what the client sends for it. */
import type { AnySchema, In } from "../schema/index.ts";

/** Where an input comes from. */
export type Location = "path" | "query" | "header" | "cookie" | "body" | "form" | "file";

/** An example of the `examples` map of a parameter or body in OpenAPI. */
interface OpenapiExample {
  readonly summary?: string | undefined;
  readonly description?: string | undefined;
  readonly value: unknown;
}

/** What a marker says about an input besides its schema. */
export interface MarkerOptions<A extends string | undefined = string | undefined, M extends boolean = boolean> {
  /** The name on the wire; the input's own name where it is left out. */
  readonly alias?: A | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly deprecated?: boolean | undefined;
  readonly examples?: readonly unknown[] | undefined;
  readonly openapiExamples?: Readonly<Record<string, OpenapiExample>> | undefined;
  /** False hides a parameter from the document; it is read and checked all the same. */
  readonly includeInSchema?: boolean | undefined;
  /** Makes a single body an object with one key, the input's name. */
  readonly embed?: M | undefined;
  /** For headers: false reads the name as it is written instead of with dashes. */
  readonly convertUnderscores?: boolean | undefined;
  /** For bodies: the media type in the document. */
  readonly mediaType?: string | undefined;
}

/** An input with its location, made by a marker. */
export interface Located<
  L extends Location = Location,
  S = AnySchema,
  A extends string | undefined = string | undefined,
  M extends boolean = boolean,
> {
  readonly kind: "located";
  readonly location: L;
  readonly schema: S;
  readonly options: MarkerOptions<A, M>;
}

type Scalar = string | number | boolean | bigint | symbol | null | undefined | Date;

/** The location of a bare schema that is not named in the path, by its input type. Holds at run time too. */
type LocationByType<I> = unknown extends I
  ? "query"
  : [Exclude<I, Scalar>] extends [never]
    ? "query"
    : Exclude<I, Scalar> extends Blob | readonly Blob[]
      ? "file"
      : "body";

/** The parameter names of a path template. */
export type PathNames<P extends string> = P extends `${string}{${infer N}}${infer R}`
  ? (N extends `$${string}` ? never : N extends `${infer B}:${string}` ? B : N) | PathNames<R>
  : never;

/** The location of one entry under a template. */
export type LocationOf<P extends string, K, E> =
  E extends Located<infer L> ? L : K extends PathNames<P> ? "path" : LocationByType<In<E>>;

type DashedTail<N extends string> = N extends `${infer C}${infer R}`
  ? `${C extends "_" ? "-" : C extends Lowercase<C> ? C : `-${Lowercase<C>}`}${DashedTail<R>}`
  : "";
/** `x_token` and `xToken` are both `x-token` on the wire. */
type Dashed<N extends string> = N extends `${infer C}${infer R}` ? `${Lowercase<C>}${DashedTail<R>}` : N;
type SchemaOf<E> = E extends Located<Location, infer S> ? S : E;
/** What a client sends for one entry. The content of a file, which is text to its schema, may be sent as a file. */
type SentFor<E> = E extends Located<"file", infer S> ? FileOf<In<S>> : In<SchemaOf<E>>;
type FileOf<T> = T extends string ? T | Blob : T extends readonly (infer U)[] ? FileOf<U>[] : T;

/** The name of one entry on the wire. */
export type WireName<K, E> =
  E extends Located<infer L, unknown, infer A>
    ? A extends string
      ? A
      : L extends "header"
        ? K extends string
          ? Dashed<K>
          : K
        : K
    : K;

/** The location of every input, worked out once. */
type Places<P extends string, I> = { [K in keyof I]: LocationOf<P, K, I[K]> };
/** The names whose location is `L`. */
type KeysAt<W, L extends Location> = { [K in keyof W]: W[K] extends L ? K : never }[keyof W];

/** The inputs `K` under their wire names: optional where undefined is allowed, required otherwise. */
type Picked<I, K extends keyof I> = {
  [N in K as undefined extends In<SchemaOf<I[N]>> ? never : WireName<N, I[N]> & PropertyKey]: SentFor<I[N]>;
} & {
  [N in K as undefined extends In<SchemaOf<I[N]>> ? WireName<N, I[N]> & PropertyKey : never]?:
    SentFor<I[N]> | undefined;
} extends infer O
  ? { [N in keyof O]: O[N] }
  : never;

type IsModel<E> =
  E extends Located<"path" | "query" | "header" | "cookie" | "form", infer S>
    ? NonNullable<In<S>> extends
        Scalar | readonly unknown[] | ReadonlySet<unknown> | ReadonlyMap<unknown, unknown> | Blob | Uint8Array
      ? false
      : unknown extends In<S>
        ? false
        : true
    : false;
type ModelIn<I, K extends keyof I> = { [N in K]: IsModel<I[N]> extends true ? N : never }[K];

/** The parameters `K` of one location: a parameter model's fields, or the single ones. */
type ParametersAt<I, K extends keyof I> = [ModelIn<I, K>] extends [never]
  ? Picked<I, K>
  : In<SchemaOf<I[ModelIn<I, K>]>> extends infer M
    ? { [N in keyof M]: M[N] }
    : never;

/** A group of parameters, left out where there is none and optional where all of it is. */
type Group<N extends string, I, K extends keyof I> = [K] extends [never]
  ? unknown
  : ParametersAt<I, K> extends infer T
    ? object extends T
      ? { [X in N]?: T }
      : { [X in N]: T }
    : never;

/** Cookies may be left out even where they are required: a page cannot send any, and its browser sends its own. */
type Cookies<I, K extends keyof I> = [K] extends [never] ? unknown : { cookies?: ParametersAt<I, K> };

type IsSingle<T, U = T> = T extends U ? ([U] extends [T] ? true : false) : never;
type IsEmbedded<E> =
  E extends Located<Location, unknown, string | undefined, infer M> ? (M extends true ? true : false) : false;

/** A whole body that is text may be sent as bytes: those of an image for `body(types.bytes(), { mediaType: "image/png" })`. */
type Whole<T> = [T] extends [string | null | undefined] ? (string extends T ? T | Uint8Array : T) : T;

type Body<I, K extends keyof I> = [K] extends [never]
  ? unknown
  : [IsSingle<K>, IsEmbedded<I[K]>] extends [true, false]
    ? undefined extends In<SchemaOf<I[K]>>
      ? { body?: Whole<In<SchemaOf<I[K]>>> }
      : { body: Whole<In<SchemaOf<I[K]>>> }
    : Picked<I, K> extends infer T
      ? object extends T
        ? { body?: T }
        : { body: T }
      : never;

/** All that a client sends to an operation: its path parameters, query, headers, cookies and body, under their wire names. */
export type Sent<P extends string, I> =
  Places<P, I> extends infer W
    ? Group<"path", I, KeysAt<W, "path"> & keyof I> &
        Group<"query", I, KeysAt<W, "query"> & keyof I> &
        Group<"headers", I, KeysAt<W, "header"> & keyof I> &
        Cookies<I, KeysAt<W, "cookie"> & keyof I> &
        Body<I, KeysAt<W, "body"> & keyof I> &
        Group<"form", I, KeysAt<W, "form" | "file"> & keyof I> extends infer O
      ? { [K in keyof O]: O[K] }
      : never
    : never;
