import { describe, expect, it } from "vitest";
import { pageAfter } from "./page.ts";

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const page = (items: string[], after: string | null, limit: number) =>
  pageAfter(items, (item) => item, compare, after, limit);

describe("pageAfter", () => {
  it("goes through a list once, without a trailing empty page", () => {
    const letters = [..."abcdefg"];
    expect(page(letters, null, 3)).toEqual({ items: ["a", "b", "c"], next: "c" });
    expect(page(letters, "c", 3)).toEqual({ items: ["d", "e", "f"], next: "f" });
    expect(page(letters, "f", 3)).toEqual({ items: ["g"], next: null });
    expect(page([..."abc"], null, 3)).toEqual({ items: ["a", "b", "c"], next: null });
    expect(page([], null, 3)).toEqual({ items: [], next: null });
  });

  it("goes on after a key that left the list, and repeats nothing when others join", () => {
    expect(page([..."abdef"], "c", 2)).toEqual({ items: ["d", "e"], next: "e" });
    expect(page(["a", "aa", "b", "c"], "b", 2)).toEqual({ items: ["c"], next: null });
    expect(page([..."abc"], "z", 2)).toEqual({ items: [], next: null });
  });
});
