import { expect, test } from "vitest";
import { isNotModified, notModified } from "./conditional.ts";

const lastModified = "Tue, 14 Nov 2023 22:13:20 GMT";

function asks(
  headers: Readonly<Record<string, string | readonly string[]>>,
  etag: string | undefined = '"a"',
): boolean {
  const headerLines = (name: string): readonly string[] => [headers[name] ?? []].flat();
  return isNotModified({ header: (name) => headerLines(name)[0], headerLines }, { etag, lastModified });
}

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['"b","a","c"', true],
  ["*", true],
  [" * ", true],
  ['"b"', false],
  ["a", false],
  ['"a', false],
  ['"A"', false],
  ['"b, "', false],
  ['"*"', false],
])("If-None-Match: %s", (tags, held) => expect(asks({ "if-none-match": tags })).toBe(held));

test("tags may have commas, be weak, and stand in several lines", () => {
  expect(asks({ "if-none-match": '"b,c"' }, '"b,c"')).toBe(true);
  expect(asks({ "if-none-match": '"a"' }, 'W/"a"')).toBe(true);
  expect(asks({ "if-none-match": ['"b"', 'W/"a"'] })).toBe(true);
});

test.each([
  [lastModified, true],
  ["Tue, 14 Nov 2023 22:13:21 GMT", true],
  ["Tue, 14 Nov 2023 22:13:19 GMT", false],
  ["yesterday", false],
  ["", false],
])("If-Modified-Since: %s", (since, held) => expect(asks({ "if-modified-since": since })).toBe(held));

test("If-Modified-Since counts only where there is no If-None-Match", () => {
  expect(asks({ "if-none-match": '"b"', "if-modified-since": lastModified })).toBe(false);
  expect(asks({ "if-none-match": "", "if-modified-since": lastModified })).toBe(true);
});

test("what has no version is always sent", () => {
  const request = { header: () => '"a"', headerLines: () => ['"a"'] };
  expect(isNotModified(request, {})).toBe(false);
});

test("a 304 repeats only what the answer it stands for says to caches", () => {
  const headers = [
    "content-type",
    "etag",
    "etag",
    '"a"',
    "vary",
    "accept",
    "x-other",
    "vary",
    "cache-control",
    "no-cache",
  ];
  expect(notModified(headers)).toEqual({
    status: 304,
    headers: ["etag", '"a"', "vary", "accept", "cache-control", "no-cache"],
    body: null,
  });
});
