// Secrets are equal where every code unit is, and nothing but texts is compared.
import { expect, test } from "vitest";
import { secretsEqual } from "./secrets-equal.ts";

test.each([
  ["", ""],
  ["a", "a"],
  ["pässwörd ☃ 😀", "pässwörd ☃ 😀"],
  ["\ud800", "\ud800"],
  ["x".repeat(100_000), "x".repeat(100_000)],
])("equal", (a, b) => expect(secretsEqual(a, b)).toBe(true));

test.each([
  ["", "a"],
  ["a", "b"],
  ["a", "a\0"],
  ["ab", "a"],
  ["secret", "Secret"],
  // Equal to the eye, and to UTF-8's replacement character, but not equal.
  ["é", "e\u0301"],
  ["\ud800", "\ufffd"],
  ["\ud800", "\udbff"],
  // The same bytes, if the two code units were written the other way round.
  ["\u0100", "\u0001"],
])("%j and %j differ", (a, b) => {
  expect(secretsEqual(a, b)).toBe(false);
  expect(secretsEqual(b, a)).toBe(false);
});

test.each([
  [undefined, undefined],
  ["a", undefined],
  [null, "a"],
  [new TextEncoder().encode("a"), "a"],
])("%j and %j are not compared", (a, b) => {
  expect(() => secretsEqual(a as string, b as string)).toThrow(/^APUS_SECRET: /);
});

test("no guess is right by chance", () => {
  const guesses = Array.from({ length: 3000 }, (_, i) => secretsEqual("secret", `secret${i}`));
  expect(guesses).not.toContain(true);
});
