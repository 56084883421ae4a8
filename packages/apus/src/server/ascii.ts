/** Which texts have as many bytes as characters, in UTF-8 as in Latin-1. */

// eslint-disable-next-line no-control-regex
const beyond = /[^\u0000-\u007f]/;

export function isAscii(text: string): boolean {
  return !beyond.test(text);
}
