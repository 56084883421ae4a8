// Starts and stops the process that holds the app.
import { spawn } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { StartOptions } from "../start-app.ts";
import type { Report } from "./app-process.ts";

/** How long the app may take to finish its requests and clean up before it is killed, in milliseconds. */
const stopDeadline = 5000;

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Set when the process said itself, and to the person, why the app could not start. */
  readonly failed: { readonly fatal: boolean } | undefined;
}

export interface Child {
  readonly ended: Promise<Ending>;
  /** Asks the app to finish; kills it after the deadline. */
  stop(): Promise<void>;
  kill(): void;
}

/** Node's own flags for the app's process: those of this one, such as custom conditions, without what belongs to one process alone. */
function nodeFlags(): string[] {
  return process.execArgv.filter((flag) => !/^--(watch|inspect|debug|test)/.test(flag));
}

/**
 * Starts the app in a process group of its own, so that Ctrl-C reaches it once, through `stop`. It ends when this process ends, however
 * that happens: it notices the closed channel.
 *
 * @param loaded Called with each file that the process imports or requires, as `node --watch` learns them.
 */
export function startChild(
  options: StartOptions,
  on: { loaded(file: string): void; listening(port: number): void },
): Child {
  const program = fileURLToPath(new URL(`./app-process${extname(import.meta.url)}`, import.meta.url));
  const child = spawn(process.execPath, [...nodeFlags(), program, JSON.stringify(options)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: process.platform !== "win32",
    windowsHide: true,
    env: { ...process.env, WATCH_REPORT_DEPENDENCIES: "1" },
  });
  let failed: Ending["failed"];
  child.on("message", (message: Partial<Report> & Partial<Record<"watch:import" | "watch:require", unknown>>) => {
    for (const files of [message["watch:import"], message["watch:require"]]) {
      if (Array.isArray(files)) for (const file of files) reportFile(String(file), (path) => on.loaded(path));
    }
    if (message.apus === "listening" && message.port !== undefined) on.listening(message.port);
    if (message.apus === "failed") failed = { fatal: message.fatal === true };
  });
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve({ code, signal, failed }));
  });
  return {
    ended,
    async stop() {
      child.kill("SIGTERM");
      const timer = setTimeout(() => {
        console.error(`The app did not stop within ${stopDeadline / 1000} seconds and was killed.`);
        child.kill("SIGKILL");
      }, stopDeadline);
      await ended;
      clearTimeout(timer);
    },
    kill: () => child.kill("SIGKILL"),
  };
}

/** Modules arrive as addresses or paths; only those that are files can be saved. */
function reportFile(module: string, loaded: (file: string) => void): void {
  if (module.startsWith("file:")) {
    const url = new URL(module);
    url.search = "";
    url.hash = "";
    loaded(fileURLToPath(url));
  } else if (/^([\\/]|[A-Za-z]:[\\/])/.test(module)) loaded(module);
}
