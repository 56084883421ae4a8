/**
 * Whether a document is valid by the official schema of its OpenAPI version, and each schema in it by that of JSON Schema
 * 2020-12, references followed. What no schema can say is checked by `structure.ts`; `violationsOf` asks both.
 */
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { OpenApiDocument } from "apus";
import { wrongIn } from "./structure.ts";

const validator = new Validator();

/** What is wrong, each with its place; an empty list for a valid document. */
export async function violationsOf(document: OpenApiDocument): Promise<string[]> {
  const plain = JSON.parse(JSON.stringify(document)) as OpenApiDocument;
  // `itemSchema` is a word of 3.2. Like FastAPI we say it in documents of 3.1 too, where tools pass over it.
  const said = JSON.stringify(plain).includes('"itemSchema"') ? { ...plain, openapi: "3.2.0" } : plain;
  const { errors = [] } = await validator.validate(structuredClone(said));
  const official =
    typeof errors === "string" ? [errors] : errors.map((error) => `${error.instancePath}: ${error.message}`);
  return [...wrongIn(plain), ...official, ...schemaViolations(plain)];
}

const ajv = new Ajv2020({ strict: false, validateFormats: false });

function schemaViolations(document: OpenApiDocument): string[] {
  const places = [...schemasIn(document, "#")];
  const wrong = places.flatMap(({ place, schema }) =>
    ajv.validateSchema(schema) === true ? [] : [`${place}: ${ajv.errorsText(ajv.errors)}`],
  );
  if (wrong.length > 0) return wrong;
  // Compiling follows every reference and tries every pattern.
  const whole = { anyOf: [{}, ...places.map(({ place }) => ({ $ref: `document:${place}` }))] };
  try {
    ajv.addSchema(document, "document:").compile(whole);
    return [];
  } catch (error) {
    return [(error as Error).message];
  } finally {
    ajv.removeSchema("document:").removeSchema(whole);
  }
}

interface Place {
  readonly place: string;
  readonly schema: object;
}

/** Keys whose values are data, in which nothing is a schema; and those that hold schemas. */
const data = new Set(["default", "example", "examples", "enum", "const", "value"]);
const holders = new Set(["schema", "itemSchema"]);

function* schemasIn(value: unknown, place: string): Generator<Place> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, each] of Object.entries(value) as [string, unknown][]) {
    if (data.has(key) && !place.endsWith("/schemas") && !place.endsWith("/responses")) continue;
    const inner = `${place}/${encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))}`;
    const isSchema = holders.has(key) || place === "#/components/schemas";
    if (isSchema && typeof each === "object" && each !== null) yield { place: inner, schema: each };
    else if (!isSchema) yield* schemasIn(each, inner);
  }
}
