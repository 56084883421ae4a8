// Keeps an app running while it is edited: each save of a file that it loaded restarts it, and a start that fails waits for the next save.
import { shownPath } from "../load-app.ts";
import type { StartOptions } from "../start-app.ts";
import { startChild, type Child } from "./child.ts";
import { Saves } from "./saves.ts";

type Event = { readonly saved: string } | "signal" | "ended";

/** Runs until Ctrl-C, a termination signal, or a failure that no save can mend. Resolves with the exit code: 130 after Ctrl-C, as shells say it. */
export async function supervise(options: StartOptions): Promise<number> {
  const saves = new Saves();
  let child: Child | undefined;
  let received: NodeJS.Signals | undefined;
  const signalled = new Promise<"signal">((resolve) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(name, () => {
        if (received !== undefined) child?.kill();
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
      saves.add(options.entry);
      const running = startChild(
        { ...options, port, again },
        {
          loaded: (file) => saves.add(file),
          listening: (found) => {
            port = found;
            again = true;
          },
        },
      );
      child = running;
      const ended = running.ended.then((): Event => "ended");
      let event = await Promise.race([saved(), signalled, ended]);
      if (event === "ended") {
        const { code, signal, failed } = await running.ended;
        if (failed?.fatal) return 1;
        if (failed === undefined) console.error(`The app ended (${signal === null ? `code ${code}` : signal}).`);
        console.error("Waiting for the next save to start it again.");
        saves.anyFile = true;
        event = await Promise.race([saved(), signalled]);
      } else await running.stop();
      if (event === "signal" || event === "ended") return received === "SIGINT" ? 130 : 0;
      console.error(`Saved ${shownPath(event.saved)}, restarting.`);
    }
  } finally {
    saves.close();
  }
}
