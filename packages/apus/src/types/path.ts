/** `types.path()`: the name of a file or directory. */
import { z } from "zod";
import { fail, outputMismatch, problem } from "../schema/index.ts";
import { wireCodec } from "./wire-codec.ts";

/**
 * A path in a file system, as pydantic's `Path`: any text. It is documented as a path and nothing is checked, so never
 * open one that a client sent without confining it to a directory of yours.
 *
 * @example types.path() // handler: "reports/2024.pdf"
 */
export function path(): z.ZodCodec<z.ZodString, z.ZodString> {
  return wireCodec(
    {
      label: () => "path",
      holds: "one",
      reader: () => (value, problems) =>
        typeof value === "string" ? value : fail(problems, problem("path_type", "Input is not a valid path", value)),
      writer: () => (value, problems) =>
        typeof value === "string" ? value : fail(problems, outputMismatch("a path as text", value)),
      shape: () => ({ type: "string", format: "path" }),
    },
    z.string(),
    z.string(),
  );
}
