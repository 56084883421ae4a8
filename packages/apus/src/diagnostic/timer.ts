/** What a timer can count. */

/** The longest time a timer takes, in ms: 2^31 - 1, about 25 days. One that is set longer fires at once. */
export const longestTime = 2_147_483_647;

/** Whether it is whole milliseconds that a timer counts as they are said. */
export function isTimerTime(ms: unknown): ms is number {
  return Number.isInteger(ms) && (ms as number) > 0 && (ms as number) <= longestTime;
}
