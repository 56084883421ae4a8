/** Tokens, which names of headers, cookies, methods and schemes are. */

const token = /^[!#$%&'*+\-.^_`|~\w]+$/;

/** Whether a text is a token (RFC 9110, section 5.6.2). */
export function isToken(text: string): boolean {
  return token.test(text);
}
