/** What a client calls a file, as something that is at most the name of a file and never a path. */

/** Control characters, and those that turn the direction of what is shown: `exe.txt` may be `txt.exe`. */
const unseen = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;
const drives = /^(?:[a-zA-Z]:)+/;

/**
 * The last segment of what was said, by either kind of slash, without control characters and drive letters; an empty text
 * where nothing is left but dots and spaces.
 */
export function fileNameOf(said: string): string {
  const name = said.replaceAll(unseen, "").split(/[/\\]/).at(-1)!.replace(drives, "");
  return /[^. ]/.test(name) ? name : "";
}
