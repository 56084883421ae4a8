/**
 * Reads path, query, header and cookie parameters: raw values by FastAPI's rules (contract section 1.3: the last of a
 * repeated query key wins, the first of a repeated header), then by their schemas. Problems come in the order path, query,
 * header, cookie, whatever the order of declaration.
 */
import { type Exchange } from "../exchange/index.ts";
import { type AnySchema, type Problem, type Read } from "../schema/index.ts";
import { type Field } from "./locate.ts";
/** Reads the parameters of one record into the values a handler gets. */
export type ParameterPlan = (
  exchange: Exchange,
  path: readonly string[],
  into: Record<string, unknown>,
  problems: Problem[],
) => void;
/**
 * @param fields The located inputs of one record; those of other locations are left out.
 * @param names The parameter names of the path template, in order.
 * @returns undefined where there is nothing to read.
 */
export declare function compileParameters(
  fields: readonly Field[],
  names: readonly string[],
  operation: string,
): ParameterPlan | undefined;
/** Whether a value may be left out: then the reader is asked what stands for it. */
export declare function acceptsAbsence(schema: AnySchema, read: Read): boolean;
