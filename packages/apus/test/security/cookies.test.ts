// Cookies in both directions: none says more than it was given, and none is read twice.
import { App, cookie, get, middleware, request, response, text, type CookieOptions } from "apus";
import { expect, test } from "vitest";
import { z } from "zod";
import { scenarios } from "../scenario.ts";

scenarios("Cookies", (ask) => {
  const setCookies = (name: string, value: string, options: CookieOptions | undefined, report: () => void): App => {
    const app = new App({ report });
    app.get("/reply", () => text("x", { cookies: { [name]: { value, ...options } } }));
    app.get("/response", { input: { response } }, (given) => given.response.cookies.set(name, value, options));
    app.get("/delete", { input: { response } }, (given) => given.response.cookies.delete(name, options));
    const hook = middleware({ onAnswer: (answer) => answer.cookies.set(name, value, options) });
    app.include(get("/middleware", { middleware: [hook] }, () => "x"));
    return app;
  };

  const badCookies: readonly (readonly [string, CookieOptions])[] = [
    ...[
      "",
      "a b",
      "a=b",
      "a;b",
      "a,b",
      "a\r\nb",
      "a\0",
      "a\u00e9",
      "a\u010d",
      "a\tb",
      '"a"',
      "a\\",
      "userName=x; Max-Age=1; a",
    ].map((name) => [name, {}] as const),
    ...["/; Domain=evil.example", "/a\r\nx-evil: 1", "/\0", "/\u010a", "/\u00e9", "/;"].map(
      (path) => ["a", { path }] as const,
    ),
    ...["a; Path=/", "a\r\nx-evil: 1", "\u0430.example", "a;", "a\t"].map((domain) => ["a", { domain }] as const),
    ...[1.5, Number.NaN, Number.POSITIVE_INFINITY, "1; Path=/x"].map(
      (maxAge) => ["a", { maxAge: maxAge as number }] as const,
    ),
    ...["lax; Secure", "Evil", "none\r\n"].map((sameSite) => ["a", { sameSite: sameSite as "lax" }] as const),
    ["a", { expires: new Date(Number.NaN) }],
  ];

  test.each(badCookies)("row 30: the cookie %j with %j is a failure, wherever it is set", async (name, options) => {
    let reported = 0;
    const app = setCookies(name, "1", options, () => void reported++);
    for (const place of ["reply", "response", "middleware"]) {
      const answer = await ask(app, `GET /${place}`);
      expect([place, answer.status, answer.cookies, answer.headers["x-evil"]]).toEqual([place, 500, [], undefined]);
    }
    expect(reported).toBe(3);
  });

  test("row 30: a cookie's value is quoted so that it stays one value, and comes back as it was", async () => {
    const app = new App();
    app.get("/set", { input: { value: z.string(), response } }, (given) =>
      given.response.cookies.set("a", given.value),
    );
    app.get("/get", { input: { a: cookie(z.string()) } }, ({ a }) => a);
    for (const value of [
      "1; Domain=evil.example",
      "a,b",
      'a"b',
      "a\\073b",
      "a\r\nSet-Cookie: b=1",
      "a\0b",
      " a ",
      "\u00e9",
      "%41",
      '"a"',
      "a=b=c",
      "",
    ]) {
      const set = await ask(app, `GET /set?value=${encodeURIComponent(value)}`);
      expect(set.cookies).toHaveLength(1);
      const parts = set.cookies[0]!.split("; ");
      // Nothing but the value and the two attributes that every cookie has.
      expect(parts.slice(-2)).toEqual(["Path=/", "SameSite=lax"]);
      const sent = set.cookies[0]!.slice(0, -"; Path=/; SameSite=lax".length);
      expect(sent).toMatch(/^a=(?:[^\s";,\\]*|"(?:[^";,\\\r\n]|\\["\\]|\\[0-3][0-7]{2})*")$/);
      expect((await ask(app, "GET /get", { headers: { cookie: sent } })).json()).toBe(value);
    }
  });

  test("row 30: several cookies are several lines, through every adapter and every middleware", async () => {
    const hook = middleware({ onAnswer: (answer) => answer.cookies.set("c", "3") });
    const app = new App({ middleware: [hook] });
    app.get("/", { input: { response } }, (given) => {
      given.response.cookies.set("a", "1", { expires: new Date(0) });
      given.response.cookies.set("b", "2, with a comma");
    });
    app.get("/response", () => {
      const headers = new Headers();
      headers.append("set-cookie", "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
      headers.append("set-cookie", "b=2");
      return new Response("x", { headers });
    });
    for (const path of ["/", "/response"]) {
      const { cookies } = await ask(app, `GET ${path}`);
      expect(cookies.map((each) => each.split("=", 1)[0])).toEqual(["a", "b", "c"]);
    }
  });

  test("row 30: what a cookie says is read once: no second decoding, and no name but its own", async () => {
    const app = new App();
    app.get("/", { input: { session: cookie(z.string().default("none")), request } }, (given) => [
      given.session,
      given.request.cookies["session"] ?? "none",
    ]);
    for (const [sent, session] of [
      ["session=%2541", "%2541"],
      ["session=%41", "%41"],
      ["session=a%3Bsession%3Db", "a%3Bsession%3Db"],
      ["%73ession=a", "none"],
      ["Session=a", "none"],
      ["session[]=a", "none"],
      ["$session=a", "none"],
      ["xsession=a", "none"],
      ["a=session=b", "none"],
      ['a="; session=b"', 'b"'],
      ["session", "none"],
      ["session=a; Path=/; Domain=x", "a"],
    ]) {
      expect([sent, (await ask(app, "GET /", { headers: { cookie: sent! } })).json()]).toEqual([
        sent,
        [session, session],
      ]);
    }
  });
});
