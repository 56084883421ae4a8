import { expect, test } from "vitest";
import { printable, printableLines, said, widthOf } from "./printable.ts";

test.each([
  ["GET /items/{id}", "GET /items/{id}"],
  ["größe 東京 😀", "größe 東京 😀"],
  ["a\nANY /forged", "a\\nANY /forged"],
  ["\r\t\0", "\\r\\t\\x00"],
  ["\u001b[2J\u001b]0;title\u0007", "\\x1b[2J\\x1b]0;title\\x07"],
  ["\u009b2J\u007f\u0085", "\\x9b2J\\x7f\\x85"],
  ["\u202enimda\u202c \u2066\u2069\u200e\u200f\u061c", "\\u202enimda\\u202c \\u2066\\u2069\\u200e\\u200f\\u061c"],
  ["\u2028\u2029", "\\u2028\\u2029"],
])("%j is printed as %s", (text, shown) => {
  expect(printable(text)).toBe(shown);
  expect(said`(${text}|${1})`).toBe(`(${shown}|1)`);
});

test("lines stay lines where there are some", () => {
  expect(printableLines("Error: a\n\tat b\u001b[2J\r\n")).toBe("Error: a\n\tat b\\x1b[2J\\r\n");
});

test.each([
  ["abc", 3],
  ["größe", 5],
  ["größe".normalize("NFD"), 5],
  ["東京", 4],
  ["ｆｕｌｌ", 8],
  ["한국", 4],
  ["😀!", 3],
  ["", 0],
])("%s takes %i columns", (text, width) => expect(widthOf(text)).toBe(width));
