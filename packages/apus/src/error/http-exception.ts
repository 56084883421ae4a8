/** Errors that are answers: `HTTPException` as in FastAPI, and typed classes made by `httpError`. */
import { ApusError, checkOptionNames, ofThisCopy } from "../diagnostic/index.ts";
import { compileWriter, INVALID, isSchema, type AnySchema, type In, type Problem } from "../schema/index.ts";
import { reasonPhrase } from "./reason.ts";

/** Headers of an error's answer. */
type ErrorHeaders = Readonly<Record<string, string>>;

/**
 * Thrown anywhere in a request, it becomes the answer: `{"detail": …}` with the given status.
 *
 * @param status HTTP status, 400 to 599 as a rule.
 * @param detail Any JSON value; the status's reason phrase where it is left out.
 * @param options.headers Added to the answer.
 * @example throw new HTTPException(404, "Item not found");
 */
export class HTTPException extends Error {
  override readonly name: string = "HTTPException";
  readonly status: number;
  readonly detail: unknown;
  readonly headers: ErrorHeaders;

  constructor(status: number, detail?: unknown, options?: { readonly headers?: ErrorHeaders | undefined } | undefined) {
    const said = detail === undefined || detail === null ? reasonPhrase(status) : detail;
    super(typeof said === "string" ? said : reasonPhrase(status));
    checkStatus(status);
    if (options !== undefined) checkOptionNames("HTTPException", options, { headers: true });
    this.status = status;
    this.detail = said;
    this.headers = options?.headers ?? {};
  }
}
ofThisCopy(HTTPException.prototype);

function checkStatus(status: number): void {
  if (Number.isInteger(status) && status >= 100 && status <= 599) return;
  throw new ApusError(`APUS_STATUS: ${JSON.stringify(status)} is no HTTP status; use an integer from 100 to 599.`);
}

/** A class of typed errors. Listed in `errors` it documents itself and is part of the client's types. */
export interface ErrorClass<S extends number = number, D = unknown> {
  readonly status: S;
  readonly title: string;
  readonly schema: AnySchema | undefined;
  /** Boxed, so that nothing is lost where `exactOptionalPropertyTypes` is off. */
  readonly "~types"?: { readonly detail: D };
  new (...args: never): HTTPException;
}

/** A class of errors whose detail is its title. */
export interface PlainErrorClass<S extends number, D> extends ErrorClass<S, D> {
  new (detail?: D | undefined, options?: { readonly headers?: ErrorHeaders | undefined } | undefined): HTTPException;
}

/** A class of errors whose detail has a schema. */
export interface DetailedErrorClass<S extends number, D> extends ErrorClass<S, D> {
  new (detail: D, options?: { readonly headers?: ErrorHeaders | undefined } | undefined): HTTPException;
}

/**
 * Makes a class of errors with a status and a literal title.
 *
 * @param status HTTP status.
 * @param title What `detail` says where the error is thrown without one.
 * @param schema The detail's schema, where it is more than the title; its values are checked and written by it.
 * @example
 * const ItemNotFound = httpError(404, "Item not found");
 * get("/items/{item_id}", { input: { item_id: z.int() }, errors: [ItemNotFound] }, () => { throw new ItemNotFound(); });
 */
export function httpError<const S extends number, const T extends string>(status: S, title: T): PlainErrorClass<S, T>;
export function httpError<const S extends number, D extends AnySchema>(
  status: S,
  title: string,
  schema: D,
): DetailedErrorClass<S, In<D>>;
export function httpError(status: number, title: string, schema?: AnySchema): ErrorClass {
  checkStatus(status);
  if (typeof title !== "string") {
    throw new ApusError(
      `APUS_ERROR_SCHEMA: httpError(${String(status)}, title): the second argument has to be a text: httpError(404, "Item not found").`,
    );
  }
  if (schema !== undefined && !isSchema(schema)) {
    throw new ApusError(
      `APUS_ERROR_SCHEMA: httpError(${status}, "${title}", schema): the third argument has to be a schema.`,
    );
  }
  const write = schema === undefined ? undefined : compileWriter(schema);
  return class TypedError extends HTTPException {
    static readonly status = status;
    static readonly title = title;
    static readonly schema = schema;
    override readonly name: string = title.replaceAll(/[^A-Za-z0-9]+/g, "") || "TypedError";

    constructor(detail?: unknown, options?: { readonly headers?: ErrorHeaders | undefined }) {
      super(status, written(detail, title, write), options);
    }
  };
}

function written(
  detail: unknown,
  title: string,
  write: ((value: unknown, problems: Problem[]) => unknown) | undefined,
): unknown {
  if (write === undefined) return detail ?? title;
  const problems: Problem[] = [];
  const found = write(detail, problems);
  if (found !== INVALID) return found;
  throw new ApusError(
    `APUS_ERROR_DETAIL: the detail given to the error "${title}" does not fit its schema: ${["detail", ...(problems[0]?.loc ?? [])].join(".")}: ${problems[0]?.msg ?? ""}.`,
  );
}
