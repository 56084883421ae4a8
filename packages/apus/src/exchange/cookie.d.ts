/** The Cookie header (RFC 6265): several headers count as one, the last of equal names wins, quoted values are unquoted. */
import type { Pairs } from "./query.ts";
export declare function parseCookies(lines: readonly string[]): Pairs;
