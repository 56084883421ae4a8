/**
 * Whether anything could be wrong with the document, told without making it: it is long, and a server should not wait for it
 * before it listens. What is out of the ordinary is described on trial; the document itself then says what is wrong.
 */
import type { Plan } from "../plan/index.ts";
import { Components, type AnySchema, type Survey } from "../schema/index.ts";
import { inBody } from "../input/index.ts";
import { operationsOf } from "./document.ts";
import { aboutOf, type DocumentInfo } from "./info.ts";
import { securitySchemesOf } from "./security.ts";
import { plainOf } from "./written.ts";

/**
 * @param plans Those of the operations, and `webhooks` what the API calls at those who subscribed.
 * @param survey Knows the schemas of which describing cannot fail.
 * @throws ApusError for what the App says of itself and may not.
 */
export function isDoubtful(
  plans: readonly Plan[],
  webhooks: readonly Plan[],
  about: DocumentInfo,
  survey: Survey,
): boolean {
  plainOf(aboutOf(about), "App");
  const components = new Components(about.separateInputOutputSchemas);
  const shown = [...plans, ...webhooks].filter(({ settings }) => settings.shared.includeInSchema);
  try {
    const ordinary = new Map<Plan["settings"]["shared"], boolean>();
    for (const plan of shown) {
      const { shared } = plan.settings;
      let isUsual = ordinary.get(shared);
      if (isUsual === undefined) ordinary.set(shared, (isUsual = isOrdinaryLayer(shared)));
      if (!isUsual || !isOrdinary(plan, survey)) operationsOf(plan, components);
    }
    const withCallbacks = shown.filter(({ callbacks }) => callbacks.length > 0);
    securitySchemesOf([...shown, ...withCallbacks.flatMap(({ callbacks }) => callbacks)]);
    // The same name for two schemas: whether they describe the same, components tell.
    for (const twin of survey.twins) describe(twin as unknown as AnySchema, components);
    const shared = new Set(survey.twins.length > 0 ? survey.ids.keys() : components.ids());
    for (const id of shared) {
      const schema = survey.ids.get(id);
      if (schema !== undefined) describe(schema as unknown as AnySchema, components);
    }
  } catch {
    return true;
  }
  if (shown.some(({ fields, settings }) => fields.some(inBody) && !isName(settings.id))) return true;
  return [...survey.ids.keys(), ...components.ids()].some(isReserved);
}

function describe(schema: AnySchema, components: Components): void {
  components.describe(schema, "input");
  components.describe(schema, "output");
}

/** Names that the document may give itself, and those that it cannot tell apart. */
function isReserved(id: string): boolean {
  return /^(?:(?:HTTP)?ValidationError$|Body_)|-(?:In|Out)put$/.test(id);
}

/** Whether an operation says nothing but texts, and has nothing but schemas that can be described. */
function isOrdinary({ plain, fields, operation, settings, errors, callbacks }: Plan, survey: Survey): boolean {
  const { summary, description, responseDescription, openapi } = operation.options;
  return (
    plain &&
    openapi === undefined &&
    callbacks.length === 0 &&
    isText(summary) &&
    isText(description) &&
    isText(responseDescription) &&
    typeof settings.id === "string" &&
    fields.every((field) => saysLittle(field.options)) &&
    errors.every((error) => error.schema === undefined || survey.isPlain(error.schema))
  );
}

/** The same of what it has in common with others. */
function isOrdinaryLayer({ responses, tags }: Plan["settings"]["shared"]): boolean {
  return isEmpty(responses) && tags.every((tag) => typeof tag === "string");
}

const isText = (value: unknown): boolean => value === undefined || typeof value === "string";

/** Whether an id stays as it is in the name of a component: two that do not may become one. */
const isName = (id: string): boolean => /^[\w.-]+$/.test(id);

/** What a marker says besides may be anything, from JavaScript. */
const little = new Set(["alias", "includeInSchema", "embed", "convertUnderscores"]);

function saysLittle(options: object): boolean {
  for (const name in options) if (!little.has(name)) return false;
  return true;
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}
