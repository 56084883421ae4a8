/** Operations for the type checker: what a handler may return and what a client reads. */
import type { Dependency } from "../dependency/index.ts";
import type { Middleware } from "../around/index.ts";
import type { ErrorClass, ErrorHandler, ErrorShape, InShape } from "../error/index.ts";
import type { FormLimitOptions, Sent } from "../input/index.ts";
import type { ItemStream, Kind, Piece, Pieces, Reply, ServerSentEvent } from "../response/index.ts";
import type { Outbounds } from "./outbound.ts";
import type { AnySchema, Gives, Jsonify, Sparse, Widen, Wire } from "../schema/index.ts";
import type { SocketLimits } from "../websocket/index.ts";

/** HTTP methods an operation can have. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "HEAD" | "TRACE";

/** What a client has to know of an operation: what it sends, what it reads, which errors there are. */
export interface Facts {
  readonly sends: unknown;
  readonly answer: unknown;
  readonly errors: unknown;
}

/**
 * The value a user declares. Its type holds wire facts only, in one object that is worked out when a client asks for it:
 * declaring an operation does not pay for clients.
 */
export interface Operation<M extends string = string, P extends string = string, F extends Facts = Facts> {
  readonly kind: "operation";
  readonly method: M;
  readonly path: P;
  /** Boxed phantom. */
  readonly "~types"?: F;
}

type May<T> = T | Reply | Response | PromiseLike<T | Reply | Response>;

/** What a handler may return, by its `output` and `as`. */
export type Returned<O, K> = [O] extends [undefined]
  ? [K] extends [undefined]
    ? unknown
    : K extends { readonly streams: true }
      ? May<Pieces>
      : K extends (value: infer V, ...rest: never) => Reply
        ? May<V>
        : unknown
  : O extends { readonly streams: infer F; readonly item: infer S }
    ? May<Source<Items<F, S>>>
    : May<Gives<O>>;

/** What a generator handler may yield, by its `output` and `as`; nothing where neither says that it streams. */
type Yielded<O, K> = [O] extends [undefined]
  ? [K] extends [undefined]
    ? unknown
    : K extends { readonly streams: true }
      ? Piece
      : never
  : O extends { readonly streams: infer F; readonly item: infer S }
    ? Items<F, S>
    : never;

/**
 * A generator handler gives this. Of its own and without a constraint: only so the literals that an async generator yields keep
 * their types, as those that are returned do. What may be yielded is checked by `TakesYields`.
 */
export type Yielding<Y> = Generator<Y, void, unknown> | AsyncGenerator<Y, void, unknown>;

/** What the options have to be, by what the handler yields. */
export type TakesYields<O, K, Y> = [Y] extends [never]
  ? unknown
  : [Y] extends [Yielded<O, K>]
    ? unknown
    : [O] extends [undefined]
      ? { readonly as: Misfit<Y, Yielded<O, K>> }
      : { readonly output: Misfit<Y, Yielded<O, K>> };
interface Misfit<Y, T> {
  readonly "the handler yields": Y;
  readonly "but it may yield": T;
}

/** Where items come from. */
type Source<T> = Iterable<T> | AsyncIterable<T> | ReadableStream<T>;
type Items<F, S> = ItemOf<S> | (F extends "events" ? ServerSentEvent<ItemOf<S>> : never);
type ItemOf<S> = [S] extends [undefined] ? unknown : Gives<S>;

/** One Server-Sent Event as a client reads it. */
export interface ReceivedEvent<T = unknown> {
  /** What its data says as JSON; its text where that is no JSON, as `rawData` may be. */
  readonly data: T;
  /** The text of its data. */
  readonly rawData: string;
  /** Its type; `message` where it says none. */
  readonly event: string;
  /** The id that was said last, by this event or by one before; empty where none was. */
  readonly id: string;
  /** How long to wait before connecting again, in ms, as it was said last. */
  readonly retry: number | undefined;
}

/** The keys a selection names. */
type Named<S> = S extends readonly string[] ? S[number] : keyof S;
/** The keys that a selection names as a whole. */
type NamedWhole<S> = S extends readonly string[]
  ? S[number]
  : { [K in keyof S]: S[K] extends true ? K : never }[keyof S];
/** What a selection says inside a key; nothing where it names the key as a whole. */
type Inside<S, K> = S extends readonly string[] ? never : K extends keyof S ? Exclude<S[K], true> : never;

// Lists are selected from item by item; keys that nobody knows by name stay.
/** An answer with the selected keys alone. */
type Only<T, S> = T extends readonly unknown[]
  ? { [K in keyof T]: Only<T[K], S> }
  : T extends object
    ? {
        [K in keyof T as string extends K ? K : K extends Named<S> ? K : never]: [Inside<S, K>] extends [never]
          ? T[K]
          : Only<T[K], Inside<S, K>>;
      }
    : T;
/** An answer without the selected keys. */
type Without<T, S> = T extends readonly unknown[]
  ? { [K in keyof T]: Without<T[K], S> }
  : T extends object
    ? {
        [K in keyof T as string extends K ? K : Exclude<K, NamedWhole<S>>]: [Inside<S, K>] extends [never]
          ? T[K]
          : Without<T[K], Inside<S, K>>;
      }
    : T;

/** The keys that a selection can name; none where nobody knows them. */
type Selectable<T> = T extends readonly (infer E)[] ? Selectable<E> : T extends object ? keyof T : never;
/** The value at a key of an answer, wherever there is one. */
type At<T, K> = T extends readonly (infer E)[] ? At<E, K> : K extends keyof T ? T[K] : never;
type CheckKeys<T, S> = [Selectable<T>] extends [never]
  ? unknown
  : S extends readonly string[]
    ? readonly (Selectable<T> & string)[]
    : {
        readonly [K in keyof S]: K extends Selectable<T>
          ? S[K] extends true
            ? true
            : CheckKeys<At<T, K>, S[K]>
          : `the output has no key "${K & string}"`;
      };

/** What a selection has to be: of keys that the output has. Without an output there is nothing to select from. */
export type SelectsFrom<O, S> = [S] extends [undefined]
  ? unknown
  : [O] extends [undefined]
    ? "a selection needs an `output` to select from"
    : O extends { _zod: unknown }
      ? CheckKeys<Wire<O>, S>
      : O extends { readonly item: infer I }
        ? SelectsFrom<I, S>
        : unknown;

/** What the client reads of a successful answer. */
export type Answered<O, K, R, X = false, Z = false, N = undefined, W = undefined, Y = never> = [O] extends [undefined]
  ? [K] extends [undefined]
    ? Undescribed<Exclude<Awaited<R>, Reply | Response>>
    : K extends { readonly json: true }
      ? unknown
      : string
  : O extends { readonly streams: infer F; readonly item: infer S }
    ? AsyncIterable<
        ItemRead<
          F,
          [S] extends [undefined]
            ? Undescribed<DataOf<Exclude<Awaited<R>, Reply | Response>, Y>>
            : AnsweredBy<S, X, Z, N, W>
        >
      >
    : AnsweredBy<O, X, Z, N, W>;

type AnsweredBy<O, X, Z, N, W> = [X, Z, N, W] extends [false, false, undefined, undefined]
  ? Wire<O>
  : Selected<Wire<O, Thin<X, Z>>, N, W>;

type ItemRead<F, T> = F extends "events" ? ReceivedEvent<T> : T;
/** What the items of a handler hold, whether it yields them or returns where they come from; replies have none. */
type DataOf<R, Y> = [Y] extends [never] ? (R extends Source<infer T> ? DataIn<T> : never) : DataIn<Y>;
type DataIn<T> = T extends ServerSentEvent<infer D> ? D : T;

/** The JSON form of a value without a schema. Where there is nothing but replies and Responses, nobody knows what is in them. */
type Undescribed<V> = [V] extends [never] ? unknown : Jsonify<Widen<V>, null>;

/** What the options leave out of objects. */
type Thin<X, Z> = Extract<Sparse, (true extends X ? "unset" : never) | (true extends Z ? "null" : never)>;
type Selected<T, N, W> = ([N] extends [undefined] ? T : Only<T, N>) extends infer T
  ? [W] extends [undefined]
    ? T
    : Without<T, W>
  : never;

/** How an operation id is made from what is known of an operation. */
export type NameOperation = (operation: {
  /** The operation's name: the `name` option, else its key, else its function's name. */
  readonly name: string;
  readonly method: string;
  /** Full path, without convertors. */
  readonly path: string;
  readonly tags: readonly string[];
  /** The keys that lead to it through the routers, its own last. */
  readonly keys: readonly string[];
}) => string;

/** A further response in the document. */
interface ResponseDoc {
  readonly description?: string | undefined;
  readonly schema?: AnySchema | undefined;
  readonly content?: Readonly<Record<string, MediaTypeDoc>> | undefined;
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
  readonly links?: Readonly<Record<string, unknown>> | undefined;
}

/** What the document says of an answer in one media type. */
interface MediaTypeDoc {
  /** A schema, or JSON Schema as it is to stand there. */
  readonly schema?: unknown;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, unknown>> | undefined;
}

/** Further responses by status, range (`"4XX"`) or `default`. */
export type ResponseDocs = Readonly<Record<string | number, ResponseDoc>>;

/** What operations, routers and the App can all say; the innermost wins where only one can. */
export interface SharedOptions {
  readonly tags?: readonly string[] | undefined;
  /** Guards: run in order, outer first, before `input`. Their values are not handed on. */
  readonly dependencies?: readonly Dependency[] | undefined;
  readonly responses?: ResponseDocs | undefined;
  /** What the API calls at its clients' servers because of a request, by name; each declared without a handler. */
  readonly callbacks?: Outbounds | undefined;
  readonly deprecated?: boolean | undefined;
  readonly includeInSchema?: boolean | undefined;
  /** True takes JSON values as they are, without FastAPI's conversions (`"5"` for an integer). */
  readonly strictTypes?: boolean | undefined;
  /** False parses a body without Content-Type as JSON. Default: true, as in FastAPI. */
  readonly strictContentType?: boolean | undefined;
  /** Largest body in bytes. Default: 1 MiB; 32 MiB for operations that take files or a stream. Answered with 413. */
  readonly bodyLimit?: number | undefined;
  /** How much of a form is read; what is left out is what the next one outside says. All of them have defaults. */
  readonly formLimits?: FormLimitOptions | undefined;
  /**
   * How long a body may take to arrive, in ms; null for as long as the server waits. Of a multipart form and of a stream it is
   * the longest wait for the next piece. Default: 30,000. Answered with 408.
   */
  readonly bodyTimeout?: number | null | undefined;
  /**
   * How long guards, body, dependencies and handler may take, in ms, of a stream until it begins; null for ever. Default: 60,000. Then `signal` is
   * aborted, the client is answered 503, and `function`-scoped work is rolled back once the handler has settled.
   */
  readonly timeout?: number | null | undefined;
  /** What stands around: the App's around every request, those of routers and operations around theirs. First is outermost. */
  readonly middleware?: readonly Middleware[] | undefined;
}

/** What an operation says besides its inputs and its handler. */
export interface OperationOptions extends SharedOptions {
  /** The name that ids and the summary come from; the record key where it is left out. */
  readonly name?: string | undefined;
  readonly summary?: string | undefined;
  /** Markdown. */
  readonly description?: string | undefined;
  readonly responseDescription?: string | undefined;
  readonly operationId?: string | undefined;
  /** Status of a successful answer. Default: 200. */
  readonly status?: number | undefined;
  /**
   * Joined with the operation's object in the document, last: objects key by key, lists end to end; of everything else this
   * counts. Schemas in it are described.
   */
  readonly openapi?: Readonly<Record<string, unknown>> | undefined;
}

/** What routers and the App say for the sockets in them. */
export interface SocketDefaults {
  /** Limits of the sockets in it, and whose pages may connect to them. */
  readonly sockets?: SocketLimits | undefined;
}

/** What a router says for everything in it. */
export interface RouterOptions<
  X extends string = string,
  Shape extends ErrorShape | undefined = ErrorShape | undefined,
  E extends readonly ErrorClass[] = readonly ErrorClass[],
  D extends readonly Dependency[] = readonly Dependency[],
>
  extends SharedOptions, SocketDefaults {
  /** Put in front of every path. Starts with `/` and does not end with one; may hold parameters, marked `path()`. */
  readonly prefix?: X | undefined;
  readonly operationId?: NameOperation | undefined;
  /** How errors look on the wire: `{"detail": …}`, or problem details (RFC 9457). */
  readonly errorShape?: Shape | undefined;
  /** Guards of everything in it; their errors are part of its operations. */
  readonly dependencies?: D | undefined;
  /** Typed errors that every operation in it may answer, as if each listed them. */
  readonly errors?: E | undefined;
  /** Error handlers for everything in it, asked before those further out. */
  readonly onError?: readonly ErrorHandler[] | undefined;
}

type NotRoutes =
  | string
  | number
  | boolean
  | bigint
  | symbol
  | null
  | undefined
  | ((...args: never) => unknown)
  | (abstract new (...args: never) => unknown)
  | readonly unknown[]
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | Date
  | PromiseLike<unknown>
  | { readonly "~standard": unknown }
  | {
      readonly kind:
        "dependency" | "located" | "provide" | "middleware" | "errorHandler" | "outbound" | "socket" | "frontend";
    }
  | { readonly include: unknown };

type Shaped<F extends Facts, Shape, More> = Shape extends ErrorShape
  ? InShape<F["errors"] | More, Shape>
  : F["errors"] | More;
/** What an operation takes, and what the guards of its router do. */
type Sends<F extends Facts, P extends string, Needs> = [keyof Needs] extends [never]
  ? F["sends"]
  : F["sends"] & Sent<P, Needs>;
type Within<F extends Facts, P extends string, Shape, More, Needs> = [Shape, More, keyof Needs] extends [
  undefined,
  never,
  never,
]
  ? F
  : { readonly sends: Sends<F, P, Needs>; readonly answer: F["answer"]; readonly errors: Shaped<F, Shape, More> };
type Prefixed<T, X extends string, Shape, More, Needs> =
  T extends Operation<infer M, infer P, infer F>
    ? Operation<M, `${X}${P}`, Within<F, `${X}${P}`, Shape, More, Needs>>
    : never;

/** Keeps operations, and routers of them, with the prefix in front; drops everything else that a module exports. */
export type Routes<T, X extends string, Shape, More = never, Needs = object> = {
  [K in keyof T as T[K] extends { readonly kind: "operation" } ? K : T[K] extends NotRoutes ? never : K]: T[K] extends {
    readonly kind: "operation";
  }
    ? Prefixed<T[K], X, Shape, More, Needs>
    : Routes<T[K], X, Shape, More, Needs>;
} extends infer O
  ? { [K in keyof O]: O[K] }
  : never;

/** An output schema, items of one, or none. */
export type Output = AnySchema | ItemStream | undefined;
/** A kind of reply, or none. */
export type As = Kind | undefined;
