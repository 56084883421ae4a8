/** Smaller inputs in place of one that shows a bug: shorter first, then plainer. */

export function* smaller(value: unknown): Iterable<unknown> {
  if (typeof value === "string") yield* smallerText(value);
  else if (value instanceof Uint8Array) {
    for (const text of smallerText(Buffer.from(value).toString("latin1")))
      yield Uint8Array.from(Buffer.from(text, "latin1"));
  } else if (Array.isArray(value)) yield* smallerList(value);
  else if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    for (const [key, each] of Object.entries(value)) {
      for (const candidate of smaller(each)) yield { ...value, [key]: candidate };
    }
  } else if (typeof value === "number" && value !== 0) {
    yield 0;
    if (Math.abs(value) >= 2) yield Math.trunc(value / 2);
  }
}

function* smallerText(text: string): Iterable<string> {
  for (const [from, to] of pieces(text.length)) yield text.slice(0, from) + text.slice(to);
  if (text.length > 200) return;
  for (let i = 0; i < text.length; i++) {
    if (!"a0".includes(text[i]!)) for (const plain of "a0") yield text.slice(0, i) + plain + text.slice(i + 1);
  }
}

function* smallerList(list: readonly unknown[]): Iterable<unknown[]> {
  for (const [from, to] of pieces(list.length)) yield [...list.slice(0, from), ...list.slice(to)];
  for (const [i, each] of list.entries()) {
    for (const candidate of smaller(each)) yield list.with(i, candidate);
  }
}

/** Halves, quarters and so on, down to single places. */
function* pieces(length: number): Iterable<[from: number, to: number]> {
  for (let size = length; size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from + size <= length; from += size) yield [from, from + size];
  }
}
