/** Text and bytes in UTF-8, both ways without a silent replacement character. */
import { notUnicode, type Refusal } from "./refusal.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const loneSurrogate = /[\ud800-\udfff]/u;

/** The bytes of a text, or an error for a lone surrogate, which UTF-8 cannot say. */
export function utf8Bytes(text: string): Uint8Array | Refusal {
  return loneSurrogate.test(text) ? notUnicode : encoder.encode(text);
}

/** The text of bytes, or undefined where they are no UTF-8. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
