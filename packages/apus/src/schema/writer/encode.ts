/** `encode`: what an answer with a value would be, as JSON-compatible data. */
import { compileWriter } from "../compile.ts";
import { EncodeError, jsonForm } from "./json-form.ts";
import { INVALID, type Problem } from "../problem.ts";
import type { Read } from "../read.ts";
import type { AnySchema } from "../types.ts";

const writers = new WeakMap<AnySchema, Read>();

/**
 * The JSON-compatible form of a value, as an answer has it.
 *
 * Without a schema, as FastAPI's `jsonable_encoder`: `Date` → ISO 8601 text with `+00:00`, `Set` and other iterables → list,
 * `Map` → object, bytes → their text in UTF-8, an object with `toJSON` → what that returns, any other object → its own
 * enumerable properties, without those whose names begin with `_sa`. A bigint becomes a number where that is exact, and
 * stays one otherwise.
 *
 * With a schema: checked, filtered and written by it, as an answer with that `output`.
 *
 * @throws EncodeError for what JSON cannot express (NaN and infinities, bytes that are no UTF-8, a cycle, a function), and for
 *   a value that the schema does not allow.
 * @example
 * encode({ at: new Date(0), tags: new Set(["a"]) }) // { at: "1970-01-01T00:00:00+00:00", tags: ["a"] }
 * encode(user, z.object({ name: z.string() })) // { name: "Ada" }, whatever else the user has
 */
export function encode(value: unknown, schema?: AnySchema): unknown {
  if (schema === undefined) return jsonForm(value, "encoder");
  let write = writers.get(schema);
  if (write === undefined) writers.set(schema, (write = compileWriter(schema)));
  const problems: Problem[] = [];
  const found = write(value, problems);
  if (found !== INVALID) return found;
  const all = problems.map(({ loc, msg }) => [...loc, msg].join(": "));
  throw new EncodeError(`APUS_OUTPUT_MISMATCH: the value does not fit its schema: ${all.join("; ")}`);
}
