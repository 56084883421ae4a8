import { expect, test } from "vitest";
import { parseSetCookie } from "./set-cookie.ts";

const plain = { domain: undefined, path: undefined, expires: undefined, maxAge: undefined, sameSite: undefined };
const off = { secure: false, httpOnly: false, partitioned: false };

test("everything that a line can say", () => {
  const line =
    "a=b=c; Domain=.Example.COM; Path=/x; Expires=Wed, 09 Jun 2021 10:18:14 GMT; Max-Age=60; Secure; HttpOnly; SameSite=Strict; Partitioned";
  expect(parseSetCookie(line)).toEqual({
    name: "a",
    value: "b=c",
    domain: "example.com",
    path: "/x",
    expires: new Date("2021-06-09T10:18:14Z"),
    maxAge: 60,
    secure: true,
    httpOnly: true,
    sameSite: "strict",
    partitioned: true,
  });
});

test.each([
  ["a=", { value: "" }],
  [" a \t=\t b ", { value: "b" }],
  ['a="x; y"', { value: '"x' }],
  ["a=1; HTTPONLY ; seCure=no", { value: "1", httpOnly: true, secure: true }],
  ["a=1; max-age=-5", { value: "1", maxAge: -5 }],
  ["a=1; max-age=5; max-age=soon", { value: "1", maxAge: 5 }],
  ["a=1; samesite=maybe", { value: "1" }],
  ["a=1; path=x; domain=", { value: "1" }],
  ["a=1; expires=never;;; ;=x", { value: "1" }],
])("%s", (line, said) => expect(parseSetCookie(line)).toEqual({ name: "a", ...plain, ...off, ...said }));

test.each(["", "a", "=b", ";a=b", " ; a=b"])("%j sets nothing", (line) => expect(parseSetCookie(line)).toBeUndefined());
