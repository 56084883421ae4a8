/** What becomes of regular expressions in the document: the same meaning for a validator in Unicode mode, or nothing. */
import { expect, test } from "vitest";
import { literalPattern, patternOf } from "./json-pattern.ts";

test.each<[RegExp, string | undefined]>([
  [/^a+$/, "^a+$"],
  [/^a$/g, "^a$"],
  [/^\p{L}+$/u, "^\\p{L}+$"],
  [/^a/i, undefined],
  [/^a/m, undefined],
  [/a.b/s, undefined],
  [new RegExp("[\\p{L}--[a-z]]", "v"), undefined],
  // Without the flag `u` this is the letter p, three times over.
  [new RegExp("^\\p{3}$"), undefined],
  // Escapes that mean nothing are refused in Unicode mode.
  [new RegExp("^\\w+\\@\\w+\\-\\d$"), "^\\w+@\\w+-\\d$"],
  [new RegExp("^[\\w\\-\\.\\@]+\\/$"), "^[\\w\\-\\.@]+\\/$"],
  [new RegExp("^[\\]\\-]\\-$"), "^[\\]\\-]-$"],
  // A lone brace is a brace only without Unicode mode.
  [new RegExp("^{$"), undefined],
])("%s", (expression, expected) => {
  expect(patternOf(expression)).toBe(expected);
  if (expected === undefined) return;
  for (const text of ["a", "aa", "b", "é", "ppp", "a@b-1", "a.@-/", "]-", "--", "{", ""]) {
    expect(new RegExp(expected, "u").test(text)).toBe(
      new RegExp(expression.source, expression.flags.replace("g", "")).test(text),
    );
  }
});

test("a text that is meant literally finds itself alone", () => {
  const text = "a.b*c[d]{1}(e)|f^g$h\\i/j?k+l-m";
  const found = new RegExp(`^${literalPattern(text)}$`, "u");
  expect(found.test(text)).toBe(true);
  expect(found.test(text.replace(".", "x"))).toBe(false);
});
