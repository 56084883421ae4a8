/** What an error is to the type checker: the facts a client can rely on. */

/** The two bodies an error can have on the wire: FastAPI's `{"detail": …}`, or problem details (RFC 9457). */
export type ErrorShape = "fastapi" | "problem";

/**
 * One declared error. `Shape` is settled by the nearest router that sets `errorShape`; until then it is `"default"`, which
 * is read as FastAPI's.
 */
export interface WireError<
  S extends number = number,
  D = unknown,
  Shape extends ErrorShape | "default" = ErrorShape | "default",
> {
  readonly status: S;
  readonly detail: D;
  readonly shape: Shape;
}

/** One entry of the `detail` of a 422. */
export interface ValidationError {
  type: string;
  loc: (string | number)[];
  msg: string;
  input?: unknown;
  ctx?: Record<string, unknown>;
}

/** Every operation with inputs can answer this. */
export type InvalidInput = WireError<422, ValidationError[], "default">;

/** The body of an error in its shape. */
export type ErrorBody<E extends WireError> = E["shape"] extends "problem"
  ? Problem<E["status"], E["detail"]>
  : { detail: E["detail"] };

/** Problem details: a text is the `detail`, left out where the title says the same; anything else stands in `errors`. */
type Problem<S extends number, D> = { type: string; title: string; status: S } & (D extends string
  ? { detail?: D }
  : { detail?: string; errors: D });

/** Puts a shape on the errors that have none yet. */
export type InShape<E, Shape extends ErrorShape> =
  E extends WireError<infer S, infer D, infer Own> ? WireError<S, D, Own extends "default" ? Shape : Own> : never;
