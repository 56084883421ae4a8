/** Base64 against pydantic's answers and the platform's own. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { differing, table } from "../../test/rooms/pydantic-wire.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { Refusal } from "./refusal.ts";

test("pydantic's answers", () => {
  expect(
    differing(table.base64, (text: string, which: number) => {
      const alphabet = (["standard", "url", "any"] as const)[which]!;
      const found = decodeBase64(text, alphabet);
      return found instanceof Refusal ? found : [Buffer.from(found).toString("hex"), encodeBase64(found, alphabet)];
    }),
  ).toEqual([]);
});

test("any bytes come back, and are written as the platform writes them", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(encodeBase64(bytes, "standard")).toBe(Buffer.from(bytes).toString("base64"));
      for (const alphabet of ["any", "standard", "url"] as const) {
        expect(decodeBase64(encodeBase64(bytes, alphabet), alphabet)).toEqual(bytes);
      }
    }),
  );
});

test("half a surrogate pair is no text", () => {
  expect(decodeBase64("\ud800", "any")).toMatchObject({ type: "string_unicode" });
});
