/** The typed client: reads wire facts from the operations of a router, and nothing else of the server. */
import type { ErrorBody, WireError } from "../error/index.ts";
import type { Facts, Operation } from "../operation/index.ts";

/** All operations of a tree of routers. What a module exports besides was already left out by `router`. */
type OperationsIn<T> = { [K in keyof T]: T[K] extends Operation ? T[K] : OperationsIn<T[K]> }[keyof T];

/** The operations of the methods `M` by path. */
type Table<U, M extends string> = {
  [O in U as O extends Operation ? (M extends O["method"] ? O["path"] : never) : never]: O;
};

type Paths<U, M extends string> = U extends Operation ? (M extends U["method"] ? U["path"] : never) : never;

type FactsAt<T, M extends string, P extends string> =
  Table<OperationsIn<T>, M> extends { [_ in P]: Operation<string, string, infer F> } ? F : never;

/** What can go wrong: the status and body of each declared error among the statuses `S`. */
type Failed<E, S> = E extends WireError
  ? E["status"] extends S
    ? { readonly ok: false; readonly status: E["status"]; readonly body: ErrorBody<E>; readonly response: Response }
    : never
  : never;

/** What a call comes to: the value, or one of the declared errors. The body of `response` is read already, or by the stream that is the value. */
export type Result<A, E, S = unknown> =
  { readonly ok: true; readonly status: number; readonly value: A; readonly response: Response } | Failed<E, S>;

/** How a body is read that is not to be read as its Content-Type says. */
interface Readings {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly stream: AsyncIterable<Uint8Array>;
}
type Reading = keyof Readings | undefined;

type StatusOf<E> = E extends WireError ? E["status"] : never;

/** What a single call can say besides the operation's inputs. */
export interface CallOptions<S = number, R = Reading> {
  /** Ends the call, and the stream that came of it: either rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** In ms, from the call to the last byte of the answer, or to the beginning of a stream; null for no limit. Default: the client's. */
  readonly timeout?: number | null | undefined;
  /**
   * The statuses of the errors that this call handles. They are its values, and every other error is thrown as an
   * `UnexpectedAnswer`. Default: every error that is written as this framework writes them is a value.
   */
  readonly errors?: readonly S[] | undefined;
  /** Reads the body of a successful answer as text, as bytes, or as bytes while they arrive, whatever its Content-Type. */
  readonly as?: R | undefined;
  /** What `fetch` takes besides, further headers among it: `{ headers: { "if-none-match": tag }, cache: "no-store" }`. */
  readonly init?: Omit<RequestInit, "method" | "body" | "signal"> | undefined;
}

/** The errors that are values unless the call says which: a fault of the server is nobody's to handle. */
type Usual<S> = S extends number ? (`${S}` extends `5${string}` ? never : S) : never;

type Calls<T, M extends string> = {
  <
    P extends Paths<OperationsIn<T>, M>,
    F extends Facts = FactsAt<T, M, P>,
    const S extends StatusOf<F["errors"]> = Usual<StatusOf<F["errors"]>>,
    const R extends Reading = undefined,
  >(
    path: P,
    ...args: object extends F["sends"]
      ? [args?: F["sends"] & CallOptions<S, R>]
      : [args: F["sends"] & CallOptions<S, R>]
  ): Promise<Result<R extends keyof Readings ? Readings[R] : F["answer"], F["errors"], S>>;
};

/** What HEAD comes to: an answer without its body. */
type HeadResult<S> =
  | { readonly ok: true; readonly status: number; readonly value: undefined; readonly response: Response }
  | (S extends number
      ? { readonly ok: false; readonly status: S; readonly body: undefined; readonly response: Response }
      : never);

type HeadCalls<T, M extends string> = {
  <
    P extends Paths<OperationsIn<T>, M>,
    F extends Facts = FactsAt<T, M, P>,
    const S extends StatusOf<F["errors"]> = Usual<StatusOf<F["errors"]>>,
  >(
    path: P,
    ...args: object extends F["sends"]
      ? [args?: F["sends"] & CallOptions<S, undefined>]
      : [args: F["sends"] & CallOptions<S, undefined>]
  ): Promise<HeadResult<S>>;
};

/** A client over the operations of `T`: `typeof api`. */
export interface Client<T> {
  readonly get: Calls<T, "GET">;
  readonly post: Calls<T, "POST">;
  readonly put: Calls<T, "PUT">;
  readonly patch: Calls<T, "PATCH">;
  readonly delete: Calls<T, "DELETE">;
  /** For what is declared for GET or for HEAD. */
  readonly head: HeadCalls<T, "GET" | "HEAD">;
  readonly options: Calls<T, "OPTIONS">;
}
