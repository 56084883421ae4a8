/** Parameters and request bodies of the document. */
import { headerName, inBody, modelOf, type Field } from "../input/index.ts";
import type { Plan } from "../plan/index.ts";
import { isZod, mayBeAbsent, type AnySchema, type Components, type JsonSchema } from "../schema/index.ts";

const order = ["path", "query", "header", "cookie"];

/** Parameters in the order path, query, header, cookie; of equal ones the later replaces the earlier, but required wins. */
export function parametersOf(plan: Plan, components: Components): Record<string, unknown>[] {
  const found = new Map<string, Record<string, unknown>>();
  for (const location of order) {
    for (const field of plan.fields) {
      if (field.location !== location || field.options.includeInSchema === false) continue;
      for (const parameter of expand(field, components)) {
        const key = `${location}:${String(parameter.name)}`;
        if (found.get(key)?.required !== true || parameter.required === true) found.set(key, parameter);
      }
    }
  }
  return [...found.values()];
}

/** A parameter model is as many parameters as it has fields. */
function expand(field: Field, components: Components): Record<string, unknown>[] {
  const model = modelOf(field);
  if (model === undefined) return [parameterOf(field, components)];
  const dashes = field.location === "header" && field.options.convertUnderscores !== false;
  return Object.entries(model._zod.def.shape ?? {}).map(([key, schema]) =>
    parameterOf(
      {
        ...field,
        name: key,
        alias: dashes ? headerName(key) : key,
        schema: schema as unknown as AnySchema,
        options: {},
      },
      components,
    ),
  );
}

function isOptional(schema: AnySchema): boolean {
  return isZod(schema) && mayBeAbsent(schema);
}

function said(field: Field, components: Components): JsonSchema {
  const { title, description, examples, deprecated } = field.options;
  return {
    ...components.describe(field.schema, "input"),
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(examples === undefined ? {} : { examples }),
    ...(deprecated === true ? { deprecated } : {}),
  };
}

function parameterOf(field: Field, components: Components): Record<string, unknown> {
  const { options, location, alias } = field;
  const schema = said(field, components);
  const description = options.description ?? (typeof schema.description === "string" ? schema.description : undefined);
  return {
    name: alias,
    in: location,
    required: location === "path" || !isOptional(field.schema),
    schema,
    ...(description === undefined ? {} : { description }),
    ...(options.openapiExamples === undefined ? {} : { examples: options.openapiExamples }),
    ...(options.deprecated === true ? { deprecated: true } : {}),
  };
}

/** The request body: the one body input's schema, or an object with a key for each. */
export function requestBodyOf(plan: Plan, components: Components): Record<string, unknown> | undefined {
  const fields = plan.fields.filter(inBody);
  const first = fields[0];
  if (first === undefined) return undefined;
  const required = fields.some((field) => !isOptional(field.schema));
  const schema = plan.body!.embedded ? embedded(plan, fields, components) : said(first, components);
  const { openapiExamples } = first.options;
  const mediaType = mediaTypeOf(plan, fields);
  const content = { schema, ...(openapiExamples === undefined ? {} : { examples: openapiExamples }) };
  return { content: { [mediaType]: content }, ...(required ? { required } : {}) };
}

/** One input says it for the whole body; several JSON inputs only where they agree, and the fields of a form never. */
function mediaTypeOf({ body }: Plan, fields: readonly Field[]): string {
  const usual = body!.form ? "application/x-www-form-urlencoded" : "application/json";
  const said = new Set(fields.map((field) => field.options.mediaType));
  if (said.size > 1 || (body!.form && body!.embedded)) return usual;
  return [...said][0] ?? usual;
}

function embedded(plan: Plan, fields: readonly Field[], components: Components): JsonSchema {
  const properties = Object.fromEntries(fields.map((field) => [field.alias, said(field, components)]));
  const required = [...new Set(fields.filter((field) => !isOptional(field.schema)).map((field) => field.alias))];
  const schema = { properties, type: "object", ...(required.length > 0 ? { required } : {}) };
  return components.fix(`Body_${plan.settings.id}`, schema);
}
