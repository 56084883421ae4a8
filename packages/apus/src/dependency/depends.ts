/** Declares dependencies: handlers without a path, with the same input language. */
import { ApusError, checkOptionNames, isOfKind, ofThisCopy, type OptionNames } from "../diagnostic/index.ts";
import type { ErrorClass } from "../error/index.ts";
import type { Exchange } from "../exchange/index.ts";
import { isSchema } from "../schema/index.ts";
import type { RequiredScopes, Requirement } from "./security.ts";
import type {
  Dependency,
  Entry,
  ErrorsOf,
  FitsScope,
  Flat,
  InputRecord,
  Listed,
  Provide,
  Provided,
  Scope,
  ScopeFor,
  Values,
} from "./types.ts";

/** What a dependency says besides its inputs and its function. */
export interface DependsOptions<S extends Scope | undefined = Scope | undefined, E = readonly ErrorClass[]> {
  /**
   * How long the value lives. A generator is `request` unless it says otherwise; anything else lives as long as the
   * shortest-lived thing it uses.
   */
  readonly scope?: S | undefined;
  /** The typed errors it may throw: they reach the document and the client of every operation that uses it. */
  readonly errors?: E | undefined;
  /** False makes a new value for every use within a request. */
  readonly cache?: boolean | undefined;
  /** What it is called in messages. */
  readonly name?: string | undefined;
  /** Guards that run before it. */
  readonly dependencies?: readonly Dependency[] | undefined;
}

const optionNames: OptionNames<DependsOptions> = {
  scope: true,
  errors: true,
  cache: true,
  name: true,
  dependencies: true,
};

/** A dependency as the linker sees it. */
export interface Declaration extends Dependency {
  readonly input: Readonly<Record<string, Entry>>;
  readonly run: ((values: never) => unknown) | undefined;
  readonly options: DependsOptions;
  /** Gives a value of the framework; such a dependency has neither inputs nor a function. */
  readonly give?: ((exchange: Exchange, scopes: RequiredScopes) => unknown) | undefined;
  /** What `security()` stands around, and the scopes it asks for. */
  readonly secures?: Declaration | undefined;
  readonly scopes?: readonly string[] | undefined;
  /** What it asks of the client's credentials, where it is a security scheme. */
  readonly requirement?: Requirement | undefined;
}

/**
 * Declares a dependency. The function may be plain, async, or a generator that yields once: what follows the `yield` is
 * clean-up, and sees the request's error thrown at the `yield`.
 *
 * @param input The inputs: schemas, markers, other dependencies. Left out where there are none.
 * @param run Makes the value. Left out, the record of inputs is the value.
 * @example
 * const pagination = depends({ skip: z.int().min(0).default(0), limit: z.int().max(100).default(100) });
 * const session = depends({ database }, async function* ({ database }) {
 *   yield* database.transaction();
 * }, { scope: "function" });
 */
export function depends<R, const S extends Scope | undefined = undefined, const E extends readonly ErrorClass[] = []>(
  run: () => R,
  options?: DependsOptions<S, E> | undefined,
): Dependency<Provided<R>, Listed<E>, NoInfer<ScopeFor<object, R, S>>, object>;
export function depends<I extends InputRecord>(
  input: I,
): Dependency<Values<I>, ErrorsOf<I>, NoInfer<ScopeFor<I, unknown, undefined>>, Flat<I>>;
export function depends<
  I extends InputRecord,
  R,
  const S extends Scope | undefined = undefined,
  const E extends readonly ErrorClass[] = [],
>(
  input: I & FitsScope<I, R, S>,
  run: (values: Values<I>) => R,
  options?: DependsOptions<S, E> | undefined,
): Dependency<Provided<R>, Listed<E> | ErrorsOf<I>, NoInfer<ScopeFor<I, R, S>>, Flat<I>>;
export function depends(
  first: InputRecord | (() => unknown),
  second?: ((values: never) => unknown) | DependsOptions | undefined,
  third?: DependsOptions | undefined,
): Dependency<never, never, never, never> & Declaration {
  const [input, run, options] =
    typeof first === "function"
      ? [{}, first, second as DependsOptions | undefined]
      : [first, second as ((values: never) => unknown) | undefined, third];
  if (
    typeof input !== "object" ||
    input === null ||
    isSchema(input) ||
    Array.isArray(input) ||
    (run !== undefined && typeof run !== "function")
  ) {
    throw new ApusError(
      "APUS_DEPENDS: depends takes a function, or a record of inputs and then a function: depends({ q: z.string() }, ({ q }) => …).",
    );
  }
  if (options !== undefined) {
    checkOptionNames("depends()", options, optionNames);
    if (!Array.isArray(options.dependencies ?? [])) {
      throw new ApusError("APUS_GUARD: depends(): `dependencies` is a list: { dependencies: [guard] }.");
    }
  }
  const declaration: Declaration = ofThisCopy({ kind: "dependency", input, run, options: options ?? {} });
  return declaration as Declaration & Dependency<never, never, never, never>;
}

/** Wraps an iterator that is meant as a value, so that it is not taken for clean-up. */
export function provide<T>(value: T): Provide<T> {
  const wrapped = { kind: "provide", value, [provided]: true } as const;
  return wrapped;
}

/** What marks a wrapped value. JSON cannot hold a symbol: `{ "kind": "provide" }` may be what a client sent. */
const provided = Symbol.for("apus.provide");

/** Whether a value was wrapped by `provide`. */
export function isProvide(value: unknown): value is Provide<unknown> {
  return typeof value === "object" && value !== null && Object.hasOwn(value, provided);
}

/** Whether a value is a dependency. */
export function isDependency(value: unknown): value is Declaration {
  return isOfKind(value, "dependency");
}
