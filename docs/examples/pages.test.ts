// What docs/documentation-pages.md says of its examples.
import { testClient } from "apus/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { app as own } from "./own-pages.ts";
import { app as guarded } from "./pages.ts";

describe("guarded pages", () => {
  const client = testClient(guarded);
  const authorization = `Basic ${btoa("team:correct horse battery staple")}`;

  it.each(["/documentation", "/redoc", "/openapi.json"])("%s is for colleagues", async (path) => {
    const stranger = await client.get(path);
    expect([stranger.status, stranger.headers.get("www-authenticate")]).toEqual([401, 'Basic realm="Documentation"']);
    const answer = await client.get(path, { headers: { authorization } });
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
  });

  it("leave the operations alone", async () => {
    expect((await client.get("/items")).json()).toEqual(["lamp"]);
  });
});

describe("a setting", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  it.each([
    ["false", 404],
    ["true", 200],
  ])("DOCUMENTED=%s answers %i", async (value, status) => {
    vi.stubEnv("DOCUMENTED", value);
    const { app } = await import("./pages-by-setting.ts");
    // From the same fresh modules as the app.
    const testing = await import("apus/testing");
    const client = testing.testClient(app);
    for (const path of ["/docs", "/redoc", "/openapi.json"]) expect((await client.get(path)).status).toBe(status);
    expect((await client.get("/items")).status).toBe(200);
  });
});

describe("pages of one's own", () => {
  const client = testClient(own);

  it.each([
    ["/explorer", "script-src https://assets.example.com/swagger-ui-dist@5.35.0/swagger-ui-bundle.js 'sha256-"],
    ["/explorer", "connect-src 'self' https://login.example.com;"],
    ["/reference", "script-src https://assets.example.com/redoc@2.5.4/redoc.standalone.js 'sha256-"],
    ["/signed-in", "default-src 'none'; script-src 'sha256-"],
  ])("%s has the policy %s", async (path, policy) => {
    expect((await client.get(path)).headers.get("content-security-policy")).toContain(policy);
  });

  it("are not in the document, which is served as ever", async () => {
    expect(Object.keys(own.openapi().paths)).toEqual(["/items"]);
    expect((await client.get("/docs")).status).toBe(404);
  });
});
