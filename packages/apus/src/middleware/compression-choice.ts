/** Which content coding a client gets (RFC 9110, section 12.5.3). */

/** A coding that `compression` knows. */
export type ContentCoding = "gzip" | "br";

const weight = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/**
 * @param accepted The request's Accept-Encoding, or null where it has none.
 * @param offered The server's codings, the preferred first; it decides between equal weights.
 * @returns The coding to use, or undefined where the bytes are to stay as they are: also where a client refuses everything.
 */
export function chooseCoding(accepted: string | null, offered: readonly ContentCoding[]): ContentCoding | undefined {
  if (accepted === null) return undefined;
  const weights = weightsOf(accepted);
  const identity = weights.get("identity");
  let best: ContentCoding | undefined;
  // Named or not, what the client weighs as much as a coding it has named is sent in that coding.
  let most = identity ?? 0;
  for (const coding of offered) {
    const own = weights.get(coding) ?? 0;
    if (own > most || (own === most && own > 0 && best === undefined)) {
      best = coding;
      most = own;
    }
  }
  if (best !== undefined || identity !== 0) return best;
  // `*` names no coding, so it decides only where the bytes as they are have been refused.
  return (weights.get("*") ?? 0) > 0 ? offered.find((coding) => !weights.has(coding)) : undefined;
}

/** Weights by coding. A member whose weight is none counts for nothing. */
function weightsOf(accepted: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const member of accepted.toLowerCase().split(",")) {
    const [name = "", ...parameters] = member.split(";").map((each) => each.trim());
    const given = parameters.find((each) => /^q\s*=/.test(each));
    const value = given === undefined ? "1" : given.slice(given.indexOf("=") + 1).trim();
    // The old name of gzip (section 8.4.1.3).
    if (name !== "" && weight.test(value)) weights.set(name === "x-gzip" ? "gzip" : name, Number(value));
  }
  return weights;
}
