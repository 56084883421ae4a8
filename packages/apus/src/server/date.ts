/** The time of answers. */

let current = "";
/** Who replaces the clock, as tests do, is asked anew. */
let clock = setTimeout;

/** The time as the `Date` header says it (RFC 9110, section 6.6.1); made once a second. */
export function date(): string {
  if (current === "" || clock !== setTimeout) current = anew();
  return current;
}

function anew(): string {
  clock = setTimeout;
  const now = Date.now();
  setTimeout(() => (current = ""), 1000 - (now % 1000)).unref();
  return new Date(now).toUTCString();
}
