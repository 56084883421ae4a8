// Pages of an ordered list, by key: a page begins after the key where the last one ended, so files that come and go
// between two requests neither repeat nor hide others.

/** One page, and the key to ask for the next with (null on the last). */
export interface Page<T, K> {
  readonly items: readonly T[];
  readonly next: K | null;
}

/**
 * The first `limit` items whose key comes after `after`.
 *
 * @param sorted in the order of `compare`
 * @param after the key of the last item seen; it need not be in the list any more. Null begins at the start.
 */
export function pageAfter<T, K>(
  sorted: readonly T[],
  keyOf: (item: T) => K,
  compare: (a: K, b: K) => number,
  after: K | null,
  limit: number,
): Page<T, K> {
  let low = 0;
  let high = after === null ? 0 : sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(keyOf(sorted[middle] as T), after as K) <= 0) low = middle + 1;
    else high = middle;
  }
  const items = sorted.slice(low, low + limit);
  const last = items.at(-1);
  return { items, next: last !== undefined && low + limit < sorted.length ? keyOf(last) : null };
}
