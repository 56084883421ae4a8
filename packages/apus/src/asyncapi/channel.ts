/** One socket in the document: its channel, and what the app receives and sends on it. */
import { defined, parametersOf } from "../openapi/index.ts";
import type { Plan } from "../plan/index.ts";
import { withoutConvertors } from "../routing/index.ts";
import type { AnySchema, Components, JsonSchema } from "../schema/index.ts";

type Part = Record<string, unknown>;

/** What is sent in one direction. */
interface Direction {
  readonly action: "receive" | "send";
  readonly schema: AnySchema | undefined;
}

export function directionsOf({ socket }: Plan): readonly Direction[] {
  return [
    { action: "receive", schema: socket?.receive },
    { action: "send", schema: socket?.send },
  ];
}

/** @param prefix What stands in front of the app's paths. */
export function channelOf(plan: Plan, prefix: string, components: Components): Part {
  const { settings, operation, template } = plan;
  const parameters = parametersOf(plan, components);
  const path = template.names.length === 0 ? operation.path : withoutConvertors(operation.path);
  const messages = directionsOf(plan).map(({ action, schema }) => {
    components.place = `${settings.label}, ${action}`;
    return [action, messageOf(action, schema, settings.id, components)];
  });
  return defined({
    address: prefix + path,
    summary: settings.summary,
    description: operation.options.description,
    messages: Object.fromEntries(messages) as Part,
    parameters: pathParameters(parameters),
    tags: settings.tags.length > 0 ? settings.tags.map((name) => ({ name })) : undefined,
    bindings: { ws: handshakeOf(plan, parameters) },
  });
}

function messageOf(
  action: Direction["action"],
  schema: AnySchema | undefined,
  id: string,
  components: Components,
): Part {
  const name = `${id}.${action}`;
  // What a client sends is described as it may be sent, what the app sends as it is read.
  if (schema !== undefined) {
    const payload = components.describe(schema, action === "receive" ? "input" : "output");
    return { name, contentType: "application/json", payload };
  }
  return { name, title: "Text or bytes", description: "Text and binary messages, as they are" };
}

/** Those of the path: AsyncAPI knows them as text, which may be one of a list. */
function pathParameters(parameters: readonly Part[]): Part | undefined {
  const found = parameters
    .filter((each) => each["in"] === "path")
    .map(({ name, schema, description }) => {
      const { enum: values, default: byDefault, examples } = schema as JsonSchema;
      return [
        String(name),
        defined({
          description,
          enum: texts(values),
          default: typeof byDefault === "string" ? byDefault : undefined,
          examples: texts(examples),
        }),
      ];
    });
  return found.length === 0 ? undefined : (Object.fromEntries(found) as Part);
}

function texts(values: unknown): string[] | undefined {
  return Array.isArray(values) && values.length > 0 ? values.map(String) : undefined;
}

/** What the handshake carries besides the path. */
function handshakeOf({ socket }: Plan, parameters: readonly Part[]): Part {
  const of = (location: string): readonly Part[] => parameters.filter((each) => each["in"] === location);
  const headers = objectOf(of("header"));
  const cookies = of("cookie");
  if (cookies.length > 0) {
    const names = cookies.map(({ name }) => `\`${String(name)}\``).join(", ");
    headers.properties["cookie"] = { type: "string", description: `Cookies: ${names}` };
    if (cookies.some(({ required }) => required === true)) headers.required.push("cookie");
  }
  const { subprotocols = [] } = socket ?? {};
  if (subprotocols.length > 0) {
    const examples = [subprotocols.join(", ")];
    headers.properties["sec-websocket-protocol"] = {
      type: "string",
      description: "The subprotocols spoken here",
      examples,
    };
  }
  return defined({
    method: "GET",
    query: schemaOf(objectOf(of("query"))),
    headers: schemaOf(headers),
    bindingVersion: "0.1.0",
  });
}

interface ObjectOf {
  readonly properties: Part;
  readonly required: string[];
}

function objectOf(parameters: readonly Part[]): ObjectOf {
  const properties = Object.fromEntries(parameters.map(({ name, schema }) => [String(name), schema]));
  const required = parameters.filter((each) => each["required"] === true).map(({ name }) => String(name));
  return { properties, required };
}

function schemaOf({ properties, required }: ObjectOf): JsonSchema | undefined {
  if (Object.keys(properties).length === 0) return undefined;
  return { type: "object", properties, ...(required.length > 0 && { required }) };
}
