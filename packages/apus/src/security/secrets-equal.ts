/** Comparing secrets without telling, by the time it takes, how much of a guess was right. */
import { ApusError } from "../diagnostic/index.ts";

/** The text as it is, two bytes for each code unit: UTF-8 would make all lone surrogates one. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return new Uint8Array(units.buffer);
}

/**
 * Whether two secrets are equal, in time that depends on their lengths alone. Both are hashed under a key of the moment
 * (HMAC-SHA-256), and all bytes of the hashes are compared, so that even a compiler's shortcut would tell nothing of use.
 *
 * Passwords of users are not kept to be compared: keep a slow hash of them (Argon2, scrypt) and let its library verify.
 *
 * @throws ApusError (APUS_SECRET) for anything but two texts, so that a setting that was never made opens nothing.
 * @example if (!(await secretsEqual(given.password, settings.password))) throw new NotAuthenticated();
 */
export async function secretsEqual(a: string, b: string): Promise<boolean> {
  if (typeof a !== "string" || typeof b !== "string") {
    throw new ApusError("APUS_SECRET: secretsEqual compares two texts; one of them is none. Was a setting left out?");
  }
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", crypto.getRandomValues(new Uint8Array(32)), algorithm, false, [
    "sign",
  ]);
  const [first, second] = await Promise.all([a, b].map((text) => crypto.subtle.sign("HMAC", key, bytesOf(text))));
  const left = new Uint8Array(first!);
  const right = new Uint8Array(second!);
  let difference = 0;
  for (let i = 0; i < left.length; i++) difference |= left[i]! ^ right[i]!;
  return difference === 0;
}
