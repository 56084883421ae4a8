/** Declares operations: `get("/items/{item_id}", options, handler)` and its like. An operation is a value. */
import type {
  DeclaresPath,
  Dependency,
  ErrorsOf,
  ErrorsOfAll,
  Flat,
  InputRecord,
  Listed,
  NeedsOfAll,
  Values,
} from "../dependency/index.ts";
import type { ErrorClass } from "../error/index.ts";
import type { PathNames, Sent } from "../input/index.ts";
import type { Kind } from "../response/index.ts";
import { type AnySchema } from "../schema/index.ts";
import type {
  Answered,
  As,
  ErrorsFor,
  Method,
  Operation,
  OperationOptions,
  Output,
  Returned,
  RouterOptions,
} from "./types.ts";
/** An operation as the linker sees it. */
export interface Declared extends Operation {
  readonly methods: readonly string[];
  readonly options: OperationOptions & {
    readonly input?: InputRecord | undefined;
    readonly output?: AnySchema | undefined;
    readonly as?: Kind | undefined;
    readonly errors?: readonly ErrorClass[] | undefined;
  };
  readonly handler: (values: never) => unknown;
  /** Its number in the order of declaration, which is the order of matching. */
  readonly order: number;
  /** The options of the routers around it, outermost first. */
  readonly layers: readonly RouterOptions[];
}
/**
 * Declares an operation of one method.
 *
 * With two arguments it takes no inputs: `get("/", () => ({ message: "Hello World" }))`. With three, the options' `input`
 * gives the handler's argument: bare schemas are located by name and type, markers and dependencies as they say.
 * @throws TypeError for arguments that are no declaration.
 */
export interface Declare<M extends string> {
  <const P extends string, const R>(
    path: [PathNames<P>] extends [never] ? P : `path parameter "${PathNames<P>}" is not declared: give { input }`,
    handler: () => R,
  ): Operation<M, P, unknown, Answered<undefined, undefined, R>, never>;
  <
    const P extends string,
    I extends InputRecord = Record<never, never>,
    O extends Output = undefined,
    K extends As = undefined,
    const E extends readonly ErrorClass[] = [],
    const D extends readonly Dependency[] = [],
    const R extends Returned<O, K> = Returned<O, K>,
  >(
    path: P,
    options: OperationOptions & {
      readonly input?: (I & DeclaresPath<P, I>) | undefined;
      readonly dependencies?: D | undefined;
      readonly output?: O | undefined;
      readonly as?: K | undefined;
      readonly errors?: E | undefined;
    },
    handler: (values: Values<I>) => R,
  ): Operation<
    M,
    P,
    Sent<P, Flat<I> & NeedsOfAll<D>>,
    Answered<O, K, R>,
    ErrorsFor<Listed<E> | ErrorsOf<I> | ErrorsOfAll<D>, Flat<I> & NeedsOfAll<D>>
  >;
}
/** Declares a GET operation; HEAD is answered too. See `Declare`. */
export declare const get: Declare<"GET">;
/** Declares a POST operation. See `Declare`. */
export declare const post: Declare<"POST">;
/** Declares a PUT operation. See `Declare`. */
export declare const put: Declare<"PUT">;
/** Declares a PATCH operation. See `Declare`. */
export declare const patch: Declare<"PATCH">;
/** Declares a DELETE operation. See `Declare`. */
export declare const del: Declare<"DELETE">;
/**
 * Declares one operation for several methods: `operation(["GET", "POST"], "/items", options, handler)`.
 * @param methods In upper case.
 */
export declare function operation<const M extends Method>(
  methods: readonly [M, ...M[]],
  ...rest: Parameters<Declare<M>>
): ReturnType<Declare<M>>;
/** Whether a value is an operation. */
export declare function isOperation(value: unknown): value is Declared;
