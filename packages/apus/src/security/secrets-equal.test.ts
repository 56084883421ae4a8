// Secrets are equal where every code unit is, and nothing but texts is compared.
import { expect, test } from "vitest";
import { secretsEqual } from "./secrets-equal.ts";

test.each([
  ["", ""],
  ["a", "a"],
  ["pässwörd ☃ 😀", "pässwörd ☃ 😀"],
  ["\ud800", "\ud800"],
  ["x".repeat(100_000), "x".repeat(100_000)],
])("equal", async (a, b) => expect(await secretsEqual(a, b)).toBe(true));

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
])("%j and %j differ", async (a, b) => {
  expect(await secretsEqual(a, b)).toBe(false);
  expect(await secretsEqual(b, a)).toBe(false);
});

test.each([
  [undefined, undefined],
  ["a", undefined],
  [null, "a"],
  [new TextEncoder().encode("a"), "a"],
])("%j and %j are not compared", async (a, b) => {
  await expect(secretsEqual(a as string, b as string)).rejects.toThrow(/^APUS_SECRET: /);
});

test("no guess is right by chance", async () => {
  const guesses = await Promise.all(Array.from({ length: 3000 }, (_, i) => secretsEqual("secret", `secret${i}`)));
  expect(guesses).not.toContain(true);
});
