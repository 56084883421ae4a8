// Gives a test a folder with files in it, removed when the test ends.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "vitest";

/** @type {string[]} */
const folders = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/**
 * @param {Readonly<Record<string, string | undefined>>} files Contents by path; `undefined` leaves the file out.
 * @returns {string} The folder.
 */
export function temporaryFolder(files) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "apus-check-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
