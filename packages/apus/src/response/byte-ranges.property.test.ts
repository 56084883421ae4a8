// Ranges against the plainest reading of them: byte by byte. What Starlette makes of malformed ones is in test/files.
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRanges } from "./byte-ranges.ts";

const size = fc.nat(40);
const position = fc.nat(45);
const member = fc.oneof(
  fc.tuple(position, position).map(([one, other]) => `${Math.min(one, other)}-${Math.max(one, other)}`),
  position.map((first) => `${first}-`),
  position.map((count) => `-${count}`),
);

/** Whether a member asks for a byte. */
function asksFor(range: string, byte: number, of: number): boolean {
  const [first, last] = range.split("-") as [string, string];
  if (first === "") return byte >= of - Number(last);
  return byte >= Number(first) && (last === "" || byte <= Number(last));
}

test("every byte that is asked for is sent, once and in order, and no other", () => {
  fc.assert(
    fc.property(size, fc.array(member, { minLength: 1, maxLength: 12 }), (of, members) => {
      const bytes = Array.from({ length: of }, (_, byte) => byte);
      const ranges = parseRanges(`bytes=${members.join(",")}`, of);
      const nothing = members.some((each) => !bytes.some((byte) => asksFor(each, byte, of)));
      expect("status" in ranges && ranges.status).toBe(nothing && 416);
      if ("status" in ranges) return;
      const sent = ranges.flatMap(([start, end]) => bytes.slice(start, end));
      expect(sent).toEqual(bytes.filter((byte) => members.some((each) => asksFor(each, byte, of))));
    }),
  );
});

test("whatever is said, ranges lie in the file, in order and apart from each other", () => {
  const digits = fc.stringMatching(/^[ +_0-9]{0,4}$/);
  const unit = fc.constantFrom("bytes=", "Bytes = ", "bytes", "items=", "=", "");
  const any = fc.tuple(unit, fc.array(fc.oneof(member, digits, fc.string(), fc.constant("-")))).map(([of, all]) => of + all.join(",")); // prettier-ignore
  fc.assert(
    fc.property(size, any, (of, header) => {
      const ranges = parseRanges(header, of);
      if ("status" in ranges) return;
      let end = -1;
      for (const [start, after] of ranges) {
        expect(start).toBeGreaterThan(end);
        expect(after).toBeGreaterThan(start);
        end = after;
      }
      expect(end).toBeLessThanOrEqual(of);
    }),
  );
});

test.each([
  [100, "0-0", [[0, 1]]],
  [101, "0-0", []],
  [100, "0-", [[0, 5]]],
  [100_000, "-1", []],
])("%d ranges of %j come to %j", (count, each, ranges) => {
  expect(parseRanges(`bytes=${Array(count).fill(each).join()}`, 5)).toEqual(ranges);
});
