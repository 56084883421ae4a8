/** Limits as they are declared: a bound that is none would silently refuse everything, or nothing. */
import { ApusError } from "../diagnostic/index.ts";

/**
 * Checks options that count something: characters, bytes, items, digits.
 * @param type What messages call the type: `types.set()`.
 * @throws ApusError for one that is no whole number, or below 0.
 */
export function checkCounts<O extends object>(type: string, options: O, ...names: (keyof O & string)[]): void {
  for (const name of names) {
    const count: unknown = options[name];
    if (count === undefined || (Number.isSafeInteger(count) && (count as number) >= 0)) continue;
    throw new ApusError(`APUS_SCHEMA: \`${name}\` of ${type} is ${String(count)}; give a whole number, 0 or more.`);
  }
}
