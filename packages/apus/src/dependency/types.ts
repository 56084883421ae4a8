/** Dependencies for the type checker: what they provide, how long it lives, what they need and which errors they raise. */
import type { ErrorClass, WireError } from "../error/index.ts";
import type { Located, PathNames } from "../input/index.ts";
import type { AnySchema, Out } from "../schema/index.ts";

/**
 * How long what a dependency provides lives: `app` until shutdown, `request` until the answer is sent and background tasks
 * ran, `function` until the handler has settled, before the answer is sent.
 */
export type Scope = "app" | "request" | "function";

/**
 * A handler without a path: inputs, and a function that makes a value of them.
 * `T` is what it provides, `E` the errors it declares, `S` how long it lives, `N` the wire inputs it needs.
 */
export interface Dependency<T = unknown, E = unknown, S extends Scope = Scope, N = unknown> {
  readonly kind: "dependency";
  /** Boxed, so that `undefined` in what it provides survives where `exactOptionalPropertyTypes` is off. */
  readonly "~types"?: { readonly provides: T; readonly raises: E; readonly scope: S; readonly needs: N };
}

/** One entry of an input record. */
export type Entry = AnySchema | Located | Dependency;
/** What an operation or a dependency takes: names with one source each. */
export type InputRecord = { readonly [name: string]: Entry };

type AnyDependency = { readonly kind: "dependency" };

/** The value a handler gets for an entry. */
type ValueOf<E> =
  E extends Dependency<infer T>
    ? T
    : E extends { readonly kind: "located"; readonly schema: infer S }
      ? Out<S>
      : Out<E>;
/** The record of values a handler gets. */
export type Values<I> = { [K in keyof I]: ValueOf<I[K]> };

/** Nothing is `object` here, not `unknown`: a union with `unknown` would forget what the others need. */
type NeedsOf<D> = D extends Dependency<infer _T, infer _E, infer _S, infer N> ? N : never;
type ToIntersection<U> = (U extends unknown ? (u: U) => void : never) extends (u: infer X) => void ? X : never;

/** What a list of guards needs on the wire. */
export type NeedsOfAll<D extends readonly Dependency[]> = [D[number]] extends [never]
  ? object
  : ToIntersection<NeedsOf<D[number]>>;

/** The wire inputs of a record, those of its dependencies included. */
export type Flat<I> = { [K in keyof I as I[K] extends AnyDependency ? never : K]: I[K] } & ([NeedsIn<I>] extends [never]
  ? object
  : ToIntersection<NeedsIn<I>>);
type NeedsIn<I> = { [K in keyof I]: NeedsOf<I[K]> }[keyof I];

type RaisedBy<D> = D extends Dependency<infer _T, infer E> ? E : never;
/** The declared errors of a record's dependencies. */
export type ErrorsOf<I> = RaisedBy<I[keyof I]>;
/** The declared errors of a list of dependencies. */
export type ErrorsOfAll<D extends readonly Dependency[]> = RaisedBy<D[number]>;
/** The wire facts of listed error classes. */
export type Listed<E extends readonly ErrorClass[]> = E[number] extends infer C
  ? C extends ErrorClass<infer S, infer D>
    ? WireError<S, D, "default">
    : never
  : never;

/** Refuses, by name, template parameters that neither the record, nor its dependencies, nor the guards declare. */
export type DeclaresPath<P extends string, I, D extends readonly Dependency[]> = [PathNames<P>] extends [keyof I]
  ? unknown
  : [PathNames<P>] extends [keyof (Flat<I> & NeedsOfAll<D>)]
    ? unknown
    : {
        [
          K in Exclude<PathNames<P>, keyof (Flat<I> & NeedsOfAll<D>)>
        ]: `path parameter "${K & string}" is not declared in input`;
      };

/** Requires an input record where a path has parameters that no guard declares. */
export type RequiresInput<P extends string, D extends readonly Dependency[]> = [
  Exclude<PathNames<P>, keyof NeedsOfAll<D>>,
] extends [never]
  ? unknown
  : { readonly input: unknown };

type ScopeOf<E> = E extends Dependency<unknown, unknown, infer S> ? S : "request";
type ScopesIn<I> = { [K in keyof I]: ScopeOf<I[K]> }[keyof I];
/** As long as the shortest-lived thing a record uses; wire inputs live for a request. */
type Lifetime<I> = [keyof I] extends [never]
  ? "app"
  : "function" extends ScopesIn<I>
    ? "function"
    : "request" extends ScopesIn<I>
      ? "request"
      : "app";

type IsGenerator<R> = R extends AsyncGenerator | Generator ? true : false;
/** The scope of a dependency: what it says, else `request` for a generator, else its inputs' lifetime. */
export type ScopeFor<I, R, S extends Scope | undefined> = S extends Scope
  ? S
  : true extends IsGenerator<R>
    ? "request"
    : Lifetime<I>;

type Earlier<S> = S extends "app" ? "request" | "function" : S extends "request" ? "function" : never;
/** Refuses, by name, entries that exit before the dependency that would use them. */
export type FitsScope<I, R, S extends Scope | undefined> = S extends Scope
  ? Fits<I, S>
  : true extends IsGenerator<R>
    ? Fits<I, "request">
    : unknown;
type Fits<I, S extends Scope> = {
  [K in keyof I]: ScopeOf<I[K]> extends Earlier<S>
    ? { error: `a dependency of scope "${S}" cannot use "${K & string}", which exits earlier` }
    : unknown;
};

/** What a dependency's function provides: what a generator yields, what a promise settles to, or the value itself. */
export type Provided<R> =
  R extends Provide<infer T>
    ? T
    : R extends AsyncGenerator<infer Y, unknown, unknown>
      ? Y
      : R extends Generator<infer Y, unknown, unknown>
        ? Y
        : R extends PromiseLike<infer P>
          ? P extends Provide<infer T>
            ? T
            : P
          : R;

/** An iterator that is meant as a value, not as clean-up; made by `provide`. */
export interface Provide<T> {
  readonly kind: "provide";
  readonly value: T;
}
