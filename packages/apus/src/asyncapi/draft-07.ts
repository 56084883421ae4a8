/**
 * Schemas as AsyncAPI understands them: its Schema Object is JSON Schema draft 07 with a few words of its own, where OpenAPI 3.1
 * has draft 2020-12.
 */
import type { JsonSchema } from "../schema/index.ts";

/** Keywords whose value is a schema, a list of schemas, or schemas by name; everything else is data or a plain word. */
const single = new Set(["not", "if", "then", "else", "contains", "propertyNames", "additionalProperties", "items"]);
const listed = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const named = new Set(["properties", "patternProperties", "$defs", "dependentSchemas"]);

/** The same schema in the words of draft 07. */
export function draft07(schema: JsonSchema): JsonSchema {
  const { $ref, ...rest } = schema;
  const said = Object.fromEntries(
    Object.entries(rest).flatMap(([key, value]) => {
      const [name, meant] = translated(key, value, schema);
      return meant === undefined ? [] : [[name, meant] as const];
    }),
  );
  if ($ref === undefined) return said;
  // What stands beside a reference counts for nothing there.
  if (Object.keys(said).length === 0) return { $ref };
  const { allOf = [], ...others } = said;
  return { allOf: [{ $ref }, ...(allOf as JsonSchema[])], ...others };
}

function translated(key: string, value: unknown, { prefixItems }: JsonSchema): readonly [string, unknown] {
  if (key === "prefixItems") return ["items", within(key, value)];
  if (key === "items" && prefixItems !== undefined) return ["additionalItems", within(key, value)];
  // There it would have to name schemas by their components; the alternatives say the same by their constants.
  if (key === "discriminator") return [key, undefined];
  return [key, within(key, value)];
}

function within(key: string, value: unknown): unknown {
  if (single.has(key) && isSchema(value)) return draft07(value);
  if (listed.has(key) && Array.isArray(value))
    return value.map((each) => (isSchema(each) ? draft07(each) : (each as unknown)));
  if (named.has(key) && isSchema(value)) return byName(value);
  return value;
}

/** Each of these schemas, which have names, in the words of draft 07. */
export function byName(schemas: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, each]) => [name, isSchema(each) ? draft07(each) : each]),
  );
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
