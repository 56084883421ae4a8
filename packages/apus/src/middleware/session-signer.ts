/**
 * Signs texts with their time as Python's `itsdangerous.TimestampSigner` does, which Starlette's sessions stand on:
 * `payload.timestamp.signature`, HMAC-SHA1 under a key derived from the secret. SHA-1 is the format's; its known collisions
 * say nothing about HMAC (RFC 6194, section 3.3).
 */
import { decodeBase64, encodeBase64 } from "../wire/index.ts";

const encoder = new TextEncoder();
const hmac = { name: "HMAC", hash: "SHA-1" };

export class SessionSigner {
  readonly #secrets: readonly string[];
  #keys: Promise<readonly CryptoKey[]> | undefined;

  /** @param secrets The first signs, all of them verify. */
  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  /** @param now In seconds since 1970. */
  async sign(payload: string, now: number): Promise<string> {
    const [key] = await this.#imported();
    const stamped = `${payload}.${unpadded(bytesOf(now))}`;
    const signature = await crypto.subtle.sign(hmac, key!, encoder.encode(stamped));
    return `${stamped}.${unpadded(new Uint8Array(signature))}`;
  }

  /**
   * @param maxAge In seconds, or null for no end.
   * @returns The payload, or undefined for what nobody here signed, what has expired, and what was signed in the future.
   */
  async unsign(signed: string, maxAge: number | null, now: number): Promise<string | undefined> {
    const end = signed.lastIndexOf(".");
    const stamped = signed.slice(0, Math.max(0, end));
    const signature = decodeBase64(signed.slice(end + 1), "any");
    if (end < 0 || !(signature instanceof Uint8Array)) return undefined;
    if (!(await this.#verify(signature, encoder.encode(stamped)))) return undefined;
    const dot = stamped.lastIndexOf(".");
    const time = decodeBase64(stamped.slice(dot + 1), "any");
    if (dot < 0 || !(time instanceof Uint8Array) || time.length === 0 || time.length > 6) return undefined;
    const age = now - time.reduce((whole, byte) => whole * 256 + byte, 0);
    return maxAge !== null && (age < 0 || age > maxAge) ? undefined : stamped.slice(0, dot);
  }

  /** In constant time for each key: `verify` compares. */
  async #verify(signature: Uint8Array, data: Uint8Array): Promise<boolean> {
    for (const key of await this.#imported()) {
      if (await crypto.subtle.verify(hmac, key, signature as BufferSource, data as BufferSource)) return true;
    }
    return false;
  }

  #imported(): Promise<readonly CryptoKey[]> {
    return (this.#keys ??= Promise.all(this.#secrets.map((secret) => derived(secret))));
  }
}

async function derived(secret: string): Promise<CryptoKey> {
  const raw = await crypto.subtle.digest("SHA-1", encoder.encode(`itsdangerous.Signersigner${secret}`));
  return crypto.subtle.importKey("raw", raw, hmac, false, ["sign", "verify"]);
}

function unpadded(bytes: Uint8Array): string {
  return encodeBase64(bytes, "url").replaceAll("=", "");
}

/** Big-endian, without leading zeros. */
function bytesOf(whole: number): Uint8Array {
  const bytes: number[] = [];
  for (let left = whole; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256);
  return Uint8Array.from(bytes);
}
