/** Parameters and request bodies of the document. */
import { bodyShapeOf, headerName, inBody, isModel, modelOf, type Field } from "../input/index.ts";
import type { Plan } from "../plan/index.ts";
import { isZod, mayBeAbsent, takesAbsence, type AnySchema, type Components, type JsonSchema } from "../schema/index.ts";

const order = ["path", "query", "header", "cookie"];

/** Parameters in the order path, query, header, cookie; of equal ones the later replaces the earlier, but required wins. */
export function parametersOf(plan: Plan, components: Components): Record<string, unknown>[] {
  const found = new Map<string, Record<string, unknown>>();
  for (const location of order) {
    for (const field of plan.fields) {
      if (field.location !== location || field.options.includeInSchema === false) continue;
      components.place = placeOf(plan, field);
      for (const parameter of expand(field, components)) {
        const key = `${location}:${String(parameter.name)}`;
        if (found.get(key)?.required !== true || parameter.required === true) found.set(key, parameter);
      }
    }
  }
  return [...found.values()];
}

function placeOf(plan: Plan, { location, name }: Field): string {
  return `${plan.settings.label}, ${location} "${name}"`;
}

/** A parameter model is as many parameters as it has fields. */
function expand(field: Field, components: Components): Record<string, unknown>[] {
  const { location, schema, options } = field;
  if (!isModel(field)) {
    const described = components.describe(schema, "input");
    return [parameterOf(location, field.alias, !isOptional(schema), described, options)];
  }
  const dashes = location === "header" && options.convertUnderscores !== false;
  const wireName = (key: string): string => (dashes ? headerName(key) : key);
  if (!isZod(schema)) {
    return components
      .properties(schema)
      .map(([key, described, required]) => parameterOf(location, wireName(key), required, described, {}));
  }
  return Object.entries(modelOf(field)!._zod.def.shape ?? {}).map(([key, each]) => {
    const described = components.describe(each as unknown as AnySchema, "input");
    return parameterOf(location, wireName(key), !mayBeAbsent(each), described, {});
  });
}

function isOptional(schema: AnySchema): boolean {
  return isZod(schema) ? mayBeAbsent(schema) : takesAbsence(schema);
}

/** What a marker says goes into the schema, where it wins over what the schema says itself. */
function annotated(schema: JsonSchema, { title, description, examples, deprecated }: Field["options"]): JsonSchema {
  return {
    ...schema,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(examples === undefined ? {} : { examples }),
    ...(deprecated === true ? { deprecated } : {}),
  };
}

function parameterOf(
  location: string,
  name: string,
  required: boolean,
  described: JsonSchema,
  options: Field["options"],
): Record<string, unknown> {
  const schema = annotated(described, options);
  return {
    name,
    in: location,
    required: location === "path" || required,
    schema,
    ...(typeof schema.description === "string" ? { description: schema.description } : {}),
    ...(options.openapiExamples === undefined ? {} : { examples: options.openapiExamples }),
    ...(schema.deprecated === true ? { deprecated: true } : {}),
  };
}

function schemaOf(plan: Plan, field: Field, components: Components): JsonSchema {
  components.place = placeOf(plan, field);
  return annotated(components.describe(field.schema, "input"), field.options);
}

/** The request body: the one body input's schema, or an object with a key for each. */
export function requestBodyOf(plan: Plan, components: Components): Record<string, unknown> | undefined {
  const fields = plan.fields.filter(inBody);
  const first = fields[0];
  if (first === undefined) return undefined;
  const required = fields.some((field) => !isOptional(field.schema));
  const shape = bodyShapeOf(fields);
  const schema = shape.embedded ? embedded(plan, fields, components) : schemaOf(plan, first, components);
  const openapiExamples = shape.embedded ? undefined : first.options.openapiExamples;
  const mediaType = mediaTypeOf(shape, fields);
  const content = { schema, ...(openapiExamples === undefined ? {} : { examples: openapiExamples }) };
  return { content: { [mediaType]: content }, ...(required ? { required } : {}) };
}

const usualTypes = {
  json: "application/json",
  form: "application/x-www-form-urlencoded",
  multipart: "multipart/form-data",
  stream: "application/octet-stream",
} as const;

/** One input says it for the whole body; several JSON inputs only where they agree, and the fields of a form never. */
function mediaTypeOf({ kind, embedded }: ReturnType<typeof bodyShapeOf>, fields: readonly Field[]): string {
  const usual = usualTypes[kind];
  const said = new Set(fields.map((field) => field.options.mediaType));
  if (said.size > 1 || (kind !== "json" && embedded)) return usual;
  return [...said][0] ?? usual;
}

function embedded(plan: Plan, fields: readonly Field[], components: Components): JsonSchema {
  const properties = Object.fromEntries(fields.map((field) => [field.alias, schemaOf(plan, field, components)]));
  const required = [...new Set(fields.filter((field) => !isOptional(field.schema)).map((field) => field.alias))];
  const schema = { properties, type: "object", ...(required.length > 0 ? { required } : {}) };
  return components.fix(`Body_${plan.settings.id}`, schema);
}
