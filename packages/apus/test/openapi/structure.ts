/**
 * Structural checks of an OpenAPI document: what the specification demands of documents like ours, and what a schema
 * of it cannot say (references that lead somewhere, path parameters that are declared, ids that are unique).
 */
import type { OpenApiDocument } from "apus";

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const methods = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

/** What is wrong, each with its place; an empty list for a valid document. */
export function wrongIn(document: OpenApiDocument): string[] {
  const wrong: string[] = [];
  if (!/^3\.[12]\.\d+$/.test(document.openapi)) wrong.push("openapi: no version of 3.1 or 3.2");
  for (const key of ["title", "version"])
    if (typeof document.info[key] !== "string") wrong.push(`info.${key}: no text`);
  const ids = new Map<unknown, string>();
  for (const path of Object.keys(document.paths)) {
    if (!path.startsWith("/")) wrong.push(`${path}: does not begin with a slash`);
  }
  checkItems("", document.paths, ids, wrong);
  checkItems("webhook ", document.webhooks ?? {}, ids, wrong);
  checkReferences("#", document, document, wrong);
  return wrong;
}

function checkItems(where: string, items: OpenApiDocument["paths"], ids: Map<unknown, string>, wrong: string[]): void {
  for (const [path, item] of Object.entries(items)) {
    for (const [method, operation] of Object.entries(item)) {
      const place = `${where}${method} ${path}`;
      if (!methods.has(method)) wrong.push(`${place}: no method`);
      else if (!isPlain(operation)) wrong.push(`${place}: no operation`);
      else {
        const known = ids.get(operation["operationId"]);
        if (known !== undefined) wrong.push(`${place}: its id is that of ${known}`);
        ids.set(operation["operationId"], place);
        checkOperation(place, where === "" && path.startsWith("/") ? path : "", operation, wrong);
        for (const [name, callback] of Object.entries((operation["callbacks"] ?? {}) as Record<string, typeof items>)) {
          checkItems(`${place}: callback ${name}: `, callback, ids, wrong);
        }
      }
    }
  }
}

function checkOperation(place: string, path: string, operation: Plain, wrong: string[]): void {
  const parameters = (operation["parameters"] ?? []) as Plain[];
  const seen = new Set<string>();
  for (const each of parameters) {
    const key = `${String(each["in"])} ${String(each["name"])}`;
    if (seen.has(key)) wrong.push(`${place}: the parameter ${key} is there twice`);
    seen.add(key);
    if (!["path", "query", "header", "cookie"].includes(String(each["in"])))
      wrong.push(`${place}: ${key}: no location`);
    if (each["in"] === "path" && each["required"] !== true)
      wrong.push(`${place}: ${key}: a path parameter is required`);
    if (!isPlain(each["schema"])) wrong.push(`${place}: ${key}: no schema`);
  }
  for (const [, name] of path.matchAll(/\{([^}]+)\}/g)) {
    if (!seen.has(`path ${name}`)) wrong.push(`${place}: the path parameter ${name} is not described`);
  }
  const responses = operation["responses"];
  if (!isPlain(responses) || Object.keys(responses).length === 0) return void wrong.push(`${place}: no responses`);
  for (const [status, response] of Object.entries(responses)) {
    if (!/^([1-5](\d\d|XX)|default)$/.test(status)) wrong.push(`${place}: ${status} is no status`);
    if (!isPlain(response) || typeof response["description"] !== "string")
      wrong.push(`${place}: ${status}: no description`);
  }
  const requestBody = operation["requestBody"];
  if (requestBody !== undefined && !(isPlain(requestBody) && isPlain(requestBody["content"]))) {
    wrong.push(`${place}: a request body without content`);
  }
}

function checkReferences(place: string, value: unknown, document: unknown, wrong: string[]): void {
  if (Array.isArray(value)) return value.forEach((each, i) => checkReferences(`${place}/${i}`, each, document, wrong));
  if (!isPlain(value)) return;
  const reference = value["$ref"];
  if (typeof reference === "string" && !leads(reference, document)) wrong.push(`${place}: ${reference} leads nowhere`);
  for (const [key, each] of Object.entries(value)) {
    if (each === undefined) wrong.push(`${place}/${key}: undefined is no JSON`);
    checkReferences(`${place}/${key}`, each, document, wrong);
  }
}

function leads(reference: string, document: unknown): boolean {
  if (!reference.startsWith("#/")) return false;
  let at = document;
  for (const step of reference.slice(2).split("/")) {
    const key = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    if (!isPlain(at) || !Object.hasOwn(at, key)) return false;
    at = at[key];
  }
  return true;
}
