/** The time of answers. */

let current = "";
let until = 0;

/** The time as the `Date` header says it (RFC 9110, section 6.6.1); made once a second. */
export function date(): string {
  const now = Date.now();
  if (now >= until) {
    until = now - (now % 1000) + 1000;
    current = new Date(now).toUTCString();
  }
  return current;
}
