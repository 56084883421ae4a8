import { expect, test } from "vitest";
import { parseUrl } from "./parse-url.ts";

test("an address is one however often it was asked, whatever its letters", () => {
  const texts = ["https://bücher.example/", "https://日本.example/", "https://a.example/x"];
  const wrong = Array.from({ length: 30_000 }, (_, i) => texts[i % 3]!).filter((text) => parseUrl(text) === undefined);
  expect(wrong).toEqual([]);
});

test("what is no address is undefined, and a base makes one of a path", () => {
  expect([parseUrl("/x"), parseUrl("https://")]).toEqual([undefined, undefined]);
  expect(parseUrl("/x", "https://a.example/b")?.href).toBe("https://a.example/x");
});
