/** Reads values that no operation declares as an input, by the same rules: files, queues, formats that are no JSON. */
import { compileReader, INVALID, type AnySchema, type Out, type Problem, type Read } from "../schema/index.ts";
import { told } from "./told.ts";
import type { ValidationError } from "./types.ts";
import { wireErrors } from "./validation.ts";

const readers = new WeakMap<object, Read>();

/**
 * A value did not fit its schema. Not caught, it is a failure of the server (500), as nobody knows whether the client sent
 * the value; a handler that knows throws `new HTTPException(422, error.errors())`.
 */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
  readonly #problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ loc, msg }) => [...loc, msg].join(": ")).join("; "));
    this.#problems = problems;
  }

  /** The problems as a 422 lists them, each `loc` inside the value. */
  errors(): ValidationError[] {
    return wireErrors(told(this.#problems));
  }
}

/**
 * Reads a JSON-like value by a schema as a request's body is read: converted (`"5"` is an integer 5), with defaults, unknown
 * keys treated as the schema says. The other direction is `encode`.
 *
 * @returns A new value; `value` stays as it is.
 * @throws DecodeError that lists every problem in FastAPI's form.
 * @example
 * const item = decode(YAML.parse(text), Item);
 */
export function decode<S extends AnySchema>(value: unknown, schema: S): Out<S> {
  let read = readers.get(schema);
  if (read === undefined) readers.set(schema, (read = compileReader(schema)));
  const problems: Problem[] = [];
  const found = read(value, problems);
  if (found === INVALID) throw new DecodeError(problems);
  return found as Out<S>;
}
