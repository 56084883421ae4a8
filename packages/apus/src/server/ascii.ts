/** Which texts have as many bytes as characters, in UTF-8 as in Latin-1. */

// eslint-disable-next-line no-control-regex
const beyond = /[^\u0000-\u007f]/;

/** Of so many characters looking at each is faster than an expression. */
const short = 64;

export function isAscii(text: string): boolean {
  if (text.length > short) return !beyond.test(text);
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
