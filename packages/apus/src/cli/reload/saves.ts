// Waits for the files of an app to be saved, by watching the folders they are in: editors replace files, folders stay.
import { watch, type FSWatcher } from "node:fs";
import { dirname, extname, join } from "node:path";

/** How long everything must be quiet before a save is complete, in milliseconds: editors and formatters write more than once. */
const quietTime = 50;

const sourceExtensions = new Set([".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx", ".json"]);

/** Whether a file is one that `.env` readers take: `.env` itself, `.env.local`, `.env.development`, … */
function isEnvironmentFile(name: string): boolean {
  return name === ".env" || name.startsWith(".env.");
}

export class Saves {
  readonly #files = new Set<string>();
  readonly #folders = new Map<string, FSWatcher>();
  /** Folders whose `.env` files count. */
  readonly #environments = new Set<string>();
  #last = 0;
  readonly #saved = new Set<string>();
  #waiting: ((file: string) => void) | undefined;

  /** When set, any source file beside a known one counts, also a new one: the one that a failed start was missing may appear. */
  anyFile = false;

  /** Counts a file from now on. Files of installed packages are passed over. */
  add(file: string): void {
    if (/[\\/]node_modules[\\/]/.test(file)) return;
    this.#files.add(file);
    this.#watch(dirname(file));
  }

  /** Counts the `.env` files of a folder, also those that are still to come. */
  addEnvironment(folder: string): void {
    this.#environments.add(folder);
    this.#watch(folder);
  }

  /** Counts every file of a folder and the folders in it, except installed packages and what begins with a dot. */
  addFolder(folder: string): void {
    const watcher = watch(folder, { recursive: true }, (_event, name) => {
      if (name === null || name.split(/[\\/]/).some((part) => part === "node_modules" || part.startsWith("."))) return;
      this.#changed(join(folder, name));
    });
    watcher.on("error", () => watcher.close());
    this.#folders.set(`${folder} and below`, watcher);
  }

  /** Forgets what was saved so far: what starts now reads it. */
  reset(): void {
    this.#saved.clear();
  }

  /** What was saved since `reset`. */
  get all(): readonly string[] {
    return [...this.#saved];
  }

  /** The next saved file; also one that was saved since `reset` and not asked for. It may still be being written: see `complete`. */
  next(): Promise<string> {
    const [first] = this.#saved;
    if (first !== undefined) return Promise.resolve(first);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** Resolves when nothing has been written for a moment. */
  async complete(): Promise<void> {
    for (let left = quietTime; left > 0; left = this.#last + quietTime - performance.now()) {
      await new Promise((resolve) => setTimeout(resolve, left));
    }
  }

  close(): void {
    for (const watcher of this.#folders.values()) watcher.close();
    this.#folders.clear();
  }

  #watch(folder: string): void {
    if (this.#folders.has(folder)) return;
    try {
      const watcher = watch(folder, (_event, name) => {
        if (name !== null && this.#counts(folder, name)) this.#changed(join(folder, name));
      });
      watcher.on("error", () => {
        watcher.close();
        this.#folders.delete(folder);
      });
      this.#folders.set(folder, watcher);
    } catch {
      // the folder is gone already; the next start reports its files again
    }
  }

  #counts(folder: string, name: string): boolean {
    if (this.#files.has(join(folder, name))) return true;
    if (isEnvironmentFile(name) && this.#environments.has(folder)) return true;
    return this.anyFile && sourceExtensions.has(extname(name));
  }

  #changed(file: string): void {
    this.#last = performance.now();
    this.#saved.add(file);
    this.#waiting?.(file);
    this.#waiting = undefined;
  }
}
