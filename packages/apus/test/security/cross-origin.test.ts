// Pages of other origins: only those that are listed read answers, and every answer says what it depends on.
import { App, response } from "apus";
import { cors, type CorsOptions } from "apus/middleware";
import { expect, test } from "vitest";
import { reports, scenarios } from "../scenario.ts";

const allowed = "https://app.example";
const preflight = { "access-control-request-method": "GET" };

scenarios("Pages of other origins", (ask) => {
  const strangers = [
    "https://evil.example",
    "https://app.example.evil.example",
    "https://evilapp.example",
    "https://evil-app.example",
    "https://appxexample",
    "https://sub.app.example",
    "http://app.example",
    "https://app.example:444",
    "https://APP.example",
    "https://app.example/",
    "https://app.example#",
    "https://app.example, https://evil.example",
    "https://app.example https://evil.example",
    "https://evil.example\thttps://app.example",
    "https://app.example@evil.example",
    "https://app.example%2eevil.example",
    "app.example",
    "//app.example",
    "null",
    "*",
    "",
    "file://",
    "https://app.example\u00e9",
  ];
  const make = (options: CorsOptions): App => {
    const app = new App({ middleware: [cors(options)], report: () => {} });
    app.get("/", () => "data");
    app.get("/fails", () => {
      throw new Error("x");
    });
    app.get("/cached", { input: { response } }, (given) => given.response.headers.set("vary", "accept-encoding"));
    return app;
  };

  test.each<[string, CorsOptions]>([
    ["a list", { allowOrigins: [allowed], allowCredentials: true }],
    ["a pattern", { allowOriginRegex: /https:\/\/app\.example/, allowCredentials: true }],
    ["an anchored pattern", { allowOriginRegex: /^https:\/\/app\.example$/, allowCredentials: true }],
    ["a pattern of lines", { allowOriginRegex: /^https:\/\/app\.example$/m, allowCredentials: true }],
    ["a pattern that remembers", { allowOriginRegex: /https:\/\/app\.example/g, allowCredentials: true }],
    ["alternatives", { allowOriginRegex: "https://app\\.example|https://other\\.example", allowCredentials: true }],
  ])(
    "row 31: by %s, only the origin itself is let in, and every answer says what it depends on",
    async (_, options) => {
      const app = make(options);
      for (let i = 0; i < 2; i++) {
        for (const path of ["/", "/fails", "/nowhere", "/cached"]) {
          const known = await ask(app, `GET ${path}`, { headers: { origin: allowed } });
          expect(known.headers["access-control-allow-origin"]).toBe(allowed);
          expect(known.headers["vary"]?.toLowerCase()).toContain("origin");
          // Also without an origin: a cache keeps that answer for those who have one.
          expect((await ask(app, `GET ${path}`)).headers["vary"]?.toLowerCase()).toContain("origin");
        }
      }
      for (const origin of strangers) {
        for (const line of ["GET /", "GET /fails", "OPTIONS /"]) {
          const headers = line.startsWith("OPTIONS") ? { origin, ...preflight } : { origin };
          const answer = await ask(app, line, { headers });
          expect([origin, line, answer.headers["access-control-allow-origin"]]).toEqual([origin, line, undefined]);
          expect(answer.headers["vary"]?.toLowerCase()).toContain("origin");
        }
      }
    },
  );

  test("row 31: by default nobody is let in, and where everybody is, nobody brings credentials", async () => {
    for (const origin of [allowed, ...strangers]) {
      const nobody = await ask(make({}), "GET /", { headers: { origin } });
      expect(nobody.headers["access-control-allow-origin"]).toBeUndefined();
      const cookies = await ask(make({ allowOrigins: ["*"] }), "GET /", { headers: { origin, cookie: "session=1" } });
      expect(cookies.headers["access-control-allow-origin"]).toBe("*");
      expect(cookies.headers["access-control-allow-credentials"]).toBeUndefined();
    }
  });

  test("row 31: a preflight lets through the methods and headers that are listed, and runs nothing", async () => {
    let ran = 0;
    const app = new App({
      middleware: [cors({ allowOrigins: [allowed], allowMethods: ["GET"], allowHeaders: ["x-known"] })],
    });
    app.get("/", () => ++ran);
    app.del("/", () => ++ran);
    const send = async (method: string, names?: string) => {
      const asked = { "access-control-request-method": method };
      const more = names === undefined ? {} : { "access-control-request-headers": names };
      return (await ask(app, "OPTIONS /", { headers: { origin: allowed, ...asked, ...more } })).status;
    };
    expect(await send("GET", "X-Known, content-type")).toBe(200);
    for (const method of ["DELETE", "get", "GET, DELETE", "*", "PATCH", "constructor", ""])
      expect(await send(method)).toBe(400);
    for (const names of ["x-other", "x-known, x-other", "*", "x-known\tx-other", "__proto__"])
      expect(await send("GET", names)).toBe(400);
    expect(ran).toBe(0);
  });

  test("row 31: what a preflight asks for is nobody's failure, even where everything is let in", async () => {
    const { found, report } = reports();
    const options = { allowOriginRegex: /https:\/\/.*\.app\.example/, allowHeaders: ["*"], allowMethods: ["*"] };
    const app = new App({ middleware: [cors(options)], report });
    app.get("/", () => 1);
    // Web Headers hold control characters; Node's parser refuses them before.
    const odd = ask.adapter === "node" ? "\u00e9" : "\u0001\u007f";
    for (const line of ["GET /", "OPTIONS /"]) {
      const headers = {
        ...preflight,
        origin: `https://${odd}.app.example`,
        "access-control-request-headers": `x-${odd}`,
      };
      // Asked through the adapters apart: they do not take the same characters.
      const { status } = await ask(app, `${line}?${ask.adapter}`, { headers });
      expect(status).toBeLessThan(500);
    }
    expect(found).toEqual([]);
  });
});

test.each<[string, CorsOptions]>([
  ["everybody with credentials", { allowOrigins: ["*"], allowCredentials: true }],
  ["everybody among others, with credentials", { allowOrigins: [allowed, "*"], allowCredentials: true }],
  ["everybody by a pattern, with credentials", { allowOriginRegex: /.*/, allowCredentials: true }],
  [
    "everybody by a pattern of schemes, with credentials",
    { allowOriginRegex: /https?:\/\/.+/, allowCredentials: true },
  ],
  ["a dot that is any character", { allowOriginRegex: /https:\/\/app.example/ }],
  ["a wildcard that is text", { allowOrigins: ["https://*.app.example"] }],
  ["an origin that is an address", { allowOrigins: ["https://app.example/"] }],
  ["a pattern that takes forever", { allowOriginRegex: /https:\/\/(\w+\s?)*\.app\.example/ }],
  ["credentials that are a text", { allowOrigins: [allowed], allowCredentials: "false" as unknown as boolean }],
])("row 31: %s stops the start", (_, options) => {
  expect(() => cors(options)).toThrow(/^APUS_/);
});
