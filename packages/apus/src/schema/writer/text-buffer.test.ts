/** Numbers and strings as generated writers put them: byte for byte what `JSON.stringify` prints. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  finishText,
  putNumber,
  putString,
  returnBuffer,
  roomOfNumber,
  roomOfString,
  shortString,
  takeBuffer,
} from "./text-buffer.ts";

function number(value: number): string {
  const bytes = new Uint8Array(roomOfNumber);
  const end = putNumber(bytes, 0, value);
  expect(end).toBeLessThanOrEqual(roomOfNumber);
  return new TextDecoder().decode(bytes.subarray(0, end));
}

function string(value: string): string {
  const text = takeBuffer();
  text.bytes[0] = 0x22;
  const room = 8;
  const end = value.length > shortString ? text.putLong(value, 1, room) : putString(text, text.bytes, 1, value);
  if (value.length <= shortString) expect(end - 1).toBeLessThanOrEqual(roomOfString);
  else expect(text.bytes.length - end).toBeGreaterThanOrEqual(room - 1);
  text.bytes[end] = 0x22;
  return finishText(text, end + 1);
}

describe("numbers", () => {
  test.each([
    0,
    -0,
    1,
    -1,
    9,
    10,
    99,
    100,
    101,
    12345,
    2 ** 31 - 1,
    2 ** 31,
    -(2 ** 31),
    2 ** 53,
    1e21,
    1.5,
    0.1,
    0.01,
    0.07,
    1.005,
    0.29,
    0.57,
    1.1,
    12.34,
    999.99,
    19999999.99,
    20000000.01,
    0.001,
    1e-7,
    5e-324,
    1.7976931348623157e308,
    -2.2250738585072014e-308,
    -12.34,
    0.1 + 0.2,
    100.5,
    4.35,
    8.41,
    1234567.89,
  ])("%d", (value) => expect(number(value)).toBe(JSON.stringify(value)));

  test("of any kind", () => {
    const some = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: 0, max: 2_100_000_000 }).map((cents) => cents / 100),
      fc.integer({ min: 0, max: 30_000_000 }).map((mills) => mills / 1000),
      fc.integer({ min: 0, max: 2_000_000_000 }).map((cents) => cents * 0.01),
      fc.maxSafeInteger(),
      fc.integer(),
    );
    fc.assert(
      fc.property(some, (value) => {
        expect(number(value)).toBe(JSON.stringify(value));
      }),
      { numRuns: 20_000, seed: 1 },
    );
  });

  test("all of two decimals up to a thousand, and what is next to them", () => {
    const wrong: number[] = [];
    for (let cents = 0; cents <= 100_000; cents++) {
      const value = cents / 100;
      const next = value + Math.max(value, 1) * Number.EPSILON;
      for (const each of [value, next]) if (number(each) !== String(each)) wrong.push(each);
    }
    expect(wrong).toEqual([]);
  });
});

describe("strings", () => {
  const long = (piece: string, length = 60): string => piece.repeat(Math.ceil(length / piece.length));
  test.each([
    "",
    "a",
    'say "no"',
    "back\\slash",
    "\u0000\u001f\n\t",
    "\u007f\u0080é",
    "日本語",
    "😀",
    "\ud800",
    "a\udc00b",
    "\u2028\u2029",
    "a".repeat(shortString),
    "a".repeat(shortString + 1),
    "\u0001".repeat(shortString),
    "\ud800".repeat(shortString),
    long("é"),
    long('"\\'),
    long("\ud800"),
    long("a", 20_000),
    long("日", 20_000),
    long("\u0001", 20_000),
    long("😀", 200_000),
  ])("%j", (value) => expect(string(value)).toBe(JSON.stringify(value)));

  test("of any kind", () => {
    const some = fc.oneof(
      fc.string({ unit: "binary", maxLength: 120 }),
      fc.string({
        unit: fc.constantFrom("a", "b", " ", "~", '"', "\\", "\n", "\u007f", "é", "\ufffd"),
        minLength: 40,
        maxLength: 90,
      }),
      fc
        .tuple(fc.nat(70), fc.string({ minLength: 1, maxLength: 1 }))
        .map(([at, one]) => `${"x".repeat(at)}${one}${"y".repeat(70 - at)}`),
    );
    fc.assert(
      fc.property(some, (value) => {
        expect(string(value)).toBe(JSON.stringify(value));
      }),
      { numRuns: 5000, seed: 1 },
    );
  });
});

test("every ASCII character at every place of a long string", () => {
  const wrong: string[] = [];
  for (let at = 0; at < 8; at++) {
    for (let code = 0; code < 0x81; code++) {
      const value = `${"x".repeat(60 + at)}${String.fromCharCode(code)}${"y".repeat(at % 5)}`;
      if (string(value) !== JSON.stringify(value)) wrong.push(value);
    }
  }
  expect(wrong).toEqual([]);
});

describe("lists of numbers", () => {
  const list = (given: unknown[]): string | undefined => {
    const text = takeBuffer();
    const end = text.putNumbers(given, 0, 8);
    returnBuffer(text);
    return end < 0 ? undefined : finishText(takeBuffer(), end);
  };
  const many = Array.from({ length: 2000 }, (_, i) => (i - 1000) / 7);
  test.each([[[]], [[1]], [[-0, 1.5, 1e21]], [many.slice(0, 8)], [many.slice(0, 9)], [many]])("%j", (given) => {
    expect(list(given)).toBe(JSON.stringify(given));
  });
  test.each([[[Number.NaN]], [["1"]], [[null]], [[...many, Number.POSITIVE_INFINITY]], [new Array(20)]])(
    "%j is none",
    (given) => expect(list(given)).toBeUndefined(),
  );
});

describe("the buffer", () => {
  test("is one for all, but never for two at once", () => {
    const first = takeBuffer();
    const second = takeBuffer();
    expect(second).not.toBe(first);
    returnBuffer(second);
    returnBuffer(first);
    expect(takeBuffer()).toBe(first);
    returnBuffer(first);
  });

  test("is not kept once it has become large", () => {
    const text = takeBuffer();
    text.bytes[0] = 0x22;
    const end = text.put("a".repeat(1_000_000), 1, 10);
    expect(finishText(text, end)).toHaveLength(1_000_001);
    const next = takeBuffer();
    expect(next.bytes.length).toBeLessThan(300_000);
    returnBuffer(next);
  });

  test("keeps what stands in it when it grows", () => {
    const text = takeBuffer();
    text.bytes.set([0x31, 0x32]);
    text.grow(2, 100_000);
    expect(text.bytes.length).toBeGreaterThanOrEqual(100_002);
    expect(text.view.buffer).toBe(text.bytes.buffer);
    expect(finishText(text, 2)).toBe("12");
  });
});
