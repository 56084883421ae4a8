import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pathFromBytes, pathFromText, pathToText } from "./byte-path.ts";
import { idOf, pathOfId } from "./id.ts";

describe("ids", () => {
  it.each([
    ["", "~"],
    ["Phones/iPhone 4S", "Phones~2FiPhone~204S"],
    ["100%/50~50.jpg", "100~25~2F50~7E50.jpg"],
    ["a\nb.jpg", "a~0Ab.jpg"],
    ["Città/caffè.jpg", "Citt~C3~A0~2Fcaff~C3~A8.jpg"],
  ])("spells %j as %s and finds it again", (text, id) => {
    expect(idOf(pathFromText(text))).toBe(id);
    const path = pathOfId(id);
    expect(path === null ? null : pathToText(path)).toBe(text);
  });

  it("keeps names apart that are not UTF-8", () => {
    const [a, b] = [pathFromBytes(Buffer.from([0xff, 0x61])), pathFromBytes(Buffer.from([0xfe, 0x61]))];
    expect(pathToText(a)).toBe(pathToText(b));
    expect(idOf(a)).toBe("~FFa");
    expect(pathOfId(idOf(a))).toBe(a);
    expect(pathOfId(idOf(b))).toBe(b);
  });

  it("gives every visible path back, whatever bytes are in it", () => {
    const name = fc
      .uint8Array({ minLength: 1, maxLength: 12 })
      .filter((bytes) => bytes[0] !== 0x2e && !bytes.includes(0) && !bytes.includes(0x2f))
      .map((bytes) => Buffer.from(bytes).toString("latin1"));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
        const path = pathFromBytes(Buffer.from(names.join("/"), "latin1"));
        const id = idOf(path);
        expect(id).toMatch(/^[A-Za-z0-9._~-]+$/);
        expect(pathOfId(id)).toBe(path);
      }),
    );
  });

  it.each([
    ["", "empty"],
    ["..", "the folder above"],
    [".", "the folder itself"],
    ["~2E~2E~2Fetc~2Fpasswd", "needlessly escaped dots"],
    ["..~2F..~2Fetc~2Fpasswd", "dots and separators"],
    ["a~2F..~2F..~2Fetc", "dots in the middle"],
    ["~2Fetc~2Fpasswd", "an absolute path"],
    ["a~2F~2Fb", "an empty name"],
    ["a~2F", "a separator at the end"],
    [".hidden", "a hidden name"],
    ["a~2F.git~2Fconfig", "a hidden folder"],
    ["a~00.jpg", "NUL"],
    ["a~2fb", "a second spelling in lower case"],
    ["~41", "a second spelling of A"],
    ["a/b", "a bare separator"],
    ["a\\b", "a backslash"],
    ["a%2Fb", "percent encoding"],
    ["a b", "a bare space"],
    ["a~", "an escape cut short"],
    ["a~4", "an escape cut short"],
    ["a~GG", "no hexadecimal digits"],
    ["é", "bare UTF-8"],
    ["a".repeat(20_000), "longer than any path"],
  ])("refuses %j: %s", (id) => {
    expect(pathOfId(id)).toBeNull();
  });
});
