// Every scheme and both login forms say what FastAPI said to the same bytes.
import { App, get, post } from "apus";
import {
  apiKeyCookie,
  apiKeyHeader,
  apiKeyQuery,
  httpBase,
  httpBasic,
  httpBearer,
  httpDigest,
  oauth2,
  oauth2AuthorizationCode,
  oauth2Password,
  openIdConnect,
  passwordForm,
  passwordFormStrict,
  type PasswordForm,
} from "apus/security";
import { testClient } from "apus/testing";
import { describe, expect, test } from "vitest";
import { recordedForms, recordedSchemes, type Sent } from "./recorded.ts";

const schemes = {
  apiKeyQuery: (autoError: boolean) => apiKeyQuery({ name: "api_key", autoError }),
  apiKeyHeader: (autoError: boolean) => apiKeyHeader({ name: "X-API-Key", autoError }),
  apiKeyCookie: (autoError: boolean) => apiKeyCookie({ name: "session", autoError }),
  httpBasic: (autoError: boolean) => httpBasic({ autoError }),
  httpBasicRealm: (autoError: boolean) => httpBasic({ realm: "Simple area", autoError }),
  httpBearer: (autoError: boolean) => httpBearer({ autoError }),
  httpDigest: (autoError: boolean) => httpDigest({ autoError }),
  httpBase: (autoError: boolean) => httpBase({ scheme: "other-sCHEME2x", autoError }),
  oauth2: (autoError: boolean) => oauth2({ autoError }),
  oauth2Password: (autoError: boolean) => oauth2Password({ tokenUrl: "token", autoError }),
  oauth2AuthorizationCode: (autoError: boolean) =>
    oauth2AuthorizationCode({ authorizationUrl: "authorize", tokenUrl: "token", autoError }),
  openIdConnect: (autoError: boolean) => openIdConnect({ openIdConnectUrl: "/openid", autoError }),
};

test("every scheme is recorded", () => expect(Object.keys(recordedSchemes)).toEqual(Object.keys(schemes)));

describe.each(Object.entries(schemes))("%s", (name, scheme) => {
  const { challenge, location, absent, malformed, read } = recordedSchemes[name]!;
  // Rule D08: an empty bearer token is none. Rule D24: a cookie's name keeps what is no space or tab.
  const ignored = (sent: Sent): boolean =>
    (/^(oauth2|openId)/.test(name) && /^bearer\s*$/i.test(String(sent))) ||
    (name === "apiKeyCookie" && /[\u0080-\u00ff]\s*session=/.test(String(sent)));
  const client = testClient(
    new App().include({
      required: get("/required", { input: { value: scheme(true) } }, (found) => found),
      optional: get("/optional", { input: { value: scheme(false) } }, (found) => found),
    }),
  );
  const said = async (sent: Sent): Promise<unknown[]> => {
    const query = typeof sent === "string" && sent !== "" ? `?${sent}` : "";
    const headers = typeof sent === "string" ? [] : sent.map((line) => [location, line] as const);
    const answers = ["/required", "/optional"].map(async (path) => {
      const answer = await client.get(path + query, { headers });
      const asked = answer.headers.get("www-authenticate");
      return asked === null ? [answer.status, answer.json()] : [answer.status, answer.json(), asked];
    });
    return Promise.all(answers);
  };
  const refused = [401, { detail: "Not authenticated" }, challenge];
  const nothing = [refused, [200, { value: null }]];
  const given = read.filter(([sent]) => !ignored(sent));
  const empty = read.filter(([sent]) => ignored(sent));

  test.each([...absent, ...empty.map(([sent]) => sent)].map((sent) => [sent]))("%j is nothing", async (sent) => {
    expect(await said(sent)).toEqual(nothing);
  });
  test.each(malformed.map((sent) => [sent]))("%j is malformed", async (sent) => {
    expect(await said(sent)).toEqual([refused, refused]);
  });
  test.each(given)("%j is read", async (sent, value) => {
    const found = [200, { value }];
    expect(await said(sent)).toEqual([found, found]);
  });
});

describe("login forms", () => {
  const attributes = (form: PasswordForm) => ({
    grant_type: form.grantType,
    username: form.username,
    password: form.password,
    scopes: form.scopes,
    client_id: form.clientId,
    client_secret: form.clientSecret,
  });
  const client = testClient(
    new App().include({
      lax: post("/lax", { input: { login: passwordForm } }, ({ login }) => attributes(login)),
      strict: post("/strict", { input: { login: passwordFormStrict } }, ({ login }) => attributes(login)),
    }),
  );
  const said = async (path: string, body: string): Promise<unknown[]> => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const answer = await client.post(path, { body, headers });
    const json = answer.json() as { readonly detail?: unknown };
    return [answer.status, answer.status === 200 ? json : json.detail];
  };

  test.each(recordedForms)("%s", async (form, lax, strict) => {
    expect(await said("/lax", form)).toEqual(lax);
    expect(await said("/strict", form)).toEqual(strict);
  });
});
