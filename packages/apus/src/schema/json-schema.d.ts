import type { AnySchema } from "./types.ts";
export type JsonSchema = {
  [key: string]: unknown;
};
export type Direction = "input" | "output";
/** Thrown while a document is made when two schemas claim one component name. */
export declare class ComponentError extends Error {
  readonly name = "ComponentError";
}
/** Collects the components of one document and names them: one entry each, or `-Input` and `-Output` where they differ. */
export declare class Components {
  #private;
  /** Adds a component that is given as it is, such as the two of the 422 answer. */
  fix(id: string, schema: JsonSchema): JsonSchema;
  /** The schema of one value; what has an id is answered by reference. */
  describe(schema: AnySchema, direction: Direction): JsonSchema;
  /** Names the components and puts the names into every reference of `document`. Returns the components, sorted by name. */
  finish<T>(document: T): {
    document: T;
    schemas: Record<string, JsonSchema>;
  };
}
