/** Headers that say where an answer ends: only the adapter that writes it knows. */
import type { Pairs } from "./query.ts";

const isFraming = (name: string): boolean => name === "content-length" || name === "transfer-encoding";

/** The headers without a length or a coding that code has set: a wrong one would hide an answer in another. */
export function withoutFraming(headers: Pairs): Pairs {
  for (let i = 0; i < headers.length; i += 2) {
    if (isFraming(headers[i]!)) return headers.filter((_, at) => !isFraming(headers[at - (at % 2)]!));
  }
  return headers;
}

/** Whether answers of a status never carry a body (RFC 9110, section 15). */
export function forbidsBody(status: number): boolean {
  return status < 200 || status === 204 || status === 205 || status === 304;
}
