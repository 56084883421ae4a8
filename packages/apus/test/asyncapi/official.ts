/** Whether a document is valid by the official schema of AsyncAPI 3, and whether what it refers to is there. */
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import type { AsyncApiDocument } from "apus";

const schema = JSON.parse(readFileSync(new URL("asyncapi-3.0.0.json", import.meta.url), "utf8")) as object;
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

/** What is wrong, each with its place; an empty list for a valid document. */
export function violationsOf(document: AsyncApiDocument): string[] {
  const plain = JSON.parse(JSON.stringify(document)) as AsyncApiDocument;
  const official = validate(plain)
    ? []
    : (validate.errors ?? []).map((each) => `${each.instancePath}: ${each.message}`);
  const dangling = [...referencesIn(plain)].filter((to) => at(plain, to) === undefined);
  return [...official, ...dangling.map((to) => `${to} leads nowhere`)];
}

function* referencesIn(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    if (key === "$ref" && typeof each === "string") yield each;
    else yield* referencesIn(each);
  }
}

function at(document: object, reference: string): unknown {
  const keys = reference.slice(2).split("/");
  return keys.reduce<unknown>((value, key) => {
    const name = decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }, document);
}
