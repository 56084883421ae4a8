// Wrong declarations stop where they are made: a scheme that silently does nothing would leave a door open.
import { describe, expect, test } from "vitest";
import { depends } from "../dependency/index.ts";
import { ApusError } from "../diagnostic/index.ts";
import * as schemes from "./index.ts";

/** The schemes as JavaScript calls them, without types. */
const {
  apiKeyQuery,
  apiKeyHeader,
  apiKeyCookie,
  httpBase,
  httpBasic,
  httpBearer,
  httpDigest,
  oauth2,
  oauth2Password,
  oauth2AuthorizationCode,
  openIdConnect,
  either,
} = schemes as unknown as Readonly<Record<string, (...given: unknown[]) => unknown>>;
const key = schemes.apiKeyHeader({ name: "x-key" });
const flow = { tokenUrl: "t", authorizationUrl: "a" };

describe("a wrong declaration is refused", () => {
  test.each([
    ["no options", apiKeyQuery, [], /apiKeyQuery\(\): its options are an object/],
    ["a text for options", oauth2Password, ["token"], /options are an object/],
    ["a misspelled option", httpBearer, [{ autoEror: false }], /no option `autoEror`; did you mean `autoError`/],
    ["another scheme's option", httpDigest, [{ realm: "a" }], /no option `realm`/],
    ["autoError as a text", httpBearer, [{ autoError: "false" }], /`autoError` is true or false/],
    ["an empty scheme name", httpBearer, [{ schemeName: "" }], /`schemeName`/],
    ["a scheme name with a space", httpBearer, [{ schemeName: "my scheme" }], /`schemeName`/],
    ["a description that is no text", httpBearer, [{ description: 1 }], /`description`/],
    ["a hook that is no function", httpBearer, [{ notAuthenticated: new Error("x") }], /`notAuthenticated`/],
    ["an empty name", apiKeyQuery, [{ name: "" }], /`name` is a text/],
    ["a blank name", apiKeyQuery, [{ name: " " }], /`name` is a text/],
    ["no name", apiKeyCookie, [{}], /`name` is a text/],
    ["a header that cannot be", apiKeyHeader, [{ name: "X API Key" }], /`name` is a token/],
    ["a header with a colon", apiKeyHeader, [{ name: "X-Key:" }], /`name` is a token/],
    ["a cookie that cannot be", apiKeyCookie, [{ name: "a=b" }], /cookie's/],
    ["a cookie with a semicolon", apiKeyCookie, [{ name: "a;b" }], /cookie's/],
    ["no scheme", httpBase, [{}], /`scheme` is a token/],
    ["a scheme that would split the header", httpBase, [{ scheme: "a\r\nb" }], /`scheme` is a token/],
    ["a realm with a quote", httpBasic, [{ realm: 'a"b' }], /`realm`/],
    ["a realm with a backslash", httpBasic, [{ realm: "a\\b" }], /`realm`/],
    ["a realm with a line break", httpBasic, [{ realm: "a\r\nx: y" }], /`realm`/],
    ["a realm beyond Latin-1", httpBasic, [{ realm: "☃" }], /`realm`/],
    ["an empty bearer format", httpBearer, [{ bearerFormat: "" }], /`bearerFormat`/],
    ["no token URL", oauth2Password, [{}], /`tokenUrl`/],
    ["an empty refresh URL", oauth2Password, [{ tokenUrl: "t", refreshUrl: "" }], /`refreshUrl`/],
    ["scopes as a list", oauth2Password, [{ tokenUrl: "t", scopes: ["a"] }], /`scopes` is a record/],
    ["scopes without texts", oauth2Password, [{ tokenUrl: "t", scopes: { a: true } }], /`scopes` is a record/],
    ["no authorization URL", oauth2AuthorizationCode, [{ tokenUrl: "t" }], /`authorizationUrl`/],
    ["flows as a list", oauth2, [{ flows: [] }], /`flows` is a record/],
    ["a flow that there is not", oauth2, [{ flows: { device: flow } }], /no flow "device"; there are implicit/],
    ["a flow named like a member of objects", oauth2, [{ flows: { constructor: flow } }], /no flow "constructor"/],
    ["a flow that is no record", oauth2, [{ flows: { password: "t" } }], /the flow "password" is a record/],
    ["a flow with another's address", oauth2, [{ flows: { password: flow } }], /has no "authorizationUrl"/],
    ["a flow without its address", oauth2, [{ flows: { implicit: {} } }], /`authorizationUrl`/],
    ["no discovery document", openIdConnect, [{ openIdConnectUrl: "" }], /`openIdConnectUrl`/],
    ["either of one", either, [{ key }], /two schemes or more/],
    ["either of nothing", either, [null], /takes two schemes/],
    ["either of what is no scheme", either, [{ key, user: depends({ key }) }], /"user" is not one/],
    [
      "either of eithers",
      either,
      [{ key, more: schemes.either({ a: schemes.httpBasic(), b: schemes.httpBearer() }) }],
      /"more" is not one/,
    ],
    [
      "either of namesakes",
      either,
      [{ key, other: schemes.apiKeyHeader({ name: "x-other" }) }],
      /called "APIKeyHeader"/,
    ],
    [
      "either with a name",
      either,
      [{ key, bearer: schemes.httpBearer() }, { schemeName: "a" }],
      /no option `schemeName`/,
    ],
  ] as const)("%s", (_, declare, given, message) => {
    const attempt = (): unknown => declare!(...given);
    expect(attempt).toThrow(ApusError);
    expect(attempt).toThrow(/no option|options are/.test(message.source) ? /^APUS_OPTIONS: / : /^APUS_SCHEME: /);
    expect(attempt).toThrow(message);
  });
});

test.each([
  ["undefined, for each option", httpBasic, [{ realm: undefined, autoError: undefined, notAuthenticated: undefined }]],
  ["no options", httpBearer, [undefined]],
  ["an empty realm, which is none", httpBasic, [{ realm: "" }]],
  ["a realm in Latin-1", httpBasic, [{ realm: "Überblick" }]],
  ["a scheme name with all that it may have", httpBearer, [{ schemeName: "a.B_c-1" }]],
])("%s may be given", (_, declare, given) => {
  expect(declare!(...given)).toMatchObject({ kind: "dependency" });
});
