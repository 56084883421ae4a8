// Sessions: the cookie on the wire, who may read it, when it is written, and options that could never work.
import {
  App,
  background,
  body,
  depends,
  get,
  HTTPException,
  operation,
  post,
  request,
  router,
  type AppOptions,
} from "apus";
import { session, sessionOf, sessions, type SessionsOptions } from "apus/middleware";
import { testClient } from "apus/testing";
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import { z } from "zod";
import { reports, scenarios } from "../scenario.ts";

const secretKey = "0123456789abcdef0123456789abcdef";
/** `{"user": "alice"}`, signed by Starlette at 1700000000. */
const signedAt = 1_700_000_000;
const signed = "eyJ1c2VyIjogImFsaWNlIn0=.ZVPxAA.kvz_tyKHUctt5G8ZIKiCF9Vx8aY";
const flags = "httponly; samesite=lax";

// The clock stands: adapters that answer in different seconds would sign different cookies.
beforeEach(() => at(signedAt));
afterEach(() => void vi.restoreAllMocks());
function at(seconds: number): void {
  vi.spyOn(Date, "now").mockReturnValue(seconds * 1000 + 999);
}

const values = z.record(z.string(), z.unknown());
const routes = {
  read: get("/", { input: { session } }, (given) => Object.fromEntries(given.session)),
  write: post("/", { input: { values: body(values), session } }, (given) => {
    for (const [key, value] of Object.entries(given.values)) given.session.set(key, value);
    return given.session.size;
  }),
  clear: operation(["DELETE"], "/", { input: { session } }, (given) => given.session.clear()),
  other: get("/other", {}, () => "other"),
};

function appOf(options: Partial<SessionsOptions> = {}, more: AppOptions = {}): App {
  return new App({ ...more, middleware: [sessions({ secretKey, ...options })] }).include(routes);
}

const holding = (cookie: string): { headers: Record<string, string> } => ({ headers: { cookie } });

scenarios("sessions", (ask) => {
  test("what is set comes back, in Starlette's cookie", async () => {
    const app = appOf();
    const { cookies, headers } = await ask(app, "POST /", { json: { user: "alice", list: [1, { a: null }], é: "ü" } });
    const [cookie, ...attributes] = cookies[0]!.split("; ");
    expect(attributes.join("; ")).toBe(`path=/; Max-Age=1209600; ${flags}`);
    expect(cookie).toMatch(/^session=[\w+/]+=*\.ZVPxAA\.[\w-]{27}$/);
    expect(headers["vary"]).toBe("Cookie");
    const back = await ask(app, "GET /", holding(cookie!));
    expect([back.json(), back.headers["vary"], back.cookies]).toEqual([
      { user: "alice", list: [1, { a: null }], é: "ü" },
      "Cookie",
      [],
    ]);
  });

  test("a cookie of Starlette is read, and written as it writes it", async () => {
    at(signedAt + 100);
    const app = appOf();
    expect((await ask(app, "GET /", holding(`session=${signed}`))).json()).toEqual({ user: "alice" });
    const { cookies } = await ask(app, "DELETE /", holding(`session=${signed}`));
    expect(cookies).toEqual([`session=null; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT; ${flags}`]);
  });

  test.each([
    ["nobody signed it", `${signed}x`, 100],
    ["it was cleared", "null", 100],
    ["it has expired", signed, 14 * 24 * 60 * 60 + 1],
    ["it is of the future", signed, -1],
  ])("an empty session where %s", async (_, cookie, later) => {
    at(signedAt + later);
    const app = appOf();
    expect((await ask(app, "GET /", holding(`session=${cookie}`))).json()).toEqual({});
    expect((await ask(app, "DELETE /", holding(`session=${cookie}`))).cookies).toEqual([]);
  });

  test("an operation that does not ask for it costs nobody a cookie or a cache", async () => {
    const { headers, cookies } = await ask(appOf(), "GET /other", holding(`session=${signed}`));
    expect([headers["vary"], cookies]).toEqual([undefined, []]);
  });

  test("errors that are answers write it, failures do not", async () => {
    const { report, found } = reports();
    const app = appOf({}, { report });
    const failing = (error: Error) => (given: { session: Map<string, unknown> }) => {
      given.session.set("seen", true);
      throw error;
    };
    app.include(get("/refused", { input: { session } }, failing(new HTTPException(403)) as never));
    app.include(get("/failed", { input: { session } }, failing(new Error("unlisted")) as never));
    const refused = await ask(app, "GET /refused");
    expect([refused.status, refused.cookies.length, refused.headers["vary"]]).toEqual([403, 1, "Cookie"]);
    const failed = await ask(app, "GET /failed");
    expect([failed.status, failed.cookies, failed.headers["vary"]]).toEqual([500, [], undefined]);
    expect(found).toHaveLength(1);
  });

  test("a cookie that no browser would keep is a failure, not a broken cookie", async () => {
    const { report, found } = reports();
    const { status, cookies } = await ask(appOf({}, { report }), "POST /", { json: { text: "x".repeat(3000) } });
    expect([status, cookies]).toEqual([500, []]);
    expect(String(found[0]?.error)).toContain("APUS_SESSION_SIZE: ");
    expect((await ask(appOf(), "POST /", { json: { text: "x".repeat(2900) } })).cookies[0]!.length).toBeLessThan(4097);
  });

  test("without sessions() around it, reading one says what to do", async () => {
    const { report, found } = reports();
    expect((await ask(new App({ report }).include(routes), "GET /")).status).toBe(500);
    expect(String(found[0]?.error)).toMatch(/APUS_SESSION: .*sessions\(\{ secretKey \}\)/);
  });

  test("the nearest sessions() is the one that operations see", async () => {
    const inner = router(
      { write: routes.write, read: routes.read },
      {
        prefix: "/inner",
        middleware: [sessions({ secretKey: secretKey.toUpperCase(), sessionCookie: "inner", path: "/inner" })],
      },
    );
    const app = new App({ middleware: [sessions({ secretKey })] })
      .include(inner)
      .include({ outer: get("/outer", { input: { session } }, (given) => Object.fromEntries(given.session)) });
    const { cookies } = await ask(app, "POST /inner/", { json: { a: 1 } });
    expect(cookies.map((each) => each.split("=")[0])).toEqual(["inner"]);
    const cookie = `session=${signed}; ${cookies[0]!.split(";")[0]}`;
    expect((await ask(app, "GET /inner/", holding(cookie))).json()).toEqual({ a: 1 });
    expect((await ask(app, "GET /outer", holding(cookie))).json()).toEqual({ user: "alice" });
  });

  test("of equal names the last cookie counts", async () => {
    const found = await ask(appOf(), "GET /", holding(`session=null; session=${signed}`));
    expect(found.json()).toEqual({ user: "alice" });
  });
});

describe("attributes", () => {
  const lineOf = async (options: Partial<SessionsOptions>, baseUrl = "http://testserver"): Promise<string> => {
    const { headers } = await testClient(appOf(options), { baseUrl }).post("/", { json: { a: 1 } });
    const [line] = headers.getSetCookie();
    return line!.replace(/=[^;]*/, "");
  };
  test.each<[Partial<SessionsOptions>, string]>([
    [{ maxAge: 60 }, `session; path=/; Max-Age=60; ${flags}`],
    [{ maxAge: null }, `session; path=/; ${flags}`],
    [
      {
        sessionCookie: "__Secure-s",
        path: "/app",
        sameSite: "none",
        httpsOnly: true,
        domain: "example.com",
        partitioned: true,
      },
      "__Secure-s; path=/app; Max-Age=1209600; httponly; samesite=none; secure; domain=example.com; partitioned",
    ],
    [
      { sessionCookie: "__Host-s", httpsOnly: true, sameSite: "strict" },
      "__Host-s; path=/; Max-Age=1209600; httponly; samesite=strict; secure",
    ],
    [
      { maxAge: undefined, httpsOnly: undefined, path: undefined, domain: undefined },
      `session; path=/; Max-Age=1209600; ${flags}`,
    ],
  ])("%j", async (options, line) => expect(await lineOf(options)).toBe(line));

  test("a cookie that came over HTTPS stays there, unless httpsOnly is false", async () => {
    expect(await lineOf({}, "https://testserver")).toBe(`session; path=/; Max-Age=1209600; ${flags}; secure`);
    expect(await lineOf({ httpsOnly: false }, "https://testserver")).toBe(`session; path=/; Max-Age=1209600; ${flags}`);
  });
});

describe("rotation", () => {
  test("an old secret is still believed, and the new one signs", async () => {
    const rotated = testClient(appOf({ secretKey: [secretKey.toUpperCase(), secretKey] }));
    expect((await rotated.get("/", { cookies: { session: signed } })).json()).toEqual({ user: "alice" });
    const { headers } = await rotated.post("/", { cookies: { session: signed }, json: { user: "alice" } });
    const renewed = headers.getSetCookie()[0]!.split("; ")[0]!.slice("session=".length);
    expect((await testClient(appOf()).get("/", { cookies: { session: renewed } })).json()).toEqual({});
    expect((await rotated.get("/", { cookies: { session: renewed } })).json()).toEqual({ user: "alice" });
  });
});

describe("use", () => {
  test("a value that was changed in place is written", async () => {
    const app = appOf();
    app.include(
      post("/push", { input: { session } }, (given) => {
        const list = given.session.get("list");
        if (Array.isArray(list)) list.push("more");
      }),
    );
    const client = testClient(app);
    const first = (await client.post("/", { json: { list: [] } })).headers.getSetCookie()[0]!.split(";")[0]!;
    const pushed = (await client.post("/push", { headers: { cookie: first } })).headers
      .getSetCookie()[0]!
      .split(";")[0]!;
    expect((await client.get("/", { headers: { cookie: pushed } })).json()).toEqual({ list: ["more"] });
  });

  test("a change after the answer has begun is a reported failure", async () => {
    const { report, found } = reports();
    let caught: unknown;
    const app = appOf({}, { report }).include(
      post("/later", { input: { session, background } }, (given) => {
        given.background.add(() => {
          try {
            given.session.set("late", 1);
          } catch (error) {
            caught = error;
          }
        });
      }),
    );
    expect((await testClient(app).post("/later")).headers.getSetCookie()).toEqual([]);
    expect(String(caught)).toContain("APUS_SESSION: ");
    expect(found).toEqual([]);
  });

  test("one request sees one session, wherever it asks", async () => {
    const user = depends({ session }, (given) => given.session.get("user") ?? null);
    const app = appOf().include(
      get("/both", { input: { session, user, request } }, (given) => {
        given.session.set("seen", true);
        return [given.user, given.session.get("seen")];
      }),
    );
    expect((await testClient(app).get("/both", { cookies: { session: signed } })).json()).toEqual(["alice", true]);
  });

  test("types for what it keeps, and a Map in tests", async () => {
    const shop = sessionOf<{ userId: number; cart?: string[] }>();
    const app = appOf().include(
      get("/cart", { input: { shop } }, (given) => {
        expectTypeOf(given.shop.get("userId")).toEqualTypeOf<number | undefined>();
        expectTypeOf(given.shop.get("cart")).toEqualTypeOf<string[] | undefined>();
        // @ts-expect-error - no such key
        void (() => given.shop.get("card"));
        // @ts-expect-error - not its type
        void (() => given.shop.set("cart", 1));
        return given.shop.get("cart") ?? [];
      }),
    );
    const fake = depends(() => new Map<string, unknown>([["cart", ["tea"]]]));
    const client = testClient(app, { overrides: [[session, fake]] });
    expect((await client.get("/cart")).json()).toEqual(["tea"]);
  });
});

test.each<[string, unknown, string]>([
  ["nothing", undefined, "options"],
  ["no secret", {}, "openssl rand -hex 32"],
  ["an empty list", { secretKey: [] }, "secretKey"],
  ["a short secret", { secretKey: "x".repeat(31) }, "32 bytes"],
  ["a short secret among others", { secretKey: [secretKey, "old"] }, "32 bytes"],
  ["a secret that is no text", { secretKey: 12345 }, "secretKey"],
  ["an age of 0", { secretKey, maxAge: 0 }, "maxAge"],
  ["a broken age", { secretKey, maxAge: 1.5 }, "maxAge"],
  ["a relative path", { secretKey, path: "app" }, "path"],
  ["an unknown sameSite", { secretKey, sameSite: "Lax" }, "sameSite"],
  ["none without HTTPS", { secretKey, sameSite: "none", httpsOnly: false }, "httpsOnly"],
  ["partitioned without HTTPS", { secretKey, partitioned: true, httpsOnly: false }, "httpsOnly"],
  ["a prefix without HTTPS", { secretKey, sessionCookie: "__Secure-s" }, "httpsOnly"],
  [
    "a host prefix with a domain",
    { secretKey, sessionCookie: "__Host-s", httpsOnly: true, domain: "a.example" },
    "domain",
  ],
  ["a flag that is a text", { secretKey, httpsOnly: "false" }, "httpsOnly"],
  ["an unknown option", { secretKey, max_age: 1 }, "max_age"],
])("%s is refused", (_, options, named) => {
  const declare = () => sessions(options as SessionsOptions);
  expect(declare).toThrow(["options", "max_age"].includes(named) ? /^APUS_OPTIONS: / : /^APUS_MIDDLEWARE: /);
  expect(declare).toThrow(named);
});

test.each([[{ sessionCookie: "a b" }], [{ path: "/;secure" }], [{ domain: "example.com; path=/" }]])(
  "%j could end the cookie early",
  (options) => {
    expect(() => sessions({ secretKey, ...options })).toThrow(/^APUS_COOKIE: /);
  },
);

test("a secret is never told", () => {
  expect(() => sessions({ secretKey: "hunter2" })).toThrow(/^(?!.*hunter2)/s);
});
