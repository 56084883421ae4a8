/** Which bytes of a file a Range header asks for (RFC 9110, section 14.2), read as Starlette reads it. */

/** The first byte, and the one after the last. */
export type ByteRange = readonly [start: number, end: number];

/** What a Range header comes to: ranges in order, apart from each other; none stands for the whole file. */
type Ranges = readonly ByteRange[] | { readonly status: 400; readonly detail: string } | { readonly status: 416 };

/** So many, or the header is ignored: each costs a part with its own headers. */
const most = 100;

/** What Python takes for a whole number. */
const whole = /^[+-]?\d+(?:_\d+)*$/;

export function parseRanges(header: string, size: number): Ranges {
  const split = header.indexOf("=");
  if (split < 0) return { status: 400, detail: "Malformed range header." };
  if (header.slice(0, split).trim().toLowerCase() !== "bytes") {
    return { status: 400, detail: "Only support bytes range" };
  }
  const members = header.slice(split + 1).split(",");
  if (members.length > most) return [];
  const ranges = members.flatMap((member) => rangeOf(member, size));
  if (ranges.length === 0) return { status: 400, detail: "Range header: range must be requested" };
  if (ranges.some(([start]) => start >= size)) return { status: 416 };
  if (ranges.some(([start, end]) => start >= end)) {
    return { status: 400, detail: "Range header: start must be less than end" };
  }
  return merged(ranges);
}

/** The range that a member names: one, or none where it is no range. */
function rangeOf(member: string, size: number): ByteRange[] {
  const split = member.indexOf("-");
  if (split < 0) return [];
  const [first, last] = [numberOf(member.slice(0, split)), numberOf(member.slice(split + 1))];
  if (first === "none" || last === "none" || (first === "" && last === "")) return [];
  if (first === "") return [[Math.max(size - Number(last), 0), size]];
  return [[first, last === "" || last >= size ? size : last + 1]];
}

function numberOf(text: string): number | "" | "none" {
  const digits = text.trim();
  if (digits === "") return "";
  return whole.test(digits) ? Number(digits.replaceAll("_", "")) : "none";
}

/** Ranges that overlap or touch become one, so that no byte is sent twice. */
function merged(ranges: readonly ByteRange[]): ByteRange[] {
  const result: ByteRange[] = [];
  for (const [start, end] of ranges.toSorted((one, other) => one[0] - other[0])) {
    const last = result.at(-1);
    if (last === undefined || start > last[1]) result.push([start, end]);
    else result[result.length - 1] = [last[0], Math.max(last[1], end)];
  }
  return result;
}
