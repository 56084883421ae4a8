import { expect, test } from "vitest";
import { hostCheck } from "./allowed-hosts.ts";

const check = hostCheck(["example.com", ".test.example"])!;

test.each([
  "localhost",
  "localhost:8000",
  "LOCALHOST:8000",
  "localhost.",
  "app.localhost:3000",
  "127.0.0.1",
  "127.0.0.1.",
  "127.0.0.1:8000",
  "192.168.1.20:8000",
  "[::1]",
  "[::1]:8000",
  "example.com",
  "Example.com:443",
  "a.test.example",
  "a.b.test.example",
])("%s is answered", (host) => expect(check(host)).toBe(true));

test.each([
  "evil.example",
  "evil.example:8000",
  "localhost.evil.example",
  "notlocalhost",
  "127.0.0.1.evil.example",
  "127.1.evil",
  "www.example.com",
  "test.example",
  ".test.example",
  "[::1].evil.example",
  "[evil.example]",
  "[::1]:8000:evil",
  "localhost:8000@evil.example",
  "evil.example#localhost",
  "",
  " localhost",
])("%j is not", (host) => expect(check(host)).toBe(false));

test("a star stands for every name", () => expect(hostCheck(["*"])).toBeUndefined());

test.each([["https://example.com"], ["example.com:80"], ["a/b"], [""], ["*.example.com"], ["exa mple"]])(
  "%j is no name",
  (name) => expect(() => hostCheck([name])).toThrow(/^APUS_SERVE_OPTION: .*allowedHosts names/),
);

test("a text is no list", () =>
  expect(() => hostCheck("example.com" as never)).toThrow('allowedHosts is "example.com"; give a list'));
