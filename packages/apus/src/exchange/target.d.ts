/**
 * The request target, read once: one canonical path and one raw query string that the router, the guards, the handlers and
 * the log all share. Encoded separators are refused rather than interpreted, so that nobody can see another path.
 */
/** The target after its one reading. */
export interface Target {
  /** Percent-decoded path, dot segments resolved. Begins with `/`; an encoded `/`, `\` or NUL never gets here. */
  readonly path: string;
  /** What follows the first `?`, still percent-encoded, without the `?`. */
  readonly query: string;
}
/**
 * Reads a request target (RFC 9112, section 3.2): origin form, or absolute form with its authority ignored.
 * @returns undefined for a target that is refused: malformed percent-encoding, an encoded `/`, `\` or NUL, a raw `\` or
 *   control character, or no path at all.
 */
export declare function parseTarget(raw: string): Target | undefined;
