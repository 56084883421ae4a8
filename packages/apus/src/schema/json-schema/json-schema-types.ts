/** JSON Schema as plain data, and the side of the wire it is about. */

export type JsonSchema = { [key: string]: unknown };
/** What a client sends, or what it reads. */
export type Direction = "input" | "output";
