/** What somebody writes into the document: it may hold schemas in place of their JSON Schema, and has to be what JSON can say. */
import { ApusError } from "../diagnostic/index.ts";
import { isSchema, jsonForm, type Components } from "../schema/index.ts";

type Part = Readonly<Record<string, unknown>>;

/** A copy in which schemas are described: `{ content: { "text/csv": { schema: Row } } }`. */
export function withSchemas<T extends Part>(written: T, direction: "input" | "output", components: Components): T {
  const described = (value: unknown): unknown => {
    if (isSchema(value)) return components.describe(value, direction);
    if (Array.isArray(value)) return value.map(described);
    return isPlain(value)
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, described(each)]))
      : value;
  };
  return described(written) as T;
}

function isPlain(value: unknown): value is Part {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * The same with dates, sets and their like in their form on the wire.
 * @throws ApusError for what JSON cannot say, naming whose it is.
 */
export function plainOf<T>(part: T, label: string): T {
  try {
    return jsonForm(part, "document") as T;
  } catch (error) {
    if (!(error instanceof ApusError)) throw error;
    throw new ApusError(
      `APUS_OPENAPI: ${label}: what the document says of it holds what JSON cannot say. ${error.message}`,
      { cause: error },
    );
  }
}
