// Keeps an app running while it is edited: each save of a file that it loaded restarts it, and a start that fails waits for the next save.
// Beside the process that serves there is one that waits, with everything loaded that no save changes: it takes over when the other has ended.
import { statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../cli-error.ts";
import { packageFolderOf } from "../package-manifest.ts";
import { shownPath } from "../load-app.ts";
import type { StartOptions } from "../start-app.ts";
import { prepareChild, type Child } from "./child.ts";
import { Saves } from "./saves.ts";

/** How long the process that waits is put off, in milliseconds: the one that has just started answers first. */
const standbyDelay = 150;

type Event = { readonly saved: string } | "signal" | "ended";

export interface WatchOptions {
  /** The folder that the app runs in, whose `.env` files count. */
  readonly folder: string;
  /** Absolute paths of folders of which every file counts, besides the files that the app loads. */
  readonly reloadFolders: readonly string[];
}

/** Runs until Ctrl-C, a termination signal, or a failure that no save can mend. Resolves with the exit code: 130 after Ctrl-C, as shells say it. */
export async function supervise(options: StartOptions, watched: WatchOptions): Promise<number> {
  const saves = watch(options.entry, watched);
  const prepare = (): Child => prepareChild(options.entry, (file) => saves.add(file));
  let running: Child | undefined;
  let standby: Child | undefined;
  let received: NodeJS.Signals | undefined;
  const signalled = new Promise<"signal">((resolve) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(name, () => {
        if (received !== undefined) running?.kill();
        received = name;
        resolve("signal");
      });
    }
  });
  const saved = async (): Promise<Event> => ({ saved: await saves.next() });

  let { port } = options;
  let again = false;
  try {
    for (;;) {
      saves.reset();
      saves.anyFile = false;
      const current = standby?.waiting === true ? standby : prepare();
      standby = undefined;
      running = current;
      current.start({ ...options, port, again });
      const ended = current.ended.then((): Event => "ended");
      void current.listening.then((found) => {
        port = found;
        again = true;
        setTimeout(() => {
          if (running === current && received === undefined) standby ??= prepare();
        }, standbyDelay).unref();
      });
      let event = await Promise.race([saved(), signalled, ended]);
      if (event === "ended") {
        const { code, signal, failed } = await current.ended;
        // what a save cannot mend ends the first start; later there is a session to lose
        if (failed?.fatal === true && !again) return 1;
        if (failed === undefined) console.error(`The app ended (${signal === null ? `code ${code}` : signal}).`);
        console.error("Waiting for the next save to start it again.");
        saves.anyFile = true;
        standby ??= prepare();
        event = await Promise.race([saved(), signalled]);
      } else await current.stop();
      running = undefined;
      if (event === "signal" || event === "ended") return received === "SIGINT" ? 130 : 0;
      await saves.complete();
      console.error(`Saved ${shownPath(event.saved)}, restarting.`);
      if (saves.all.some((file) => standby?.hasLoaded(file))) {
        standby?.kill();
        standby = undefined;
      }
    }
  } finally {
    standby?.kill();
    saves.close();
  }
}

/**
 * What is watched from the start; the rest is told by the app's process as it loads it.
 * @throws UsageError for a folder that is none.
 */
function watch(entry: string, { folder, reloadFolders }: WatchOptions): Saves {
  const saves = new Saves();
  saves.add(entry);
  saves.addEnvironment(folder);
  for (const place of new Set([folder, packageFolderOf(folder) ?? folder])) {
    for (const name of ["package.json", "tsconfig.json"]) saves.add(join(place, name));
  }
  for (const each of reloadFolders) {
    if (statSync(each, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new UsageError(`--reload-dir takes a folder, and ${shownPath(each)} is none.`);
    }
    saves.addFolder(each);
  }
  return saves;
}
