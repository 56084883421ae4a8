// D01-titles: FastAPI puts a title on every schema, derived from a name that stands beside it. Apus emits only titles
// that somebody wrote. The rule takes a title away where it is exactly what FastAPI derives, and nowhere else.
import type { ExpectedAnswer } from "../runner/expectation.ts";
import { isObject } from "../runner/match.ts";
import type { Rule } from "./rule.ts";

export const titles: Rule = {
  id: "D01-titles",
  transform(answer) {
    const bodies = answer.bodies.map((body) => {
      if (body.kind !== "json" || !isDocument(body.value)) return body;
      const value = withoutTitles(body.value);
      return value === body.value ? body : { ...body, value };
    });
    return bodies.every((body, index) => body === answer.bodies[index])
      ? answer
      : ({ ...answer, bodies } satisfies ExpectedAnswer);
  },
};

type JsonObject = Readonly<Record<string, unknown>>;
type Change = (value: unknown, key: string) => unknown;

/** FastAPI's own components, which Apus emits as they are. */
const untouched = ["HTTPValidationError", "ValidationError"];

function isDocument(value: unknown): value is JsonObject {
  return isObject(value) && typeof value["openapi"] === "string" && isObject(value["paths"]);
}

function withoutTitles(document: JsonObject): JsonObject {
  const paths = each(each(inOperation));
  return change(document, { paths, webhooks: paths, components: inside({ schemas: each(inComponent) }) });
}

function inOperation(operation: unknown): unknown {
  if (!isObject(operation)) return operation;
  const id = String(operation["operationId"]);
  return change(operation, {
    parameters: each(inParameter),
    requestBody: inside({ content: each(inside({ schema: inBody })) }),
    responses: each((response, status) =>
      inResponse(response, [`Response_${id}`, `Response_${status}_${id}`, `Streamitem_${id}`]),
    ),
    callbacks: each(each(each(inOperation))),
  });
}

/** A parameter's title comes from its name; the field of a header model has underscores where the header has dashes. */
function inParameter(parameter: unknown): unknown {
  if (!isObject(parameter)) return parameter;
  const name = String(parameter["name"]);
  const names = parameter["in"] === "header" ? [name, name.replaceAll("-", "_")] : [name];
  return change(parameter, { schema: (schema) => dropTitle(schema, names.map(titleOf)) });
}

/** A body that is not a model is titled after the handler's argument, which the document does not name otherwise. */
function inBody(schema: unknown): unknown {
  const title = isObject(schema) && !("properties" in schema) ? schema["title"] : undefined;
  if (typeof title !== "string") return schema;
  return dropTitle(schema, [titleOf(title.replaceAll(" ", "_"))]);
}

function inResponse(response: unknown, names: readonly string[]): unknown {
  const schema: Change = (value) => dropTitle(value, names.map(titleOf));
  // The item of an event stream is the event, and what is titled is the schema of its data.
  const itemSchema: Change = (value, key) =>
    inside({ properties: inside({ data: inside({ contentSchema: schema }) }) })(schema(value, key), key);
  return inside({ content: each(inside({ schema, itemSchema })) })(response, "");
}

/** A model's title is its class name, of which the key is made; the titles of its properties come from their keys. */
function inComponent(schema: unknown, key: string): unknown {
  if (!isObject(schema) || untouched.includes(key)) return schema;
  const properties = each((property, name) => dropTitle(property, [titleOf(name), titleOf(name).trim()]));
  return dropTitle(change(schema, { properties }), classNames(schema["title"], key));
}

/** The title, if the key is made of it: `Page[Item]` gives `Page_Item_`, and a model in two modes `Item-Input`. */
function classNames(title: unknown, key: string): string[] {
  if (typeof title !== "string") return [];
  const plain = title.replaceAll(/[^a-zA-Z0-9.\-_]/g, "_");
  return [plain, `${plain}-Input`, `${plain}-Output`].includes(key) ? [title] : [];
}

/** Python's `str.title()` with spaces for underscores: each run of letters capitalised, the rest in lower case. */
function titleOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/\p{L}+/gu, (letters) => letters.charAt(0).toUpperCase() + letters.slice(1))
    .replaceAll("_", " ");
}

function dropTitle(schema: unknown, derived: readonly string[]): unknown {
  if (!isObject(schema) || typeof schema["title"] !== "string" || !derived.includes(schema["title"])) return schema;
  const { title: _title, ...rest } = schema;
  return rest;
}

/** Applies changes to members that are there; the same object comes back when nothing changed. */
function change(object: JsonObject, changes: Readonly<Record<string, Change>>): JsonObject {
  const apply = (key: string, value: unknown) => (Object.hasOwn(changes, key) ? changes[key]?.(value, key) : value);
  const changed = Object.entries(object).map(([key, value]) => [key, apply(key, value)] as const);
  return changed.some(([key, value]) => value !== object[key]) ? Object.fromEntries(changed) : object;
}

function inside(changes: Readonly<Record<string, Change>>): Change {
  return (value) => (isObject(value) ? change(value, changes) : value);
}

/** Applies a change to every member of an object or item of a list. */
function each(changeOne: Change): Change {
  return (value) => {
    if (Array.isArray(value)) {
      const items = value.map((item, index) => changeOne(item, String(index)));
      return items.some((item, index) => item !== value[index]) ? items : value;
    }
    if (!isObject(value)) return value;
    return change(value, Object.fromEntries(Object.keys(value).map((key) => [key, changeOne])));
  };
}
