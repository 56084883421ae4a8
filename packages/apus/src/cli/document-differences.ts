// Tells how two JSON documents differ, place by place, the way a person reads a diff.

/**
 * One line per difference: `- place: value` for what only the first has, `+ place: value` for what only the second has, and
 * `~ place: value → value` for what is another. The order of an object's keys does not matter, that of a list's items does.
 */
export function differences(before: unknown, after: unknown, place = ""): string[] {
  if (Object.is(before, after)) return [];
  const [left, right] = [partsOf(before), partsOf(after)];
  if (left === undefined || right === undefined || Array.isArray(before) !== Array.isArray(after)) {
    return [`~ ${place || "the document"}: ${short(before)} → ${short(after)}`];
  }
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => {
    const at = place === "" ? key : `${place} › ${key}`;
    if (!right.has(key)) return [`- ${at}: ${short(left.get(key))}`];
    if (!left.has(key)) return [`+ ${at}: ${short(right.get(key))}`];
    return differences(left.get(key), right.get(key), at);
  });
}

function partsOf(value: unknown): Map<string, unknown> | undefined {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : undefined;
}

function short(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
