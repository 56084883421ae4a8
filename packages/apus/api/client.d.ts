// What `apus/client` declares, without comments. Made by `npm run api`, compared by `npm run check -- api`.
import type { Facts, Operation, WireError } from "apus";

export interface CallOptions<S = number, R = Reading> {
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number | null | undefined;
  readonly errors?: readonly S[] | undefined;
  readonly as?: R | undefined;
  readonly init?: Omit<RequestInit, "method" | "body" | "signal"> | undefined;
}
export interface Client<T> {
  readonly get: Calls<T, "GET">;
  readonly post: Calls<T, "POST">;
  readonly put: Calls<T, "PUT">;
  readonly patch: Calls<T, "PATCH">;
  readonly delete: Calls<T, "DELETE">;
  readonly head: HeadCalls<T, "GET" | "HEAD">;
  readonly options: Calls<T, "OPTIONS">;
}
export interface ClientOptions {
  readonly baseUrl: string;
  readonly auth?:
    | Credentials
    | ((request: Request) => Credentials | null | undefined | Promise<Credentials | null | undefined>)
    | undefined;
  readonly headers?: HeaderRecord | ((request: Request) => HeaderRecord | Promise<HeaderRecord>) | undefined;
  readonly timeout?: number | null | undefined;
  readonly credentials?: "omit" | "same-origin" | "include" | undefined;
  readonly fetch?: ((request: Request) => Promise<Response> | Response) | undefined;
}
export type Credentials =
  | string
  | {
      readonly username: string;
      readonly password: string;
    };
export declare class NetworkError extends Error {
  readonly name = "NetworkError";
}
export interface ReceivedEvent<T = unknown> {
  readonly data: T;
  readonly rawData: string;
  readonly event: string;
  readonly id: string;
  readonly retry: number | undefined;
}
export type Result<A, E, S = unknown> =
  | {
      readonly ok: true;
      readonly status: number;
      readonly value: A;
      readonly response: Response;
    }
  | Failed<E, S>;
export declare class TimeoutError extends Error {
  readonly name = "TimeoutError";
}
export declare class UnexpectedAnswer extends Error {
  readonly name = "UnexpectedAnswer";
  readonly status: number;
  readonly response: Response;
  readonly text: string;
  constructor(what: string, response: Response, text: string);
}
export declare function createClient<T>(options: ClientOptions): Client<T>;
export declare function readEvents<T = unknown>(
  body: Bytes | AsyncIterable<Uint8Array>,
): AsyncGenerator<ReceivedEvent<T>, void, undefined>;
export declare function readJsonLines<T = unknown>(
  body: Bytes | AsyncIterable<Uint8Array>,
): AsyncGenerator<T, void, undefined>;
export declare function readLines(
  body: Bytes | AsyncIterable<Uint8Array>,
  ends?: RegExp,
): AsyncGenerator<string, void, undefined>;

// What the above is made of.
type Bytes = ReadableStream<Uint8Array>;
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
type ErrorBody<E extends WireError> = E["shape"] extends "problem"
  ? Problem<E["status"], E["detail"]>
  : {
      detail: E["detail"];
    };
type FactsAt<T, M extends string, P extends string> =
  Table<OperationsIn<T>, M> extends {
    [_ in P]: Operation<string, string, infer F>;
  }
    ? F
    : never;
type Failed<E, S> = E extends WireError
  ? E["status"] extends S
    ? {
        readonly ok: false;
        readonly status: E["status"];
        readonly body: ErrorBody<E>;
        readonly response: Response;
      }
    : never
  : never;
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
type HeadResult<S> =
  | {
      readonly ok: true;
      readonly status: number;
      readonly value: undefined;
      readonly response: Response;
    }
  | (S extends number
      ? {
          readonly ok: false;
          readonly status: S;
          readonly body: undefined;
          readonly response: Response;
        }
      : never);
type HeaderRecord = Readonly<Record<string, string | undefined>>;
type OperationsIn<T> = {
  [K in keyof T]: T[K] extends Operation ? T[K] : OperationsIn<T[K]>;
}[keyof T];
type Paths<U, M extends string> = U extends Operation ? (M extends U["method"] ? U["path"] : never) : never;
type Problem<S extends number, D> = {
  type: string;
  title: string;
  status: S;
} & (D extends string
  ? {
      detail?: D;
    }
  : {
      detail?: string;
      errors: D;
    });
type Reading = keyof Readings | undefined;
interface Readings {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly stream: AsyncIterable<Uint8Array>;
}
type StatusOf<E> = E extends WireError ? E["status"] : never;
type Table<U, M extends string> = {
  [O in U as O extends Operation ? (M extends O["method"] ? O["path"] : never) : never]: O;
};
type Usual<S> = S extends number ? (`${S}` extends `5${string}` ? never : S) : never;

export {};
