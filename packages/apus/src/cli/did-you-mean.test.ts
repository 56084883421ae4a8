import { expect, test } from "vitest";
import { nearest } from "./did-you-mean.ts";

test.each([
  ["prot", ["port", "host", "proxy-headers"], ["port"]],
  ["rutes", ["dev", "run", "routes", "openapi"], ["routes"]],
  ["DEV", ["dev", "run"], ["dev"]],
  ["readItem", ["items_readItem", "items_createItem", "users_list"], ["items_readItem"]],
  ["items_raedItem", ["items_createItem", "items_readItem"], ["items_readItem"]],
  ["completely-other", ["dev", "run"], []],
  ["", ["dev"], []],
  ["x".repeat(100_000), ["dev"], []],
])("%.20s of %j is %j", (word, words, found) => {
  expect(nearest(word, words)).toEqual(found);
});

test("the nearest come first, and no more than asked for", () => {
  expect(nearest("item1", ["item22", "item2", "item1x"], 2)).toEqual(["item2", "item1x"]);
});
