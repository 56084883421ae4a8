/**
 * Counts the conversions of a reading in progress (`"5"` to 5), so that a union can tell a member that takes the value as it
 * is from one that takes it only converted, without reading anything twice. Reading is synchronous: one counter serves all.
 */

let count = 0;

/** Hands a converted value on and remembers that it was converted. */
export function converted<T>(value: T): T {
  count++;
  return value;
}

/** How many conversions there have been: two equal answers mean that nothing was converted in between. */
export function conversions(): number {
  return count;
}

/** Forgets the conversions of an attempt whose value is not used. */
export function rewind(to: number): void {
  count = to;
}
