/**
 * The query string as FastAPI reads it: `application/x-www-form-urlencoded`, pairs separated by `&` only, `+` is a space,
 * bad UTF-8 becomes U+FFFD, order and repetitions kept (WHATWG URL, section 5.1).
 */
/** Name and value in turn: `["q", "1", "q", "2"]`. Never an object, so that no name can touch a prototype. */
export type Pairs = readonly string[];
export declare function parseQuery(raw: string): Pairs;
/** The last value under a name, or undefined. */
export declare function lastOf(pairs: Pairs, name: string): string | undefined;
/** All values under a name, in order. */
export declare function allOf(pairs: Pairs, name: string): string[];
