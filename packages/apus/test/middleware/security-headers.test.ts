// Security headers: the defaults on every answer, what an answer brings along, and what can be changed.
import { App, html, text } from "apus";
import { securityHeaders, type SecurityHeadersOptions } from "apus/middleware";
import { testClient } from "apus/testing";
import { describe, expect, it, test } from "vitest";
import { reports, scenarios } from "../scenario.ts";

const defaults = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};
const hsts = "strict-transport-security";

function guarded(options?: SecurityHeadersOptions, trustedProxies: string[] = []): App {
  const app = new App({ report: reports().report, middleware: [securityHeaders(options)], trustedProxies });
  app.get("/", () => "ok");
  app.get("/broken", () => {
    throw new Error("unlisted");
  });
  app.get("/page", () =>
    html("<p>", { headers: { "Content-Security-Policy": "default-src 'self'", "X-Frame-Options": "SAMEORIGIN" } }),
  );
  return app;
}

scenarios("securityHeaders", (ask) => {
  test.each([
    ["GET /", 200],
    ["GET /nowhere", 404],
    ["POST /", 405],
    ["GET /broken", 500],
    ["GET /openapi.json", 200],
  ])("%s answers %i with all of them", async (line, status) => {
    const answer = await ask(guarded(), line);
    expect(answer).toMatchObject({ status, headers: defaults });
    expect(answer.headers).not.toHaveProperty(hsts);
    expect(answer.headers).not.toHaveProperty("permissions-policy");
  });

  test("what an answer has stays as it is", async () => {
    expect((await ask(guarded(), "GET /page")).headers).toMatchObject({
      ...defaults,
      "content-security-policy": "default-src 'self'",
      "x-frame-options": "SAMEORIGIN",
    });
  });

  test("each can be changed and left out", async () => {
    const off = Object.fromEntries(
      Object.keys(defaults).map((name) => [
        name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
        false,
      ]),
    );
    const { headers } = await ask(guarded(off), "GET /");
    for (const name of Object.keys(defaults)) expect(headers).not.toHaveProperty(name);
    const changed = guarded({ permissionsPolicy: "camera=()", xFrameOptions: "SAMEORIGIN", referrerPolicy: undefined });
    expect((await ask(changed, "GET /")).headers).toMatchObject({
      ...defaults,
      "permissions-policy": "camera=()",
      "x-frame-options": "SAMEORIGIN",
    });
  });

  test("https by the word of a trusted proxy alone", async () => {
    const sent = { headers: { "x-forwarded-proto": "https" } };
    expect((await ask(guarded(), "GET /", sent)).headers).not.toHaveProperty(hsts);
    expect((await ask(guarded({}, ["*"]), "GET /", sent)).headers).toHaveProperty(hsts);
  });
});

describe("Strict-Transport-Security", () => {
  const over = async (scheme: string, options?: SecurityHeadersOptions): Promise<string | null> =>
    (await testClient(guarded(options), { baseUrl: `${scheme}://testserver` }).get("/")).headers.get(hsts);

  it("is sent over https alone", async () => {
    expect(await over("https")).toBe("max-age=31536000; includeSubDomains");
    expect(await over("http")).toBeNull();
    expect(await over("https", { strictTransportSecurity: "max-age=60" })).toBe("max-age=60");
    expect(await over("https", { strictTransportSecurity: false })).toBeNull();
  });
});

it.each(["/docs", "/docs/oauth2-redirect"])("leaves %s the policies under which it works", async (path) => {
  const { headers } = await testClient(guarded()).get(path);
  expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self'/);
  // The page for signing in is a window of another origin, and reports to the one that opened it.
  expect(headers.get("cross-origin-opener-policy")).toBe("unsafe-none");
});

it("keeps the answers of middleware further in company", async () => {
  const inner = { kind: "middleware", name: "inner", hooks: { onRequest: () => text("early") } } as const;
  const app = new App({ middleware: [securityHeaders(), inner] });
  expect(Object.fromEntries((await testClient(app).get("/")).headers)).toMatchObject(defaults);
});

describe("options that are refused", () => {
  it.each<[string, unknown, RegExp]>([
    ["a header that is not among them", { xPoweredBy: false }, /APUS_OPTIONS: .*no option `xPoweredBy`/],
    ["true", { xFrameOptions: true }, /APUS_MIDDLEWARE: .*xFrameOptions/],
    ["an empty text", { referrerPolicy: "" }, /APUS_MIDDLEWARE/],
    ["a line break", { referrerPolicy: "no-referrer\r\nx-evil: 1" }, /APUS_HEADER/],
  ])("%s", (_, options, message) => {
    expect(() => securityHeaders(options as SecurityHeadersOptions)).toThrow(message);
  });
});
