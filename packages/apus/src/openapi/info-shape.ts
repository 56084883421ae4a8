/** Holds what an App says about the API as a whole to what OpenAPI lets it say: JavaScript has no types that would. */
import { ApusError } from "../diagnostic/index.ts";

/** @throws ApusError for what has no such form; null and undefined do not come here. */
type Form = (place: string, value: unknown) => void;

function wrong(place: string, problem: string): never {
  throw new ApusError(`APUS_OPTIONS: App: ${place} ${problem}.`);
}

const shown = (value: unknown): string =>
  (typeof value === "object" && value !== null) || typeof value === "function"
    ? Array.isArray(value)
      ? "a list"
      : typeof value === "object"
        ? "an object"
        : "a function"
    : String(value);

const text: Form = (place, value) => {
  if (typeof value !== "string") wrong(place, `is ${shown(value)}; give a text`);
};

const listOf =
  (form: Form, least = 0): Form =>
  (place, value) => {
    if (!Array.isArray(value)) wrong(place, `is ${shown(value)}; give a list`);
    if (value.length < least) wrong(place, "is an empty list; leave it away");
    // By index, so that a hole in the list is seen.
    for (let i = 0; i < value.length; i++) required(form, `${place}[${i}]`, value[i]);
  };

const recordOf =
  (form: Form): Form =>
  (place, value) => {
    for (const [name, each] of Object.entries(objectIn(place, value))) required(form, `${place}.${name}`, each);
  };

/** An object with these fields and extensions (`x-…`). @param needs Those that have to be there. */
const object =
  (fields: Readonly<Record<string, Form>>, needs: readonly string[] = []): Form =>
  (place, value) => {
    const given = objectIn(place, value);
    for (const name of needs) {
      if ((given[name] ?? undefined) === undefined) wrong(place, `has no \`${name}\`, which OpenAPI requires`);
    }
    for (const [name, each] of Object.entries(given)) {
      if (each === undefined || each === null || name.startsWith("x-")) continue;
      if (!Object.hasOwn(fields, name)) {
        wrong(place, `has \`${name}\`; there are ${Object.keys(fields).join(", ")}, and extensions begin with x-`);
      }
      fields[name]!(`${place}.${name}`, each);
    }
  };

function objectIn(place: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  return wrong(place, `is ${shown(value)}; give an object`);
}

function required(form: Form, place: string, value: unknown): void {
  if (value === undefined || value === null) wrong(place, `is ${String(value)}; leave it away`);
  form(place, value);
}

const externalDocs = object({ url: text, description: text }, ["url"]);
const variable = object({ default: text, enum: listOf(text, 1), description: text }, ["default"]);

const tag = { name: text, description: text, externalDocs };
const tagsBefore32 = listOf(object(tag, ["name"]));

const forms: Readonly<Record<string, Form>> = {
  title: text,
  version: text,
  summary: text,
  description: text,
  termsOfService: text,
  contact: object({ name: text, url: text, email: text }),
  license: object({ name: text, identifier: text, url: text }, ["name"]),
  servers: listOf(object({ url: text, description: text, variables: recordOf(variable) }, ["url"])),
  openapiTags: listOf(object({ ...tag, summary: text, parent: text, kind: text }, ["name"])),
  externalDocs,
};

/**
 * @param version Of OpenAPI: 3.2 has more to say of tags.
 * @throws ApusError that names the place, for what would make a document that is no OpenAPI.
 */
export function checkInfo(said: Readonly<Record<string, unknown>>, version: string): void {
  // Which have a default, and no document without them.
  for (const name of ["title", "version"])
    if (said[name] === null) wrong(name, "is null; give a text, or leave it away");
  for (const [name, form] of Object.entries(forms)) {
    const value = said[name];
    if (value === undefined || value === null) continue;
    (name === "openapiTags" && version < "3.2" ? tagsBefore32 : form)(name, value);
  }
}
