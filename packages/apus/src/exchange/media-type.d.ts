/**
 * The Content-Type, parsed once into the one value that both the choice of parser and the choice of schema use
 * (RFC 9110, section 8.3.1).
 */
export interface MediaType {
  /** Type and subtype in lower case, such as `application/json`. */
  readonly essence: string;
  /** Whether the body is JSON: `application/json` or `application/*+json`. */
  readonly json: boolean;
}
/** @returns undefined where there is no header, an empty one, or one that is no media type. */
export declare function parseMediaType(header: string | undefined): MediaType | undefined;
