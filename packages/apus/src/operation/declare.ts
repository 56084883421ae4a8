/** Declares operations: `get("/items/{item_id}", options, handler)` and its like. An operation is a value. */
import { ApusError, checkOptionNames, declaredHere, isOfKind, ofThisCopy } from "../diagnostic/index.ts";
import type {
  DeclaresPath,
  RequiresInput,
  Dependency,
  ErrorsOf,
  ErrorsOfAll,
  Flat,
  InputRecord,
  Listed,
  NeedsOfAll,
  Values,
} from "../dependency/index.ts";
import type { ErrorClass, InvalidInput } from "../error/index.ts";
import type { PathNames, Sent } from "../input/index.ts";
import type { ItemStream, Kind } from "../response/index.ts";
import { isSchema, type AnySchema, type Leaving, type Selection } from "../schema/index.ts";
import { operationOptions } from "./option-names.ts";
import type { DeclaredOutbound, Outbound, OutboundOptions } from "./outbound.ts";
import type {
  Answered,
  As,
  Method,
  Operation,
  OperationOptions,
  Output,
  Returned,
  RouterOptions,
  SelectsFrom,
  TakesYields,
  Yielding,
} from "./types.ts";

/** An operation as the linker sees it. */
export interface Declared extends Operation {
  readonly methods: readonly string[];
  readonly options: OperationOptions &
    Leaving & {
      readonly input?: InputRecord | undefined;
      readonly output?: AnySchema | ItemStream | undefined;
      readonly as?: Kind | undefined;
      readonly errors?: readonly ErrorClass[] | undefined;
    };
  readonly handler: (values: never) => unknown;
  /** Its number in the order of declaration, which is the order of matching. */
  readonly order: number;
  /** The options of the routers around it, outermost first. */
  readonly layers: readonly RouterOptions[];
}

/** What stands between an operation's path and its handler. */
type DeclaredOptions<
  P extends string,
  I extends InputRecord,
  O extends Output,
  K extends As,
  E extends readonly ErrorClass[],
  D extends readonly Dependency[],
  X extends boolean,
  Z extends boolean,
  N extends Selection | undefined,
  W extends Selection | undefined,
> = OperationOptions & {
  readonly input?: (I & DeclaresPath<P, I, D>) | undefined;
  readonly dependencies?: D | undefined;
  readonly output?: O | undefined;
  readonly as?: K | undefined;
  readonly errors?: E | undefined;
  readonly excludeUnset?: X | undefined;
  readonly excludeDefaults?: X | undefined;
  readonly excludeNull?: Z | undefined;
  readonly only?: (N & SelectsFrom<O, N>) | undefined;
  readonly without?: (W & SelectsFrom<O, W>) | undefined;
} & RequiresInput<P, D>;

/**
 * Declares an operation of one method.
 *
 * With two arguments it takes no inputs: `get("/", () => ({ message: "Hello World" }))`. With three, the options' `input`
 * gives the handler's argument: bare schemas are located by name and type, markers and dependencies as they say.
 *
 * Without a handler it describes what this API calls at others, for `callbacks` and `webhooks`; its path then is no path of
 * this server: `post("{$callback_url}/invoices", { input: { invoice: Invoice } })`.
 * @throws ApusError for arguments that are no declaration.
 */
export interface Declare<M extends string> {
  <const P extends string>(
    path: P extends `/${string}` ? `the operation at ${P} needs a handler, as its last argument` : P,
    options: OutboundOptions,
  ): Outbound;
  <const P extends string, const R>(
    path: [PathNames<P>] extends [never] ? P : `path parameter "${PathNames<P>}" is not declared: give { input }`,
    handler: () => R,
  ): Operation<
    M,
    P,
    { readonly sends: object; readonly answer: Answered<undefined, undefined, R>; readonly errors: never }
  >;
  <
    const P extends string,
    I extends InputRecord = Record<never, never>,
    O extends Output = undefined,
    K extends As = undefined,
    const E extends readonly ErrorClass[] = [],
    const D extends readonly Dependency[] = [],
    const R extends Returned<O, K> = Returned<O, K>,
    X extends boolean = false,
    Z extends boolean = false,
    const N extends Selection | undefined = undefined,
    const W extends Selection | undefined = undefined,
    const Y = never,
  >(
    path: P,
    options: DeclaredOptions<P, I, O, K, E, D, X, Z, N, W> & TakesYields<O, K, Y>,
    handler: (values: Values<I>) => R | Yielding<Y>,
  ): Operation<
    M,
    P,
    // Written out: an alias would carry the input record, and with it the server's own types, into declarations.
    {
      readonly sends: Sent<P, Flat<I> & NeedsOfAll<D>>;
      readonly answer: Answered<O, K, R, X, Z, N, W, Y>;
      readonly errors:
        | Listed<E>
        | ErrorsOf<I>
        | ErrorsOfAll<D>
        | ([keyof (Flat<I> & NeedsOfAll<D>)] extends [never] ? never : InvalidInput);
    }
  >;
}

/** Declares one operation for several methods: as `Declare`, with the methods in front. */
interface DeclareSeveral {
  <const M extends Method, const P extends string, const R>(
    methods: readonly [M, ...M[]],
    path: [PathNames<P>] extends [never] ? P : `path parameter "${PathNames<P>}" is not declared: give { input }`,
    handler: () => R,
  ): Operation<
    M,
    P,
    { readonly sends: object; readonly answer: Answered<undefined, undefined, R>; readonly errors: never }
  >;
  <
    const M extends Method,
    const P extends string,
    I extends InputRecord = Record<never, never>,
    O extends Output = undefined,
    K extends As = undefined,
    const E extends readonly ErrorClass[] = [],
    const D extends readonly Dependency[] = [],
    const R extends Returned<O, K> = Returned<O, K>,
    X extends boolean = false,
    Z extends boolean = false,
    const N extends Selection | undefined = undefined,
    const W extends Selection | undefined = undefined,
    const Y = never,
  >(
    methods: readonly [M, ...M[]],
    path: P,
    options: DeclaredOptions<P, I, O, K, E, D, X, Z, N, W> & TakesYields<O, K, Y>,
    handler: (values: Values<I>) => R | Yielding<Y>,
  ): Operation<
    M,
    P,
    {
      readonly sends: Sent<P, Flat<I> & NeedsOfAll<D>>;
      readonly answer: Answered<O, K, R, X, Z, N, W, Y>;
      readonly errors:
        | Listed<E>
        | ErrorsOf<I>
        | ErrorsOfAll<D>
        | ([keyof (Flat<I> & NeedsOfAll<D>)] extends [never] ? never : InvalidInput);
    }
  >;
}

let declarations = 0;

/** Of what stands in no router. */
const noLayers: readonly never[] = [];

/** Counts up: declarations are tried in the order in which they were made. */
export function declarationNumber(): number {
  return declarations++;
}

function declare(methods: readonly string[], path: unknown, args: readonly unknown[]): Declared | DeclaredOutbound {
  const [options, handler] = args.length > 1 || typeof args[0] !== "function" ? args : [{}, args[0]];
  const what = `${methods.length === 1 ? methods[0] : methods.join("|")} ${String(path)}`;
  if (typeof path !== "string")
    throw new ApusError(`APUS_PATH: ${what}: the first argument is the path, as in get("/items", …).`);
  const outbound = args.length === 1 && handler === undefined && !path.startsWith("/");
  if (typeof handler !== "function" && !outbound) {
    throw new ApusError(
      `APUS_HANDLER: ${what}: the last argument is the handler, as in get("/items", { input }, (values) => …).`,
    );
  }
  if (typeof options !== "object" || options === null || isSchema(options)) {
    throw new ApusError(
      `APUS_OPTIONS: ${what}: the second argument is an object of options: { input: { name: schema } }.`,
    );
  }
  refuseBareInput(what, options);
  checkOptionNames(what, options, operationOptions);
  if (outbound) return ofThisCopy({ kind: "outbound", method: methods[0]!, path, options });
  return ofThisCopy({
    kind: "operation",
    method: methods[0]!,
    methods,
    path,
    options,
    handler: handler as Declared["handler"],
    order: declarationNumber(),
    layers: noLayers,
    ...declaredHere(),
  });
}

/** @throws ApusError for inputs that stand directly in the options, which no list of known options would explain. */
function refuseBareInput(what: string, options: object): void {
  for (const [name, value] of Object.entries(options)) {
    if (Object.hasOwn(operationOptions, name) || /^response_?model$/i.test(name) || name === "depends") continue;
    if (!isSchema(value) && !isInput(value)) continue;
    throw new ApusError(
      `APUS_OPTIONS: ${what}: \`${name}\` is an input; inputs go under \`input\`: { input: { ${name}: … } }.`,
    );
  }
}

const isInput = (value: unknown): boolean => isOfKind(value, "dependency") || isOfKind(value, "located");

function declaring<M extends Method>(method: M): Declare<M> {
  const methods = [method];
  return (path: unknown, ...args: unknown[]) => declare(methods, path, args) as never;
}

/** Declares a GET operation; HEAD is answered too. See `Declare`. */
export const get: Declare<"GET"> = declaring("GET");
/** Declares a POST operation. See `Declare`. */
export const post: Declare<"POST"> = declaring("POST");
/** Declares a PUT operation. See `Declare`. */
export const put: Declare<"PUT"> = declaring("PUT");
/** Declares a PATCH operation. See `Declare`. */
export const patch: Declare<"PATCH"> = declaring("PATCH");
/** Declares a DELETE operation. See `Declare`. */
export const del: Declare<"DELETE"> = declaring("DELETE");

const knownMethods: readonly string[] = [
  "GET",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "HEAD",
  "TRACE",
] satisfies Method[];

/**
 * Declares one operation for several methods: `operation(["GET", "POST"], "/items", options, handler)`.
 * @param methods In upper case.
 */
export const operation: DeclareSeveral = (methods: readonly string[], path: unknown, ...args: unknown[]) => {
  if (!Array.isArray(methods) || methods.length === 0) {
    throw new ApusError(
      'APUS_METHODS: operation() takes a list of methods first, as in operation(["GET", "POST"], "/items", …).',
    );
  }
  const wrong = methods.find((method) => !knownMethods.includes(method));
  if (wrong !== undefined) {
    throw new ApusError(
      `APUS_METHODS: operation(): ${JSON.stringify(wrong)} is no method of an operation; there are ${knownMethods.join(", ")}.`,
    );
  }
  return declare(methods, path, args) as never;
};

/** Whether a value is an operation. */
export function isOperation(value: unknown): value is Declared {
  return isOfKind(value, "operation");
}
