// Schemes in an application, through every adapter: hooks, "and", "or", what stands on them, and when they run.
import { App, depends, get, HTTPException, json, onError, post, requiredScopes, security } from "apus";
import {
  apiKeyCookie,
  apiKeyHeader,
  apiKeyQuery,
  either,
  httpBasic,
  httpBearer,
  httpDigest,
  NotAuthenticated,
  oauth2Password,
  passwordForm,
} from "apus/security";
import { testClient } from "apus/testing";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

const bearer = oauth2Password({ tokenUrl: "token", scopes: { "items:read": "Read items" } });
const key = apiKeyHeader({ name: "X-API-Key" });
const basic = `Basic ${btoa("ada:pass:word")}`;

scenarios("either", (ask) => {
  const one = either({ token: bearer, user: httpBasic({ realm: "a" }), key });
  const app = new App().include({
    required: get("/required", { input: { one } }, (found) => found),
    optional: get(
      "/optional",
      { input: { one: either({ token: bearer, key }, { autoError: false }) } },
      (found) => found,
    ),
    challenged: get(
      "/challenged",
      {
        input: {
          one: either({
            digest: httpDigest({
              notAuthenticated: () =>
                new NotAuthenticated(undefined, { headers: { "www-authenticate": 'Digest realm="a", nonce="b"' } }),
            }),
            hidden: apiKeyHeader({
              name: "x-internal",
              schemeName: "Internal",
              notAuthenticated: () => new Error("secret"),
            }),
            query: apiKeyQuery({ name: "key" }),
            cookie: apiKeyCookie({ name: "key" }),
          }),
        },
      },
      (found) => found,
    ),
  });

  test.each([
    [{ authorization: "bearer t" }, { token: "t" }],
    [{ authorization: basic }, { user: { username: "ada", password: "pass:word" } }],
    [{ "x-api-key": "k" }, { key: "k" }],
    // The first that is written, not the first that is sent.
    [{ "x-api-key": "k", authorization: "Bearer t" }, { token: "t" }],
    // What speaks no scheme of the list does not stand in the way.
    [{ "x-api-key": "k", authorization: "Digest x" }, { key: "k" }],
    [{ "x-api-key": "k", authorization: "Bearer" }, { key: "k" }],
  ])("%j is enough", async (headers, found) => {
    expect((await ask(app, "GET /required", { headers })).json()).toEqual({ one: found });
  });

  test.each([
    [{}],
    [{ authorization: "Digest x" }],
    [{ "x-api-key": "" }],
    // Malformed credentials are not passed over in silence.
    [{ authorization: "Basic !", "x-api-key": "k" }],
  ])("%j is answered with all challenges", async (headers) => {
    const answer = await ask(app, "GET /required", { headers });
    expect([answer.status, answer.json()]).toEqual([401, { detail: "Not authenticated" }]);
    expect(answer.headers["www-authenticate"]).toBe('Bearer, Basic realm="a", APIKey');
  });

  test("may be left out", async () => {
    expect((await ask(app, "GET /optional")).json()).toEqual({ one: null });
    expect((await ask(app, "GET /optional", { headers: { "x-api-key": "k" } })).json()).toEqual({ one: { key: "k" } });
  });

  test("takes the challenge of each member's own error, each once", async () => {
    const answer = await ask(app, "GET /challenged");
    expect(answer.status).toBe(401);
    expect(answer.headers["www-authenticate"]).toBe('Digest realm="a", nonce="b", APIKey');
  });
});

scenarios("schemes", (ask) => {
  test("two of them are both needed", async () => {
    const app = new App().include({ both: get("/", { input: { token: bearer, key } }, (found) => found) });
    const headers = { authorization: "Bearer t", "x-api-key": "k" };
    expect((await ask(app, "GET /", { headers })).json()).toEqual({ token: "t", key: "k" });
    const { authorization, ...rest } = headers;
    expect((await ask(app, "GET /", { headers: rest })).headers["www-authenticate"]).toBe("Bearer");
    expect((await ask(app, "GET /", { headers: { authorization } })).headers["www-authenticate"]).toBe("APIKey");
  });

  test("make their own error where the application says so", async () => {
    const forbidden = httpBearer({
      notAuthenticated: ({ path }) => new HTTPException(403, `Not for you: ${path}`, { headers: { "x-why": "token" } }),
    });
    const user = httpBasic({ autoError: false, notAuthenticated: () => new HTTPException(400, "Malformed") });
    const app = new App().include({
      forbidden: get("/forbidden", { input: { forbidden } }, (found) => found),
      optional: get("/optional", { input: { user } }, (found) => found),
    });
    const answer = await ask(app, "GET /forbidden");
    expect([answer.status, answer.json()]).toEqual([403, { detail: "Not for you: /forbidden" }]);
    expect(answer.headers).toMatchObject({ "x-why": "token" });
    expect(answer.headers).not.toHaveProperty("www-authenticate");
    expect((await ask(app, "GET /optional")).json()).toEqual({ user: null });
    expect((await ask(app, "GET /optional", { headers: { authorization: "Basic" } })).status).toBe(400);
  });

  test("throw a class that error handlers know", async () => {
    const app = new App({ onError: [onError(NotAuthenticated, ({ headers }) => json({ headers }, { status: 418 }))] });
    app.get("/", { input: { key } }, (found) => found);
    const answer = await ask(app, "GET /");
    expect([answer.status, answer.json()]).toEqual([418, { headers: { "WWW-Authenticate": "APIKey" } }]);
  });

  test("run before the body is read, and with them what stands on them", async () => {
    const user = depends({ token: either({ token: bearer, key }) }, ({ token }) => token.token ?? token.key);
    const app = new App().include({
      create: post("/", { input: { item: z.object({ name: z.string() }), user } }, ({ user: name }) => name),
    });
    const broken = { body: '{"name":', headers: { "content-type": "application/json" } };
    expect((await ask(app, "POST /", broken)).status).toBe(401);
    const known = { ...broken, headers: { ...broken.headers, "x-api-key": "k" } };
    expect((await ask(app, "POST /", known)).status).toBe(422);
  });

  test("give what scopes are checked on", async () => {
    const user = depends({ token: bearer, requiredScopes }, ({ token, requiredScopes: { list, text } }) => {
      if (list.some((scope) => !token.split("+").includes(scope))) {
        const headers = { "WWW-Authenticate": `Bearer scope="${text}"` };
        throw new HTTPException(403, "Not enough permissions", { headers });
      }
      return token;
    });
    const app = new App().include({
      items: get("/", { input: { user: security(user, ["items:read", "me"]) } }, (found) => found),
    });
    const withToken = (token: string) => ask(app, "GET /", { headers: { authorization: `Bearer ${token}` } });
    expect((await withToken("me+items:read")).json()).toEqual({ user: "me+items:read" });
    const refused = await withToken("me");
    expect([refused.status, refused.headers["www-authenticate"]]).toEqual([403, 'Bearer scope="items:read me"']);
    expect((await ask(app, "GET /")).status).toBe(401);
  });

  test.runIf(ask.raw)("read the first of several Authorization lines, all of them the same", async () => {
    const app = new App().include({
      all: get(
        "/",
        { input: { bearer: httpBearer(), token: bearer, user: httpBasic({ autoError: false }) } },
        ({ bearer: { credentials }, token, user }) => ({ credentials, token, user }),
      ),
    });
    const lines = [
      ["authorization", "Bearer first"],
      ["Authorization", basic],
    ] as const;
    const first = { credentials: "first", token: "first", user: null };
    expect((await ask(app, "GET /", { headers: lines })).json()).toEqual(first);
    expect((await ask(app, "GET /", { headers: lines.toReversed() })).status).toBe(401);
  });
});

test("a test replaces a scheme like any dependency, either as a whole", async () => {
  const one = either({ token: bearer, key });
  const app = new App().include({ me: get("/", { input: { token: bearer, one } }, (found) => found) });
  const client = testClient(app, {
    overrides: [
      [bearer, depends(() => "token of a test")],
      [one, depends(() => ({ key: "key of a test" }))],
    ],
  });
  expect((await client.get("/")).json()).toEqual({ token: "token of a test", one: { key: "key of a test" } });
});

test("a login form echoes no secret, however it is wrong", async () => {
  const app = new App();
  app.post("/", { input: { login: passwordForm } }, ({ login }) => login.password);
  const form = { password: "hunter2", client_secret: "hunter3", grant_type: "x" };
  const answer = await testClient(app).post("/", { form });
  expect(answer.status).toBe(422);
  expect(answer.text).not.toMatch(/hunter/);
});
