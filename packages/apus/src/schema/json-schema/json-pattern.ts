/** Regular expressions as JSON Schema has them: without flags, and read by validators in Unicode mode. */

/**
 * The `pattern` that says the same as an expression, or undefined where none does: JSON Schema knows no flags, and what
 * is no expression in Unicode mode makes strict tools refuse the whole document.
 */
export function patternOf({ source, flags }: RegExp): string | undefined {
  if (/[imsv]/.test(flags)) return undefined;
  // Without the flag these are the letters p, P and u.
  if (!flags.includes("u") && /\\[pPu]\{/.test(source)) return undefined;
  for (const candidate of [source, withoutIdleEscapes(source)]) {
    if (isUnicode(candidate)) return candidate;
  }
  return undefined;
}

/** The pattern of a text that is meant literally. */
export function literalPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

function isUnicode(source: string): boolean {
  try {
    return new RegExp(source, "u").unicode;
  } catch {
    return false;
  }
}

/** `\-` and `\@` mean the character itself, and Unicode mode refuses the backslash. Inside a class `\-` has to keep it. */
function withoutIdleEscapes(source: string): string {
  let found = "";
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const at = source[i]!;
    if (at === "\\") {
      const next = source[++i] ?? "";
      const idle = /[^\w\\^$.*+?()[\]{}|/]/.test(next) && !(inClass && next === "-");
      found += idle ? next : at + next;
      continue;
    }
    if (at === "[") inClass = true;
    else if (at === "]") inClass = false;
    found += at;
  }
  return found;
}
