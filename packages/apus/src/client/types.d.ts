/** The typed client: reads wire facts from the operations of a router, and nothing else of the server. */
import type { ErrorBody, WireError } from "../error/index.ts";
import type { Operation } from "../operation/index.ts";
type AnyOperation = {
  readonly kind: "operation";
};
/** All operations of a tree of routers. What a module exports besides was already left out by `router`. */
type OperationsIn<T> = T extends AnyOperation
  ? T
  : T extends object
    ? T extends
        | ((...args: never) => unknown)
        | readonly unknown[]
        | {
            readonly "~standard": unknown;
          }
        | {
            readonly kind: string;
          }
      ? never
      : {
          [K in keyof T]: OperationsIn<T[K]>;
        }[keyof T]
    : never;
/** The operations of one method by path. */
type Table<U, M extends string> = {
  [O in U as O extends Operation<infer Methods, infer P> ? (M extends Methods ? P : never) : never]: O;
};
type SendsOf<O> = O extends Operation<string, string, infer S> ? ([S] extends [object] ? S : object) : object;
type AnswerOf<O> = O extends Operation<string, string, infer _S, infer A> ? A : never;
type ErrorsOf<O> = O extends Operation<string, string, infer _S, infer _A, infer E> ? E : never;
/** What went wrong: a declared error's status and body. */
type Failed<E> =
  E extends WireError<infer S>
    ? {
        readonly ok: false;
        readonly status: S;
        readonly body: ErrorBody<E>;
      }
    : never;
/** What a call comes to: the value, or one of the declared errors. */
export type Result<A, E> =
  | {
      readonly ok: true;
      readonly status: number;
      readonly value: A;
    }
  | Failed<E>;
/** What a single call can say besides the operation's inputs. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}
type Call<O> = SendsOf<O> & CallOptions;
type Calls<T> = {
  <P extends keyof T & string>(
    path: P,
    ...args: object extends SendsOf<T[P]> ? [args?: Call<T[P]>] : [args: Call<T[P]>]
  ): Promise<Result<AnswerOf<T[P]>, ErrorsOf<T[P]>>>;
};
/** A client over the operations of `T`: `typeof api`. */
export interface Client<T> {
  readonly get: Calls<Table<OperationsIn<T>, "GET">>;
  readonly post: Calls<Table<OperationsIn<T>, "POST">>;
  readonly put: Calls<Table<OperationsIn<T>, "PUT">>;
  readonly patch: Calls<Table<OperationsIn<T>, "PATCH">>;
  readonly delete: Calls<Table<OperationsIn<T>, "DELETE">>;
}
export {};
