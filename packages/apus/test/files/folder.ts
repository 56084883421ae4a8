/** Files for tests: a folder of their own, and a machine that tells what is done with them. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { nodeHost } from "apus/server";
import type { Host } from "apus";
import { onTestFinished } from "vitest";

/** When all of them were changed, in seconds since 1970. */
export const modified = 1_700_000_000;

/** A new folder with files, by their paths in it; it is removed after the test. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "apus-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    utimesSync(path, modified, modified);
  }
  return folder;
}

/** What was done with the files of a machine. */
export interface Watched {
  readonly host: Host;
  opened: number;
  closed: number;
  /** How many bytes were read. */
  read: number;
  /** Resolves once every file that was opened has been given back. */
  allClosed(): Promise<void>;
}

/** The real machine, watched. @param beforeRead Called with the number of bytes read so far. */
export function watchedHost({
  beforeRead = () => {},
  onClose = () => {},
}: {
  readonly beforeRead?: (read: number) => unknown;
  readonly onClose?: () => void;
} = {}): Watched {
  const waiting = new Set<() => void>();
  const watched: Watched = {
    allClosed: () =>
      new Promise((resolve) => {
        if (watched.opened === watched.closed) resolve();
        else waiting.add(resolve);
      }),
    opened: 0,
    closed: 0,
    read: 0,
    host: {
      ...nodeHost,
      async file(path, root) {
        const file = await nodeHost.file!(path, root);
        watched.opened++;
        return {
          size: file.size,
          modified: file.modified,
          async read(position, length) {
            await beforeRead(watched.read);
            const bytes = await file.read(position, length);
            watched.read += bytes.byteLength;
            return bytes;
          },
          async close() {
            await file.close();
            watched.closed++;
            onClose();
            if (watched.opened === watched.closed) for (const resolve of waiting) resolve();
          },
        };
      },
    },
  };
  return watched;
}
