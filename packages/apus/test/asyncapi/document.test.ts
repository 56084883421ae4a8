// The AsyncAPI document: what it says of sockets, held against the official schema of AsyncAPI 3.
import {
  App,
  cookie,
  depends,
  get,
  header,
  query,
  requiredScopes,
  router,
  security,
  socket,
  type AppOptions,
  type AsyncApiDocument,
  type Dependency,
} from "apus";
import { apiKeyCookie, apiKeyQuery, httpBasic, httpBearer, oauth2Password } from "apus/security";
import { expect, test } from "vitest";
import { z } from "zod";
import { violationsOf } from "./official.ts";

const Said = z.object({ text: z.string().default("") }).meta({ id: "Said", description: "What was said" });
const Left = z.object({ kind: z.literal("left"), at: z.int() }).meta({ id: "Left" });
const Heard = z.discriminatedUnion("kind", [
  z
    .object({ kind: z.literal("said"), said: Said, by: z.tuple([z.string(), z.int()], z.boolean()) })
    .meta({ id: "Heard" }),
  Left,
]);
const ignore = (): void => {};

/** The document of an app with these sockets. It is valid, always. */
function documentOf(routes: object, options: AppOptions = {}): AsyncApiDocument {
  const app = new App({ title: "Chat", version: "1.0.0", ...options });
  app.include(routes);
  const document = app.asyncapi();
  expect(violationsOf(document)).toEqual([]);
  return document;
}

test("the checks that documents are held to do fire", () => {
  const { channels, ...rest } = documentOf({ raw: socket("/raw", ignore) });
  expect(violationsOf({ ...rest, channels: { ...channels, raw: { ...channels["raw"], address: 1 } } })).not.toEqual([]);
  expect(violationsOf({ ...rest, channels: {} })).toEqual(expect.arrayContaining(["#/channels/raw leads nowhere"]));
  expect(violationsOf({ ...rest, channels, more: 1 })).toEqual([": must NOT have additional properties"]);
});

test("a socket is a channel, and an operation for each direction, seen from the app", () => {
  const { asyncapi, info, channels, operations } = documentOf({
    chat: socket("/chat", { receive: Said, send: z.string(), summary: "Talk", description: "*All* of it" }, ignore),
  });
  expect({ asyncapi, info, channels, operations }).toEqual({
    asyncapi: "3.0.0",
    info: { title: "Chat", version: "1.0.0" },
    channels: {
      chat: {
        address: "/chat",
        summary: "Talk",
        description: "*All* of it",
        messages: {
          receive: {
            name: "chat.receive",
            contentType: "application/json",
            payload: { $ref: "#/components/schemas/Said" },
          },
          send: { name: "chat.send", contentType: "application/json", payload: { type: "string" } },
        },
        bindings: { ws: { method: "GET", bindingVersion: "0.1.0" } },
      },
    },
    operations: {
      "chat.receive": {
        action: "receive",
        channel: { $ref: "#/channels/chat" },
        summary: "Talk",
        messages: [{ $ref: "#/channels/chat/messages/receive" }],
      },
      "chat.send": {
        action: "send",
        channel: { $ref: "#/channels/chat" },
        summary: "Talk",
        messages: [{ $ref: "#/channels/chat/messages/send" }],
      },
    },
  });
});

test("messages without a schema are text and bytes", () => {
  const { messages } = documentOf({ raw: socket("/raw", ignore) }).channels["raw"] as {
    messages: Record<string, object>;
  };
  expect(Object.values(messages).map((each) => Object.keys(each))).toEqual([
    ["name", "title", "description"],
    ["name", "title", "description"],
  ]);
});

test("schemas are those of JSON Schema draft 07", () => {
  const described = documentOf({
    chat: socket("/chat", { receive: Said.describe("Another word"), send: Heard }, ignore),
  });
  const { messages } = described.channels["chat"] as { messages: Record<string, { payload: object }> };
  expect(messages["receive"]!.payload).toEqual({
    allOf: [{ $ref: "#/components/schemas/Said" }],
    description: "Another word",
  });
  expect(messages["send"]!.payload).toEqual({
    oneOf: [{ $ref: "#/components/schemas/Heard" }, { $ref: "#/components/schemas/Left" }],
  });
  expect(described.components!.schemas!["Heard"]!.properties).toMatchObject({
    kind: { const: "said" },
    said: { $ref: "#/components/schemas/Said" },
    by: { type: "array", items: [{ type: "string" }, { type: "integer" }], additionalItems: { type: "boolean" } },
  });
});

test("inputs are those of the handshake", () => {
  const chat = socket(
    "/rooms/{room}/{rest:path}",
    {
      input: {
        room: z.enum(["red", "blue"]).describe("Which room"),
        rest: z.string(),
        since: query(z.int().min(0)),
        limit: query(z.int().default(10)),
        xClient: header(z.string()),
        session: cookie(z.string()),
        hidden: query(z.string().optional(), { includeInSchema: false }),
      },
      subprotocols: ["chat.v2", "chat.v1"],
    },
    ignore,
  );
  const { address, parameters, bindings } = documentOf({ chat }).channels["chat"]!;
  expect(address).toBe("/rooms/{room}/{rest}");
  expect(parameters).toEqual({ room: { description: "Which room", enum: ["red", "blue"] }, rest: {} });
  expect(bindings).toEqual({
    ws: {
      method: "GET",
      query: {
        type: "object",
        properties: { since: { type: "integer", minimum: 0 }, limit: { type: "integer", default: 10 } },
        required: ["since"],
      },
      headers: {
        type: "object",
        properties: {
          "x-client": { type: "string" },
          cookie: { type: "string", description: "Cookies: `session`" },
          "sec-websocket-protocol": {
            type: "string",
            description: "The subprotocols spoken here",
            examples: ["chat.v2, chat.v1"],
          },
        },
        required: ["x-client", "cookie"],
      },
      bindingVersion: "0.1.0",
    },
  });
});

test("security is that of the OpenAPI document, in the words of AsyncAPI", () => {
  const login = oauth2Password({ tokenUrl: "token", scopes: { read: "Read", write: "Write" } });
  const user = depends({ login, requiredScopes }, ({ login: token }) => token);
  const on = <const D extends readonly Dependency[]>(path: string, dependencies: D) =>
    socket(path, { dependencies }, ignore);
  const document = documentOf({
    one: on("/one", [httpBearer()]),
    both: on("/both", [httpBasic(), apiKeyQuery({ name: "key" })]),
    scoped: on("/scoped", [security(user, ["read"])]),
    optional: on("/optional", [apiKeyCookie({ name: "sid", autoError: false })]),
    open: on("/open", []),
  });
  const { securitySchemes } = document.components!;
  expect(securitySchemes).toMatchObject({
    HTTPBasic: { type: "http", scheme: "basic" },
    HTTPBearer: { type: "http", scheme: "bearer" },
    APIKeyQuery: { type: "httpApiKey", in: "query", name: "key" },
    APIKeyCookie: { type: "httpApiKey", in: "cookie", name: "sid" },
    OAuth2PasswordBearer: {
      type: "oauth2",
      flows: { password: { availableScopes: { read: "Read", write: "Write" } } },
    },
  });
  const said = Object.fromEntries(
    Object.entries(document.operations)
      .filter(([id]) => id.endsWith(".send"))
      .map(([id, { security, "x-security": exact }]) => [id, { security, exact }]),
  );
  const ref = (name: string): object => ({ $ref: `#/components/securitySchemes/${name}` });
  expect(said).toEqual({
    "one.send": { security: [ref("HTTPBearer")], exact: undefined },
    "both.send": { security: [ref("HTTPBasic"), ref("APIKeyQuery")], exact: [{ HTTPBasic: [], APIKeyQuery: [] }] },
    "scoped.send": { security: [expect.objectContaining({ type: "oauth2", scopes: ["read"] })], exact: undefined },
    "optional.send": { security: undefined, exact: [{ APIKeyCookie: [] }, {}] },
    "open.send": { security: undefined, exact: undefined },
  });
});

test("what the App says of itself is said here too, as far as AsyncAPI has a place for it", () => {
  const { info, servers } = documentOf(
    { raw: socket("/raw", ignore) },
    {
      summary: "In short",
      description: "At length",
      termsOfService: "https://example.com/terms",
      contact: { name: "Team", email: "team@example.com" },
      license: { name: "MIT", identifier: "MIT" },
      externalDocs: { url: "https://example.com/docs" },
      openapiVersion: "3.2.0",
      openapiTags: [{ name: "chat", description: "Talking", summary: "Chat" }],
      servers: [
        {
          url: "https://{region}.example.com/v1/",
          description: "All",
          variables: { region: { default: "eu", enum: ["eu"] } },
        },
        { url: "http://localhost:8000" },
        { url: "/relative" },
        { url: "http://localhost:8000/other" },
      ],
    },
  );
  expect(info).toEqual({
    title: "Chat",
    version: "1.0.0",
    description: "In short\n\nAt length",
    termsOfService: "https://example.com/terms",
    contact: { name: "Team", email: "team@example.com" },
    license: { name: "MIT" },
    tags: [{ name: "chat", description: "Talking" }],
    externalDocs: { url: "https://example.com/docs" },
  });
  expect(servers).toEqual({
    region_example_com: {
      host: "{region}.example.com",
      pathname: "/v1",
      protocol: "wss",
      description: "All",
      variables: { region: { default: "eu", enum: ["eu"] } },
    },
    localhost_8000: { host: "localhost:8000", protocol: "ws" },
    localhost_8000_2: { host: "localhost:8000", pathname: "/other", protocol: "ws" },
  });
});

test("routers, tags, deprecation and what is not shown", () => {
  const document = documentOf({
    v1: router({ chat: socket("/chat", ignore) }, { prefix: "/v1", tags: ["old"], deprecated: true }),
    secret: socket("/secret", { includeInSchema: false }, ignore),
    page: get("/page", ignore),
  });
  expect(Object.entries(document.channels).map(([id, { address, tags }]) => [id, address, tags])).toEqual([
    [expect.stringMatching(/chat$/), "/v1/chat", [{ name: "old" }]],
  ]);
  expect(Object.values(document.operations).map((each) => each["x-deprecated"])).toEqual([true, true]);
});

test("ids with characters that references cannot hold", () => {
  const document = documentOf(
    { odd: socket("/odd", { name: "a/b~c d" }, ignore) },
    { operationId: ({ name }) => name },
  );
  expect(Object.keys(document.channels)).toEqual(["a/b~c d"]);
});

test("overrides change nothing in it", () => {
  const one = depends({ q: query(z.string()) }, ({ q }) => q);
  const app = new App();
  app.include({ raw: socket("/raw", { dependencies: [one] }, ignore) });
  const other = app.with({ overrides: [[one, depends(() => "other")]] });
  expect(other.asyncapi()["channels"]["raw"]!["bindings"]).toMatchObject({ ws: { query: { required: ["q"] } } });
  expect(other.asyncapi()).toEqual(app.asyncapi());
});
