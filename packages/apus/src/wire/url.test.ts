/** URLs against pydantic's answers. */
import { expect, test } from "vitest";
import { differing, table } from "../../test/rooms/pydantic-wire.ts";
import { httpLimits, normalizeUrl } from "./url.ts";

test("pydantic's answers", () => {
  expect(
    differing(table.url, (text: string, which: number) => normalizeUrl(text, which === 1 ? httpLimits : {})),
  ).toEqual([]);
});

test.each([
  ["http://a/" + "b".repeat(2074), undefined],
  ["http://a/" + "b".repeat(2075), "url_too_long"],
  ["http://a/" + "\u00e9".repeat(1037), undefined],
  ["http://a/" + "\u00e9".repeat(1038), "url_too_long"],
  ["http://\ud800/", "string_unicode"],
])("%.20s…", (text, type) => {
  const found = normalizeUrl(text, httpLimits);
  expect(typeof found === "string" ? undefined : found.type).toBe(type);
});

test("several schemes are listed", () => {
  expect(normalizeUrl("http://a", { schemes: ["ftp", "ws", "wss"] })).toMatchObject({
    msg: "URL scheme should be 'ftp', 'ws' or 'wss'",
  });
});
