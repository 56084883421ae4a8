// Waits for the files of an app to be saved, by watching the folders they are in: editors replace files, folders stay.
import { watch, type FSWatcher } from "node:fs";
import { dirname, extname, join } from "node:path";

/** How long a folder must be quiet before a save counts, in milliseconds: editors and formatters write more than once. */
const quietTime = 60;

const sourceExtensions = new Set([".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx", ".json"]);

export class Saves {
  readonly #files = new Set<string>();
  readonly #folders = new Map<string, FSWatcher>();
  #timer: NodeJS.Timeout | undefined;
  #saved: string | undefined;
  #waiting: ((file: string) => void) | undefined;

  /** When set, any source file beside a known one counts, also a new one: the one that a failed start was missing may appear. */
  anyFile = false;

  /** Counts a file from now on. Files of installed packages are passed over. */
  add(file: string): void {
    if (/[\\/]node_modules[\\/]/.test(file)) return;
    this.#files.add(file);
    const folder = dirname(file);
    if (this.#folders.has(folder)) return;
    try {
      const watcher = watch(folder, (_event, name) => {
        if (name !== null) this.#changed(join(folder, name));
      });
      watcher.on("error", () => this.#forget(folder));
      this.#folders.set(folder, watcher);
    } catch {
      // the folder is gone already; the next start reports its files again
    }
  }

  /** Forgets what was saved so far: what starts now reads it. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#saved = undefined;
  }

  /** The next saved file; also one that was saved since `reset` and not asked for. */
  next(): Promise<string> {
    if (this.#saved !== undefined) return Promise.resolve(this.#saved);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const folder of this.#folders.keys()) this.#forget(folder);
  }

  #forget(folder: string): void {
    this.#folders.get(folder)?.close();
    this.#folders.delete(folder);
  }

  #changed(file: string): void {
    if (!this.#files.has(file) && !(this.anyFile && sourceExtensions.has(extname(file)))) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#saved = file;
      this.#waiting?.(file);
      this.#waiting = undefined;
    }, quietTime);
  }
}
