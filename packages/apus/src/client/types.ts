/** The typed client: reads wire facts from the operations of a router, and nothing else of the server. */
import type { ErrorBody, WireError } from "../error/index.ts";
import type { Facts, Operation } from "../operation/index.ts";

/** All operations of a tree of routers. What a module exports besides was already left out by `router`. */
type OperationsIn<T> = { [K in keyof T]: T[K] extends Operation ? T[K] : OperationsIn<T[K]> }[keyof T];

/** The operations of one method by path. */
type Table<U, M extends string> = {
  [O in U as O extends Operation ? (M extends O["method"] ? O["path"] : never) : never]: O;
};

type FactsOf<O> = O extends Operation ? NonNullable<O["~types"]> : never;

/** What went wrong: a declared error's status and body. */
type Failed<E> = E extends WireError
  ? { readonly ok: false; readonly status: E["status"]; readonly body: ErrorBody<E> }
  : never;

/** What a call comes to: the value, or one of the declared errors. */
export type Result<A, E> = { readonly ok: true; readonly status: number; readonly value: A } | Failed<E>;

/** What a single call can say besides the operation's inputs. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

type Calls<T> = {
  <P extends keyof T & string, F extends Facts = FactsOf<T[P]>>(
    path: P,
    ...args: object extends F["sends"] ? [args?: F["sends"] & CallOptions] : [args: F["sends"] & CallOptions]
  ): Promise<Result<F["answer"], F["errors"]>>;
};

/** A client over the operations of `T`: `typeof api`. */
export interface Client<T> {
  readonly get: Calls<Table<OperationsIn<T>, "GET">>;
  readonly post: Calls<Table<OperationsIn<T>, "POST">>;
  readonly put: Calls<Table<OperationsIn<T>, "PUT">>;
  readonly patch: Calls<Table<OperationsIn<T>, "PATCH">>;
  readonly delete: Calls<Table<OperationsIn<T>, "DELETE">>;
}
