// What the document says of schemes and login forms: FastAPI's objects, and the ways in as they are enforced.
import { App, depends, get, post, requiredScopes, security, type InputRecord, type OpenApiDocument } from "apus";
import {
  apiKeyCookie,
  apiKeyHeader,
  apiKeyQuery,
  either,
  httpBase,
  httpBasic,
  httpBearer,
  httpDigest,
  NotAuthenticated,
  oauth2,
  oauth2AuthorizationCode,
  oauth2Password,
  openIdConnect,
  passwordForm,
  passwordFormStrict,
} from "apus/security";
import { describe, expect, test } from "vitest";

/** The parts of a document that these tests look at. */
interface Read {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}
const read = (document: OpenApiDocument): Read => document as unknown as Read;

describe("a scheme", () => {
  const description = "d";
  // As FastAPI documents the class of that name, declared alike.
  test.each([
    ["APIKeyQuery", apiKeyQuery({ name: "k", description }), { type: "apiKey", description, in: "query", name: "k" }],
    ["APIKeyHeader", apiKeyHeader({ name: "X-K" }), { type: "apiKey", in: "header", name: "X-K" }],
    ["APIKeyCookie", apiKeyCookie({ name: "s" }), { type: "apiKey", in: "cookie", name: "s" }],
    ["HTTPBase", httpBase({ scheme: "my-scheme2x" }), { type: "http", scheme: "my-scheme2x" }],
    ["HTTPBasic", httpBasic({ realm: "r", description }), { type: "http", description, scheme: "basic" }],
    [
      "HTTPBearer",
      httpBearer({ bearerFormat: "JWT", description }),
      { type: "http", description, scheme: "bearer", bearerFormat: "JWT" },
    ],
    ["HTTPDigest", httpDigest(), { type: "http", scheme: "digest" }],
    [
      "OAuth2PasswordBearer",
      oauth2Password({ tokenUrl: "token", scopes: { a: "A" }, refreshUrl: "r", description }),
      { type: "oauth2", description, flows: { password: { refreshUrl: "r", scopes: { a: "A" }, tokenUrl: "token" } } },
    ],
    [
      "mine",
      oauth2Password({ tokenUrl: "token", schemeName: "mine" }),
      { type: "oauth2", flows: { password: { scopes: {}, tokenUrl: "token" } } },
    ],
    [
      "OAuth2AuthorizationCodeBearer",
      oauth2AuthorizationCode({ authorizationUrl: "auth", tokenUrl: "token", refreshUrl: "r", scopes: { b: "B" } }),
      {
        type: "oauth2",
        flows: {
          authorizationCode: { refreshUrl: "r", scopes: { b: "B" }, authorizationUrl: "auth", tokenUrl: "token" },
        },
      },
    ],
    [
      "OAuth2",
      oauth2({
        flows: {
          implicit: { authorizationUrl: "a", scopes: { x: "X" } },
          password: { tokenUrl: "t" },
          clientCredentials: { tokenUrl: "t" },
          authorizationCode: undefined,
        },
      }),
      {
        type: "oauth2",
        flows: {
          implicit: { scopes: { x: "X" }, authorizationUrl: "a" },
          password: { scopes: {}, tokenUrl: "t" },
          clientCredentials: { scopes: {}, tokenUrl: "t" },
        },
      },
    ],
    ["OAuth2", oauth2(), { type: "oauth2", flows: {} }],
    ["OpenIdConnect", openIdConnect({ openIdConnectUrl: "u" }), { type: "openIdConnect", openIdConnectUrl: "u" }],
  ])("%s is FastAPI's", (name, scheme, object) => {
    const app = new App().include({ one: get("/", { input: { scheme } }, () => null) });
    const { paths, components } = read(app.openapi());
    // Their text, because keys have FastAPI's order too.
    expect(JSON.stringify(components.securitySchemes)).toBe(JSON.stringify({ [name]: object }));
    expect(paths["/"]!["get"]!["security"]).toEqual([{ [name]: [] }]);
  });
});

describe("an operation", () => {
  const bearer = oauth2Password({ tokenUrl: "token", scopes: { a: "A", b: "B" } });
  const key = apiKeyHeader({ name: "x-key" });
  const optionalKey = apiKeyHeader({ name: "x-key", autoError: false });
  const user = depends({ token: bearer, requiredScopes }, ({ token }) => token);

  test.each<[string, InputRecord, Record<string, string[]>[]]>([
    ["asks for both where it takes both", { bearer, key }, [{ OAuth2PasswordBearer: [], APIKeyHeader: [] }]],
    [
      "has a way in for each of either",
      { one: either({ bearer, key }) },
      [{ OAuth2PasswordBearer: [] }, { APIKeyHeader: [] }],
    ],
    [
      "can be used without what is optional",
      { one: either({ bearer, key }, { autoError: false }) },
      [{ OAuth2PasswordBearer: [] }, { APIKeyHeader: [] }, {}],
    ],
    [
      "says the same way in once",
      { one: either({ bearer, key }), two: either({ key, bearer }, { autoError: false }), key, optionalKey },
      [{ OAuth2PasswordBearer: [], APIKeyHeader: [] }, { APIKeyHeader: [] }],
    ],
    ["can be used without an optional scheme", { optionalKey }, [{ APIKeyHeader: [] }, {}]],
    [
      "has the scopes that security() asks for",
      { user: security(user, ["b", "a"]) },
      [{ OAuth2PasswordBearer: ["b", "a"] }],
    ],
    ["finds schemes below its dependencies", { user }, [{ OAuth2PasswordBearer: [] }]],
  ])("%s", (_, input, ways) => {
    const app = new App().include({ one: get("/", { input }, () => null) });
    expect(read(app.openapi()).paths["/"]!["get"]!["security"]).toEqual(ways);
  });

  test("documents the 401 where it lists it", () => {
    const app = new App().include({
      listed: get("/listed", { input: { key }, errors: [NotAuthenticated] }, () => null),
      unlisted: get("/unlisted", { input: { key } }, () => null),
    });
    const { paths } = read(app.openapi());
    expect(paths["/listed"]!["get"]!["responses"]).toMatchObject({ 401: { description: "Not authenticated" } });
    expect(paths["/unlisted"]!["get"]!["responses"]).not.toHaveProperty("401");
  });
});

test("login forms are FastAPI's, named after their operations", () => {
  const app = new App().include({
    login: post("/login", { input: { form: passwordForm }, operationId: "login_form_post" }, () => null),
    strict: post("/strict", { input: { form: passwordFormStrict } }, () => null),
  });
  const { paths, components } = read(app.openapi());
  const text = { type: "string" };
  const optional = { anyOf: [text, { type: "null" }] };
  const pattern = "^password$";
  expect(components.schemas).toMatchObject({
    Body_login_form_post: {
      properties: {
        grant_type: { anyOf: [{ type: "string", pattern }, { type: "null" }] },
        username: text,
        password: { type: "string", format: "password" },
        scope: { type: "string", default: "" },
        client_id: optional,
        client_secret: { ...optional, format: "password" },
      },
      type: "object",
      required: ["username", "password"],
    },
    Body_strict: {
      properties: { grant_type: { type: "string", pattern }, password: text, client_secret: optional },
      required: ["grant_type", "username", "password"],
    },
  });
  expect(paths["/login"]!["post"]!["requestBody"]).toEqual({
    content: { "application/x-www-form-urlencoded": { schema: { $ref: "#/components/schemas/Body_login_form_post" } } },
    required: true,
  });
  expect(paths["/login"]!["post"]).not.toHaveProperty("security");
});
