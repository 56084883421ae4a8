/** Comparing secrets without telling, by the time it takes, how much of a guess was right. */
import { ApusError } from "../diagnostic/index.ts";

/**
 * Whether two secrets are equal, in time that depends on their lengths alone: every character is looked at, whatever the
 * others were. It is no promise, so that a forgotten `await` cannot let everybody in.
 *
 * Passwords of users are not kept to be compared: keep a slow hash of them (Argon2, scrypt) and let its library verify.
 *
 * @throws ApusError (APUS_SECRET) for anything but two texts, so that a setting that was never made opens nothing.
 * @example if (!secretsEqual(given.password, settings.password)) throw new NotAuthenticated();
 */
export function secretsEqual(a: string, b: string): boolean {
  if (typeof a !== "string" || typeof b !== "string") {
    throw new ApusError("APUS_SECRET: secretsEqual compares two texts; one of them is none. Was a setting left out?");
  }
  let difference = a.length ^ b.length;
  // Beyond a text's end there is NaN, which counts as 0; the lengths have told by then.
  for (let i = Math.max(a.length, b.length) - 1; i >= 0; i--) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
