// CORS: preflights, answers of all kinds, and options that would let in more than was meant.
import { App, depends, middleware, query } from "apus";
import { cors, type CorsOptions } from "apus/middleware";
import { describe, expect, it, test } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";
import { askAgain, recorded } from "./starlette.ts";

const origin = "https://a.example";
const preflight = { origin, "access-control-request-method": "GET" };

describe("recorded answers of Starlette", () => {
  const table = recorded("cors");
  it("are many", () => expect(table.flatMap(({ asked }) => asked).length).toBeGreaterThan(100));
  it.each(table.map(({ options, asked }) => [JSON.stringify(options), options, asked] as const))(
    "%s",
    async (_, options, asked) => {
      const [found, expected] = await askAgain(cors(options), asked);
      expect(found).toEqual(expected);
    },
  );
});

function everything(options: CorsOptions): App {
  const { report } = reports();
  const app = new App({ report, middleware: [cors(options)] });
  app.get("/ok", () => "ok");
  app.get("/number", { input: { n: query(z.int()) } }, ({ n }) => n);
  app.get("/broken", () => {
    throw new Error("unlisted");
  });
  const failing = middleware({
    onRequest() {
      throw new Error("of a middleware");
    },
  });
  app.get("/middleware", { middleware: [failing] }, () => "never");
  app.get(
    "/dependency",
    { dependencies: [depends(() => Promise.reject(new Error("of a dependency")))] },
    () => "never",
  );
  return app;
}

scenarios("cors", (ask) => {
  const app = everything({ allowOrigins: [origin], allowCredentials: true, exposeHeaders: ["X-Total", "ETag"] });

  test.each([
    ["GET /ok", 200],
    ["GET /nowhere", 404],
    ["POST /ok", 405],
    ["OPTIONS /ok", 405],
    ["GET /number?n=x", 422],
    ["GET /broken", 500],
    ["GET /middleware", 500],
    ["GET /dependency", 500],
    ["GET /%2F", 400],
  ])("%s answers %i with the headers", async (line, status) => {
    const answer = await ask(app, line, { headers: { origin } });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": origin,
      "access-control-allow-credentials": "true",
      "access-control-expose-headers": "X-Total, ETag",
      vary: "Origin",
    });
  });

  test.each(["/ok", "/nowhere", "/broken", "/%2F"])("a preflight of %s is answered without asking it", async (path) => {
    const answer = await ask(app, `OPTIONS ${path}`, { headers: preflight });
    expect(answer).toMatchObject({ status: 200, text: "OK" });
    expect(answer.headers).toEqual({
      "access-control-allow-origin": origin,
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET",
      "access-control-allow-headers": "Accept, Accept-Language, Content-Language, Content-Type",
      "access-control-max-age": "600",
      "content-length": "2",
      "content-type": "text/plain; charset=utf-8",
      vary: "Origin",
    });
  });

  test("a foreign preflight is told all that is wrong", async () => {
    const headers = {
      origin: "https://evil.example",
      "access-control-request-method": "PUT",
      "access-control-request-headers": "x-token",
      "access-control-request-private-network": "true",
    };
    const answer = await ask(app, "OPTIONS /ok", { headers });
    expect(answer).toMatchObject({
      status: 400,
      text: "Disallowed CORS origin, method, headers, private-network",
    });
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
  });

  test.each([
    ["none", undefined],
    ["another", "https://b.example"],
    ["one that begins alike", "https://a.example.evil.example"],
    ["one that ends alike", "https://evil-a.example"],
    ["one in capitals", "https://A.EXAMPLE"],
    ["one over http", "http://a.example"],
    ["one with a port", "https://a.example:8443"],
    ["that of sandboxed pages", "null"],
    ["two", "https://a.example, https://evil.example"],
  ])("with the origin %s the answer says that it depends on it, and lets nobody in", async (_, sent) => {
    const answer = await ask(app, "GET /ok", sent === undefined ? {} : { headers: { origin: sent } });
    expect(answer).toMatchObject({ status: 200, text: '"ok"' });
    expect(answer.headers["vary"]).toBe("Origin");
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
  });

  test("for everybody alike the answer depends on nothing", async () => {
    const open = everything({ allowOrigins: ["*"], allowMethods: ["*"], allowHeaders: ["*"] });
    const answer = await ask(open, "GET /broken", { headers: { origin: "https://any.example" } });
    expect(answer).toMatchObject({ status: 500, headers: { "access-control-allow-origin": "*" } });
    expect(answer.headers).not.toHaveProperty("vary");
    const asked = await ask(open, "OPTIONS /ok", {
      headers: { ...preflight, "access-control-request-method": "PATCH", "access-control-request-headers": "x-a, X-B" },
    });
    expect(asked.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT",
      "access-control-allow-headers": "x-a, X-B",
    });
  });

  test("what Vary says already stays, once", async () => {
    const varying = middleware({ onAnswer: ({ headers }) => headers.set("vary", "Accept, origin") });
    const two = new App({ middleware: [cors({ allowOrigins: [origin] }), varying] });
    two.get("/", () => 1);
    expect((await ask(two, "GET /", { headers: { origin } })).headers["vary"]).toBe("Accept, origin");
  });

  test("`null` is let in when it is listed", async () => {
    const answer = await ask(everything({ allowOrigins: ["null"] }), "GET /ok", { headers: { origin: "null" } });
    expect(answer.headers["access-control-allow-origin"]).toBe("null");
  });
});

describe("allowOriginRegex", () => {
  const lets = async (allowOriginRegex: RegExp | string, sent: string): Promise<boolean> => {
    const asked = ["GET /ok", { origin: sent }, 200, {}, "inner"] as const;
    const [found] = await askAgain(cors({ allowOriginRegex }), [asked]);
    return JSON.stringify(found).includes("access-control-allow-origin");
  };
  const site = /https:\/\/[\w-]+\.b\.example/;

  it.each([
    [site, "https://x.b.example", true],
    [site.source, "https://x.b.example", true],
    [site, "https://x.b.example.evil", false],
    [site, "xhttps://x.b.example", false],
    [/https:\/\/x\.example|https:\/\/y\.example/, "https://y.example.evil", false],
    [/https:\/\/x\.example|https:\/\/y\.example/, "https://x.example", true],
    ["https://x\\.example|https://y\\.example", "https://y.example", true],
    [/^https:\/\/x\.example$/m, "https://x.example", true],
    [/HTTPS:\/\/X\.EXAMPLE/i, "https://x.example", true],
    [/https:\/\/.*\.b\.example/, `https://${"a".repeat(600)}.b.example`, false],
  ])("%s and %s: %s", async (pattern, sent, expected) => expect(await lets(pattern, sent)).toBe(expected));

  it("remembers nothing between requests", async () => {
    const made = cors({ allowOriginRegex: /https:\/\/x\.example/gy });
    const asked = ["GET /ok", { origin: "https://x.example" }, 200, {}, "inner"] as const;
    const [found] = await askAgain(made, [asked, asked, asked]);
    expect(JSON.stringify(found).split("access-control-allow-origin")).toHaveLength(4);
  });
});

describe("options that are refused", () => {
  it.each<[string, unknown, RegExp]>([
    ["everybody with credentials", { allowOrigins: ["*"], allowCredentials: true }, /APUS_CORS: .*list the origins/],
    ["a pattern for everybody with credentials", { allowOriginRegex: ".*", allowCredentials: true }, /APUS_CORS/],
    ["one for all of https", { allowOriginRegex: /https:\/\/.+/, allowCredentials: true }, /APUS_CORS/],
    ["one that is not anchored by itself", { allowOriginRegex: /|.*/, allowCredentials: true }, /APUS_CORS/],
    ["a dot for any character", { allowOriginRegex: "https://.*\\.b.example" }, /APUS_CORS: the dot before "example"/],
    ["a pattern that can take forever", { allowOriginRegex: /https:\/\/(\w+-?)+\.b\.example/ }, /APUS_CORS: .*busy/],
    ["the text of one", { allowOriginRegex: "https://(.*)*x" }, /APUS_CORS: .*busy/],
    ["no regular expression", { allowOriginRegex: "(" }, /APUS_CORS/],
    ["one that closes our group", { allowOriginRegex: "a)|(?:b" }, /APUS_CORS/],
    ["a list of patterns", { allowOriginRegex: [/a/] }, /APUS_CORS/],
    ["a slash at the end", { allowOrigins: ["https://a.example/"] }, /APUS_MIDDLEWARE: "https:\/\/a\.example\/"/],
    ["a path", { allowOrigins: ["https://a.example/x"] }, /APUS_MIDDLEWARE/],
    ["no scheme", { allowOrigins: ["a.example"] }, /APUS_MIDDLEWARE/],
    ["capitals", { allowOrigins: ["https://A.example"] }, /APUS_MIDDLEWARE.*capital/],
    ["the default port", { allowOrigins: ["https://a.example:443"] }, /APUS_MIDDLEWARE.*port/],
    ["a wildcard", { allowOrigins: ["https://*.a.example"] }, /APUS_MIDDLEWARE.*allowOriginRegex/],
    ["a text for a list", { allowOrigins: "*" }, /APUS_MIDDLEWARE/],
    ["something that is no text", { allowOrigins: [/a/] }, /APUS_MIDDLEWARE/],
    ["a line break in a header", { exposeHeaders: ["X-A\r\nX-B"] }, /APUS_MIDDLEWARE/],
    ["an empty header", { allowHeaders: [""] }, /APUS_MIDDLEWARE/],
    ["a method with a space", { allowMethods: ["GET, POST"] }, /APUS_MIDDLEWARE/],
    ["a text for true", { allowCredentials: "false" }, /APUS_MIDDLEWARE/],
    ["a fraction of a second", { maxAge: 0.5 }, /APUS_CORS/],
    ["a misspelt name", { allowOrigin: [origin] }, /APUS_OPTIONS: cors\(\): there is no option `allowOrigin`/],
    ["no object", ["*"], /APUS_OPTIONS/],
  ])("%s", (_, options, message) => expect(() => cors(options as CorsOptions)).toThrow(message));

  it.each<[string, CorsOptions]>([
    ["none at all", {}],
    ["undefined ones", { allowOrigins: undefined, allowOriginRegex: undefined, maxAge: undefined }],
    ["origins of apps", { allowOrigins: ["capacitor://localhost", "chrome-extension://abcdef", "file://"] }],
    ["an address with a port", { allowOrigins: ["http://[::1]:3000", "http://127.0.0.1:8000"] }],
    ["a site's pattern with credentials", { allowOriginRegex: /https:\/\/.*\.b\.example/, allowCredentials: true }],
    ["a dot in a class", { allowOriginRegex: /https:\/\/a[.]b[.a]example/ }],
  ])("but not %s", (_, options) => expect(cors(options).kind).toBe("middleware"));
});
