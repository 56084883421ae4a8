// Cross-site request forgery: which requests a browser may be made to send, by what it says of them.
import { App, operation } from "apus";
import { csrf, type CsrfOptions } from "apus/middleware";
import { testClient } from "apus/testing";
import { describe, expect, test } from "vitest";
import { scenarios } from "../scenario.ts";

const methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE"] as const;
const anything = operation([...methods], "/", {}, () => "done");

function appOf(options?: CsrfOptions, trustedProxies?: readonly string[]): App {
  return new App({ middleware: [csrf(options)], trustedProxies }).include({ anything });
}

const own = "http://testserver";
const other = "https://evil.example";

scenarios("csrf", (ask) => {
  const app = appOf();

  test.each<[headers: Record<string, string>, status: number]>([
    // What the browser says of the site decides, whatever the origin.
    [{ "sec-fetch-site": "same-origin" }, 200],
    [{ "sec-fetch-site": "same-origin", origin: own }, 200],
    [{ "sec-fetch-site": "same-origin", origin: "null" }, 200],
    [{ "sec-fetch-site": "same-origin", origin: "https://behind.a.proxy.example" }, 200],
    [{ "sec-fetch-site": "none" }, 200],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ "sec-fetch-site": "same-site", origin: "http://sister.testserver" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "cross-site", origin: own }, 403],
    [{ "sec-fetch-site": "cross-site", origin: other }, 403],
    [{ "sec-fetch-site": "" }, 403],
    [{ "sec-fetch-site": "SAME-ORIGIN" }, 403],
    [{ "sec-fetch-site": "same-origin, cross-site" }, 403],
    // Browsers that do not say it.
    [{ origin: own }, 200],
    [{ origin: other }, 403],
    [{ origin: "null" }, 403],
    [{ origin: "" }, 403],
    [{ origin: "https://testserver" }, 403],
    [{ origin: "http://testserver:8000" }, 403],
    [{ origin: "http://testserver.evil.example" }, 403],
    [{ origin: "http://eviltestserver" }, 403],
    [{ origin: "http://testserver/" }, 403],
    [{ origin: "HTTP://TESTSERVER" }, 403],
    [{ origin: `${own}, ${own}` }, 403],
    [{ origin: `${other} ${own}` }, 403],
    [{ referer: `${other}/page` }, 200],
    // No browser.
    [{}, 200],
  ])("POST with %j is answered %i", async (headers, status) => {
    const answer = await ask(app, "POST /", { headers });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.json()).toEqual({ detail: "Cross-origin request refused" });
  });

  test.each(["GET", "HEAD", "OPTIONS"])("%s may come from anywhere", async (method) => {
    const headers = { "sec-fetch-site": "cross-site", origin: other };
    expect((await ask(app, `${method} /`, { headers })).status).toBe(200);
  });

  test.each(["PUT", "PATCH", "DELETE"])("%s may not", async (method) => {
    expect((await ask(app, `${method} /`, { headers: { origin: other } })).status).toBe(403);
    expect((await ask(app, `${method} /`, { headers: { origin: own } })).status).toBe(200);
  });

  test.each([
    "application/json",
    "text/plain",
    "Text/Plain; charset=UTF-8",
    "application/x-www-form-urlencoded; Charset=x",
    "multipart/form-data; boundary=x",
    "",
  ])("the content type %j makes no difference", async (type) => {
    const headers = { "sec-fetch-site": "cross-site", "content-type": type };
    expect((await ask(app, "POST /", { headers, body: "x" })).status).toBe(403);
  });

  test("a path that is none of ours is refused before it is looked for", async () => {
    expect((await ask(app, "POST /nowhere", { headers: { origin: other } })).status).toBe(403);
  });

  test.each<[origin: string, site: string, status: number]>([
    ["https://admin.example.com", "same-site", 200],
    ["https://admin.example.com", "cross-site", 200],
    ["http://localhost:5173", "cross-site", 200],
    ["http://admin.example.com", "cross-site", 403],
    ["https://admin.example.com:8443", "cross-site", 403],
    ["https://admin.example.com.evil.example", "cross-site", 403],
    ["https://x.admin.example.com", "cross-site", 403],
    ["null", "cross-site", 403],
  ])("of trusted origins: %s, %s, is answered %i", async (origin, site, status) => {
    const trusting = appOf({ trustedOrigins: ["https://admin.example.com", "http://localhost:5173"] });
    const found = [
      (await ask(trusting, "POST /", { headers: { origin, "sec-fetch-site": site } })).status,
      (await ask(trusting, "POST /", { headers: { origin } })).status,
    ];
    expect(found).toEqual([status, status]);
  });
});

describe("the own origin", () => {
  const statusOf = async (app: App, baseUrl: string, headers: Record<string, string>) =>
    (await testClient(app, { baseUrl }).post("/", { headers })).status;

  test.each([
    ["https://shop.example", { origin: "https://shop.example" }, 200],
    ["https://shop.example", { origin: "http://shop.example" }, 403],
    ["https://shop.example:8443", { origin: "https://shop.example:8443" }, 200],
    ["http://x", { host: "Shop.Example:80", origin: "http://shop.example" }, 200],
    ["http://x", { host: "[::1]:8000", origin: "http://[::1]:8000" }, 200],
    ["http://x", { host: "shop.example@evil.example", origin: "http://evil.example" }, 403],
    ["http://x", { host: "evil.example/shop.example", origin: "http://evil.example" }, 403],
  ])("at %s, %j is answered %i", async (baseUrl, headers, status) => {
    expect(await statusOf(appOf(), baseUrl, headers)).toBe(status);
  });

  test("the scheme is what a trusted proxy says, and nobody else", async () => {
    const headers = { origin: "https://shop.example", host: "shop.example", "x-forwarded-proto": "https" };
    expect(await statusOf(appOf(), "http://shop.example", headers)).toBe(403);
    expect(await statusOf(appOf({}, ["*"]), "http://shop.example", headers)).toBe(200);
  });
});

test.each<[unknown, string]>([
  [{ trustedOrigins: ["*"] }, "is no origin"],
  [{ trustedOrigins: ["null"] }, "is no origin"],
  [{ trustedOrigins: ["example.com"] }, "is no origin"],
  [{ trustedOrigins: ["file:///a"] }, "is no origin"],
  [{ trustedOrigins: ["https://example.com/"] }, 'write "https://example.com"'],
  [{ trustedOrigins: ["https://example.com:443"] }, 'write "https://example.com"'],
  [{ trustedOrigins: ["https://Example.com"] }, 'write "https://example.com"'],
  [{ trustedOrigins: ["https://user@example.com"] }, 'write "https://example.com"'],
  [{ trustedOrigins: [1] }, "is no text"],
  [{ trustedOrigins: "https://example.com" }, "list of texts"],
  [{ trusted_origins: [] }, "trusted_origins"],
])("csrf(%j) is refused", (options, named) => {
  const declare = () => csrf(options as CsrfOptions);
  expect(declare).toThrow(named === "trusted_origins" ? /^APUS_OPTIONS: / : /^APUS_MIDDLEWARE: /);
  expect(declare).toThrow(named);
});
