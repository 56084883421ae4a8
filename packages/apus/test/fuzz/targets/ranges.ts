/** The Range header, byte by byte: RFC 9110, section 14.2, with Starlette's order of refusals. */
import { parseRanges } from "../../../src/response/byte-ranges.ts";
import type { Random } from "../random.ts";
import { holds, same, type Target } from "../target.ts";

interface Asked {
  readonly header: string;
  readonly size: number;
}

const examples = [
  "bytes=0-4",
  "bytes=5-",
  "bytes=-3",
  "bytes=0-0,2-3, 9-",
  "bytes = 0-1",
  "BYTES=0-1",
  "bytes=4-2",
  "bytes=--1",
  "bytes=-",
  "bytes=",
  "items=0-1",
  "0-1",
  "bytes=0x1-2",
  "bytes=1e1-",
  "bytes=99999999999999999999-",
  "bytes=-99999999999999999999",
  "bytes=+1-1_0",
];
const tokens = ["-", ",", "=", "bytes=", "0", "1", "9", "12", " ", "_", "+", "-5", "3-", "0-", "\u0085"];

const wholeNumber = /^[+-]?[0-9](?:_?[0-9])*$/;

/** Starlette's steps, one after the other, on a list that says of each byte how it was asked for. */
function rangesByRule({ header, size }: Asked): "400" | "416" | boolean[] {
  const [unit = "", ...rest] = header.split("=");
  if (rest.length === 0 || unit.trim().toLowerCase() !== "bytes") return "400";
  const members = rest.join("=").split(",");
  const asked = Array.from({ length: size }, () => false);
  if (members.length > 100) return asked;
  const ranges: [number, number][] = [];
  for (const member of members) {
    const [first = "", ...others] = member.split("-");
    if (others.length === 0) continue;
    const [from, to] = [first.trim(), others.join("-").trim()];
    if ((from !== "" && !wholeNumber.test(from)) || (to !== "" && !wholeNumber.test(to)) || from + to === "") continue;
    const number = (text: string): number => Number(text.replaceAll("_", ""));
    if (from === "") ranges.push([Math.max(0, size - number(to)), size]);
    else ranges.push([number(from), to === "" || number(to) >= size ? size : number(to) + 1]);
  }
  if (ranges.length === 0) return "400";
  if (ranges.some(([from]) => from >= size)) return "416";
  if (ranges.some(([from, to]) => from >= to)) return "400";
  for (const [from, to] of ranges) for (let i = from; i < to; i++) asked[i] = true;
  return asked;
}

export const ranges: Target<Asked, ReturnType<typeof parseRanges>> = {
  name: "ranges",
  make: (random: Random) => ({ header: random.written(examples, tokens), size: random.size(24) }),
  read: ({ header, size }) => parseRanges(header, size),
  judge(asked, found) {
    const expected = rangesByRule(asked);
    if ("status" in found) return same("the refusal", String(found.status), expected);
    holds(`it is refused with ${String(expected)}`, Array.isArray(expected));
    const covered = Array.from({ length: asked.size }, (_, byte) =>
      found.some(([from, to]) => byte >= from && byte < to),
    );
    same("the bytes", covered, expected);
    let end = -1;
    for (const [from, to] of found) {
      holds("ranges in order, apart from each other, within the file", from > end && to > from && to <= asked.size);
      end = to;
    }
  },
  series: [
    (size) => ({ header: `bytes=${"0-1,".repeat(size / 4)}`, size: 9 }),
    (size) => ({ header: `bytes=${"-".repeat(size)}`, size: 9 }),
    (size) => ({ header: `bytes=${"1".repeat(size)}-`, size: 9 }),
    (size) => ({ header: `bytes=${"1_".repeat(size / 2)}-`, size: 9 }),
    (size) => ({ header: `bytes=${" ".repeat(size)}1-`, size: 9 }),
    (size) => ({ header: `${" ".repeat(size)}=`, size: 9 }),
  ],
};
