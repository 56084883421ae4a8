/** Names that lead elsewhere than they say, on machines that read names their own way. */

/** What Windows takes for a device wherever it stands, with any ending. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])(?:[. ]|$)/i;

/**
 * Whether Windows reads a path as something else than what it says: a drive or a stream of a file (`:`), a device, a name
 * without its last dots and spaces, or the short name of a file (`SECRET~1.TXT`).
 */
export function isMisread(path: string): boolean {
  return path.split(/[\\/]/).some((name) => name.includes(":") || /[. ]$|~\d/.test(name) || device.test(name));
}

/**
 * Whether a path names a file in other capitals than it has. Machines that do not mind would answer for a path which the
 * app's own routes and guards, who do, take for another one.
 * @param found As it was asked for. @param real As the machine writes it, links followed.
 */
export function isOtherCase(found: string, real: string, platform: string = process.platform): boolean {
  if (platform !== "win32" && platform !== "darwin") return false;
  return found !== real && found.toLowerCase() === real.toLowerCase();
}
