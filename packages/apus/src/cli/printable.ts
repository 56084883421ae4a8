// Text that others wrote, as a terminal may show it: with nothing in it that moves the cursor, clears the screen or turns lines around.

/** C0, DEL and C1 controls, line separators, and what changes the direction of text (Unicode, "Bidi_Control"). */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const controls = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** On one line: what is not to be printed stands as JavaScript would write it, `\x1b` or `\u202e`. */
export function printable(text: string): string {
  return text.replaceAll(controls, escaped);
}

/** As it is broken into lines: for errors and stack traces. */
export function printableLines(text: string): string {
  return text.replaceAll(controls, (control) => (control === "\n" || control === "\t" ? control : escaped(control)));
}

/** A template whose values are put on one line each: a name cannot end the sentence that it stands in. */
export function said(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return strings.reduce((all, string, i) => all + printable(String(values[i - 1])) + string);
}

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(control: string): string {
  const code = control.charCodeAt(0);
  return short[control] ?? (code < 256 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
}

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, "0");

/** What takes two columns of a terminal: East Asian wide and full-width letters, and emoji. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
/** What takes none, as it joins the letter before it. */
const joining = /[\p{Mn}\p{Me}\u200b-\u200d\ufeff]/u;

/** How many columns of a terminal a text takes, as far as its letters tell. */
export function widthOf(text: string): number {
  // Most of all that is shown.
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const letter of text) width += joining.test(letter) ? 0 : wide.test(letter) ? 2 : 1;
  return width;
}
