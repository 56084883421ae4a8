/** Set-Cookie lines: what FastAPI writes for the same, and what must not become part of one. */
import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { parseCookies } from "./cookie.ts";
import { HeaderList } from "./header-list.ts";
import { CookiesToSet, setCookieLine, type CookieOptions } from "./set-cookie.ts";

describe("a line is FastAPI's", () => {
  it.each<[value: string, options: CookieOptions, line: string]>([
    ["b", {}, "a=b; Path=/; SameSite=lax"],
    ["", {}, 'a=""; Path=/; SameSite=lax'],
    ["x y", {}, 'a="x y"; Path=/; SameSite=lax'],
    ['q"\\;,', {}, String.raw`a="q\"\\\073\054"; Path=/; SameSite=lax`],
    ["é\u0000\u007f", {}, String.raw`a="\351\000\177"; Path=/; SameSite=lax`],
    ["!#$%&'*+-.^_`|~:", {}, "a=!#$%&'*+-.^_`|~:; Path=/; SameSite=lax"],
    [" ()/<=>?@[]{}", {}, 'a=" ()/<=>?@[]{}"; Path=/; SameSite=lax'],
    ["v", { maxAge: 0 }, "a=v; Max-Age=0; Path=/; SameSite=lax"],
    ["v", { path: "", sameSite: "none", secure: true }, "a=v; SameSite=none; Secure"],
    [
      "v",
      {
        maxAge: 60,
        expires: new Date(Date.UTC(2030, 0, 2, 3, 4, 5)),
        path: "/p",
        domain: "example.com",
        secure: true,
        httpOnly: true,
        sameSite: "strict",
      },
      "a=v; Domain=example.com; expires=Wed, 02 Jan 2030 03:04:05 GMT; HttpOnly; Max-Age=60; Path=/p; SameSite=strict; Secure",
    ],
    ["v", { partitioned: true, secure: true }, "a=v; Partitioned; Path=/; SameSite=lax; Secure"],
    ["v", { path: undefined, domain: undefined, maxAge: undefined, secure: undefined }, "a=v; Path=/; SameSite=lax"],
  ])("%j %j", (value, options, line) => expect(setCookieLine("a", value, options)).toBe(line));

  it("is read back as what was written", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) }),
        (value) => {
          const [pair] = setCookieLine("a", value, { path: "" }).split("; SameSite=");
          expect(parseCookies([pair!])).toEqual(["a", value]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

it.each<[string, string, CookieOptions]>([
  ["a name with a space", "a b", {}],
  ["a name with a semicolon", "a;b", {}],
  ["a name with an equals sign", "a=b", {}],
  ["no name", "", {}],
  ["a path with a semicolon", "a", { path: "/; Domain=evil.example" }],
  ["a path with a line break", "a", { path: "/\r\nset-cookie: b=1" }],
  ["a domain with a semicolon", "a", { domain: "example.com; Path=/" }],
  ["a domain beyond ASCII", "a", { domain: "exämple.com" }],
  ["a fraction of a second", "a", { maxAge: 1.5 }],
  ["no number of seconds", "a", { maxAge: Number.NaN }],
  ["a date that is none", "a", { expires: new Date("x") }],
  ["a site rule that is none", "a", { sameSite: "lax; Domain=evil.example" as "lax" }],
])("%s is refused", (_, name, options) => expect(() => setCookieLine(name, "x", options)).toThrow("APUS_COOKIE"));

it("a value beyond Latin-1 is refused, and the message says what to do", () => {
  expect(() => setCookieLine("a", "☃")).toThrow(/APUS_COOKIE: .* encodeURIComponent\(\)/);
});

it("an answer may set several, and make the browser forget one", () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 6, 5, 33), toFake: ["Date"] });
  try {
    const headers = new HeaderList(["x-a", "1"]);
    const cookies = new CookiesToSet(headers);
    cookies.set("a", "b");
    cookies.set("a", "c");
    cookies.delete("d", { path: "/p", secure: true });
    expect(headers.getAll("set-cookie")).toEqual([
      "a=b; Path=/; SameSite=lax",
      "a=c; Path=/; SameSite=lax",
      'd=""; expires=Sun, 22 Nov 2026 06:05:33 GMT; Max-Age=0; Path=/p; SameSite=lax; Secure',
    ]);
  } finally {
    vi.useRealTimers();
  }
});
