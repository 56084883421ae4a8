/**
 * The location rule at run time, the same as in the types: a marker decides; else a name of the path is a path parameter;
 * else scalars and unknowns are query parameters; else arrays, objects and unions of them are the JSON body.
 */
import { type AnySchema, type ZodSchema } from "../schema/index.ts";
import type { Located, Location, MarkerOptions } from "./types.ts";
/** One input with everything decided that does not depend on its schema. */
export interface Field {
  readonly name: string;
  /** The name on the wire. */
  readonly alias: string;
  readonly location: Location;
  readonly schema: AnySchema;
  readonly options: MarkerOptions;
}
/** Thrown while linking for an input that cannot be located; says how to mark it. */
export declare class InputError extends TypeError {
  readonly name = "InputError";
}
/** Whether a schema's input is a single value, holds other values, or cannot be told. */
export declare function classify(schema: AnySchema): "scalar" | "container" | "file" | "unknown";
/** Whether a schema reads several values of one name: `query(z.array(...))`. */
export declare function isMultiple(schema: AnySchema): boolean;
/** The object schema of a parameter model, or undefined for a single parameter. */
export declare function modelOf(field: Field): ZodSchema | undefined;
/** Locates one entry of an input record under the names of a path template. */
export declare function locate(
  name: string,
  entry: AnySchema | Located,
  names: readonly string[],
  operation: string,
): Field;
