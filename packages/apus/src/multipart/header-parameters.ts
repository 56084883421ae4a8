/**
 * The parameters of Content-Type and Content-Disposition, read as FastAPI's parser reads them: quotes protect semicolons, of
 * two equal names the last counts, and names with an asterisk (`filename*`) are none, as RFC 7578, section 4.2, has it.
 */

/** @returns The parameters by name, names in lower case; values as they were sent, one character for each byte. */
export function parametersOf(header: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let quoted = false;
  let start = -1;
  for (let i = 0; i <= header.length; i++) {
    const char = header[i];
    if (char === '"' && header[i - 1] !== "\\") quoted = !quoted;
    if (char !== undefined && (char !== ";" || quoted)) continue;
    // What stands in front of the first semicolon is no parameter.
    if (start >= 0) add(header.slice(start, i), found);
    start = i + 1;
  }
  return found;
}

function add(segment: string, found: Map<string, string>): void {
  const equals = segment.indexOf("=");
  const name = trimmed(equals < 0 ? segment : segment.slice(0, equals)).toLowerCase();
  if (!name.includes("*")) found.set(name, equals < 0 ? "" : unquoted(trimmed(segment.slice(equals + 1))));
}

function unquoted(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return value.slice(1, -1).replaceAll("\\\\", "\\").replaceAll('\\"', '"');
}

/** Without the spaces and tabs around it, and without anything else. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text[start])) start++;
  while (end > start && isBlank(text[end - 1])) end--;
  return text.slice(start, end);
}

function isBlank(char: string | undefined): boolean {
  return char === " " || char === "\t";
}
