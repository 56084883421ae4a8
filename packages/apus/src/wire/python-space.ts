/** White space as Python's `str.strip` and `str.split` take it: JavaScript's without the byte order mark, with four separators and U+0085. */
// oxlint-disable-next-line no-control-regex -- the four separators are control characters
const first = /[^\s\u001c-\u001f\u0085]|\ufeff/;

function isSpace(char: string): boolean {
  return !first.test(char);
}

/** The text without white space at both ends. */
export function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text[start]!)) start++;
  while (end > start && isSpace(text[end - 1]!)) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** The texts between white space, as `str.split` gives them. */
export function words(text: string): string[] {
  const found: string[] = [];
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && !isSpace(text[i]!)) continue;
    if (i > start) found.push(text.slice(start, i));
    start = i + 1;
  }
  return found;
}
