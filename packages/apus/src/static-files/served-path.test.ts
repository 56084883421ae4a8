import { expect, test } from "vitest";
import { servedPath } from "./served-path.ts";

test.each([
  ["", "", false],
  ["/", "", true],
  ["/a.txt", "a.txt", false],
  ["/a/", "a", true],
  ["/a/b c/é.txt", "a/b c/é.txt", false],
  ["/.well-known/security.txt", ".well-known/security.txt", false],
  ["/%2e%2e/a", "%2e%2e/a", false],
  ["/...a", undefined, false],
  ["/a..b", "a..b", false],
  ["//", undefined, true],
  ["//a", undefined, false],
  ["/a//b", undefined, false],
  ["/a//", undefined, true],
  ["/../a", undefined, false],
  ["/a/..", undefined, false],
  ["/./a", undefined, false],
  ["/..\\a", undefined, false],
  ["/a\0.txt", undefined, false],
  ["/.env", undefined, false],
  ["/a/.git/config", undefined, false],
  ["/a/.well-known/x", undefined, false],
  ["/.well-known/.secret", undefined, false],
  ["/.well-known.bak", undefined, false],
])("%j leads to %j", (rest, path, slash) => {
  expect(servedPath(rest, "ignore")).toEqual(path === undefined ? undefined : { path, slash });
});

test.each(["/.env", "/a/.git/config", "/...a"])("%j is served where hidden names are allowed", (rest) => {
  expect(servedPath(rest, "allow")).toEqual({ path: rest.slice(1), slash: false });
});

test.each(["/..", "/a/../b", "/.", "//a"])("%j is not, even then", (rest) => {
  expect(servedPath(rest, "allow")).toBeUndefined();
});
