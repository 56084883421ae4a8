/** `types.json()`: a text that holds JSON. */
import { z } from "zod";
import { ofThisCopy } from "../diagnostic/index.ts";
import {
  compileReader,
  fail,
  problem,
  wantsExactNumbers,
  type AnySchema,
  type Compile,
  type Mode,
  type Read,
  type WireType,
  type Writes,
  type ZodSchema,
} from "../schema/index.ts";
import { readJsonText } from "../wire/index.ts";

/**
 * JSON inside a text, as pydantic's `Json[T]`: one query parameter, form field or string of a body is parsed, and the schema
 * reads what it says. An output writes the value as it is, not as text.
 *
 * @example types.json(z.array(z.int())) // "[1, 2]" → [1, 2]
 */
export function json<T extends z.core.SomeType>(inner: T): z.ZodCodec<z.ZodString & Writes<T>, T> {
  const part = inner as unknown as ZodSchema;
  const wire: WireType = {
    label: (of) => `json[${of(part)}]`,
    holds: "one",
    reader: (compile, mode) => reader(part, compile, mode),
    writer: (compile) => compile(part),
    shape: (describe, direction) =>
      direction === "output"
        ? describe(part)
        : { type: "string", contentMediaType: "application/json", contentSchema: describe(part) },
  };
  const codec = z.codec(z.string(), inner, {
    decode: (text, payload) => {
      const found = readJsonText(text, "plain");
      if ("value" in found) return found.value as z.input<T>;
      payload.issues.push({ code: "custom", message: `Invalid JSON: ${found.error}`, input: text });
      return z.NEVER;
    },
    encode: (value) => JSON.stringify(value),
  });
  Object.assign(codec._zod.def, { wire: ofThisCopy(wire) });
  return codec;
}

function reader(part: ZodSchema, compile: Compile, mode: Mode): Read {
  const schema = part as unknown as AnySchema;
  const exact = wantsExactNumbers(schema);
  const read = exact ? compileReader(schema, mode, "exact") : compile(part);
  return (value, problems) => {
    const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
    if (typeof text !== "string") {
      return fail(problems, problem("json_type", "JSON input should be string, bytes or bytearray", value));
    }
    const found = readJsonText(text, exact ? "exact" : "plain");
    if ("value" in found) return read(found.value, problems);
    const { error } = found;
    return fail(problems, problem("json_invalid", `Invalid JSON: ${error}`, value, { error }));
  };
}
