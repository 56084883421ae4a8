// What docs/security.md says of its examples.
import { testClient } from "apus/testing";
import { describe, expect, it } from "vitest";
import { app as credentials } from "./credentials.ts";
import { app as login } from "./login.ts";

describe("login", () => {
  const client = testClient(login);
  const tokenFor = async (scope: string): Promise<string> => {
    const form = { grant_type: "password", username: "ada", password: "analytical", scope };
    const answer = await client.post("/token", { form });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    return answer.json<{ access_token: string }>().access_token;
  };
  const get = (path: string, token: string) => client.get(path, { headers: { authorization: `Bearer ${token}` } });

  it("gives tokens for the scopes that were asked for and may be had", async () => {
    const token = await tokenFor("me admin");
    expect((await get("/me", token)).json()).toEqual({ name: "ada" });
    const refused = await get("/items", token);
    expect([refused.status, refused.json()]).toEqual([403, { detail: "Not enough permissions" }]);
    expect((await get("/items", await tokenFor("items"))).json()).toEqual(["ada's item"]);
  });

  it("refuses strangers, with the scopes that it takes", async () => {
    expect((await client.get("/me")).headers.get("www-authenticate")).toBe("Bearer");
    expect((await get("/me", "stolen")).headers.get("www-authenticate")).toBe('Bearer scope="me"');
    const answers = [
      { username: "ada", password: "wrong" },
      { username: "eve", password: "analytical" },
    ].map((form) => client.post("/token", { form }));
    for (const answer of await Promise.all(answers)) {
      expect([answer.status, answer.json()]).toEqual([400, { detail: "Incorrect username or password" }]);
    }
  });
});

describe("credentials", () => {
  const client = testClient(credentials);
  const ada = { authorization: `Basic ${btoa("ada:correct horse battery staple")}` };
  const eve = { authorization: `Basic ${btoa("eve:correct horse battery staple")}` };

  it.each([
    ["/users", ada, 200, { admin: "ada" }],
    ["/users", eve, 401, { detail: "Not authenticated" }],
    ["/report", ada, 200, { for: "ada" }],
    ["/report", eve, 403, { detail: "Unknown credentials" }],
    ["/report", { "x-api-key": "k-2f1d" }, 200, { for: "a machine" }],
    ["/report", { "x-api-key": "k-0000" }, 403, { detail: "Unknown credentials" }],
    ["/report", {}, 401, { detail: "Not authenticated" }],
  ])("%s with %j is answered %i", async (path, headers, status, body) => {
    const answer = await client.get(path, { headers });
    expect([answer.status, answer.json()]).toEqual([status, body]);
  });

  it("say all challenges", async () => {
    expect((await client.get("/report")).headers.get("www-authenticate")).toBe('Basic realm="Administration", APIKey');
  });

  it("are documented as they are enforced", () => {
    expect(credentials.openapi().paths).toMatchObject({
      "/users": { get: { security: [{ HTTPBasic: [] }] } },
      "/report": { get: { security: [{ HTTPBasic: [] }, { APIKeyHeader: [] }] } },
    });
  });
});
