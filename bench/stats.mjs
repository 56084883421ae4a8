// The few statistics that the measurements need: the median, an exact interval for it that assumes nothing about the
// shape of the noise, a shuffle, and the rule that decides whether hello has become too slow.

/**
 * The median of a list of numbers.
 *
 * @param {readonly number[]} values at least one number
 * @returns {number} the middle value, or the mean of the two middle values
 * @throws {RangeError} when the list is empty
 * @example median([3, 1, 2]) // 2
 */
export function median(values) {
  if (values.length === 0) throw new RangeError("median() needs at least one value");
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * An interval that holds the true median with at least the asked probability, by the sign test: each value lies above
 * the median with probability one half, so two order statistics bound it with a binomial probability. It is exact for
 * any continuous noise. Fewer than six values cannot reach 95 %: then the whole range is given, and `coverage` tells
 * the probability that it does reach.
 *
 * @param {readonly number[]} values independent measurements, at least one
 * @param {number} [confidence] 0.95 unless told
 * @returns {{ low: number, high: number, coverage: number }}
 * @throws {RangeError} when the list is empty
 * @example medianInterval([1, 2, 3, 4, 5, 6]) // { low: 1, high: 6, coverage: 0.96875 }
 */
export function medianInterval(values, confidence = 0.95) {
  if (values.length === 0) throw new RangeError("medianInterval() needs at least one value");
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  let rank = 0;
  let outside = 0.5 ** n; // P(at most `rank` of n values lie below the median)
  let term = outside;
  for (let k = 1; k < n / 2; k += 1) {
    term *= (n - k + 1) / k;
    if (1 - 2 * (outside + term) < confidence) break;
    outside += term;
    rank = k;
  }
  return { low: sorted[rank], high: sorted[n - 1 - rank], coverage: Math.max(0, 1 - 2 * outside) };
}

/**
 * The values in random order (Fisher and Yates); the list given is left as it is.
 *
 * @template T
 * @param {readonly T[]} values
 * @param {() => number} [random] numbers in [0, 1)
 * @returns {T[]}
 */
export function shuffled(values, random = Math.random) {
  const copy = [...values];
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}

/** How many times raw node:http the hello route may cost. */
export const HELLO_LIMIT = 0.95;

/**
 * Whether hello costs more than {@link HELLO_LIMIT} times raw node:http. A full run decides by the median; a quick run
 * has few and short rounds, so it decides by the lower end of the interval: it raises the alarm only when the noise
 * cannot explain what was seen.
 *
 * @param {{ ratio: number, low: number }} hello the median of the paired ratios and the lower end of its interval
 * @param {boolean} quick
 * @returns {boolean}
 */
export function isTooSlow(hello, quick) {
  return (quick ? hello.low : hello.ratio) > HELLO_LIMIT;
}
