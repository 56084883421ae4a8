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
  /** Resolves with the port when the app listens. */
  readonly listening: Promise<number>;
  /** Whether it can still be started. */
  readonly waiting: boolean;
  /** Whether it loaded a file before its turn, so that a save of it comes too late. */
  hasLoaded(file: string): boolean;
  /** Gives the process its turn: it loads and serves the app. */
  start(options: StartOptions): void;
  /** Asks the app to finish; kills it after the deadline. */
  stop(): Promise<void>;
  kill(): void;
}

/** Node's own flags for the app's process: those of this one, such as custom conditions, without what belongs to one process alone. */
function nodeFlags(): string[] {
  return process.execArgv.filter((flag) => !/^--(watch|inspect|debug|test)/.test(flag));
}

/**
 * Makes a process that waits for its turn, with Node, the TypeScript loader and the framework loaded. It has a process group of its own, so
 * that Ctrl-C reaches it once, through `stop`. It ends when this process ends, however that happens: it notices the closed channel.
 *
 * @param loaded Called with each file that the process imports or requires, as `node --watch` learns them.
 */
export function prepareChild(entry: string, loaded: (file: string) => void): Child {
  const program = fileURLToPath(new URL(`./app-process${extname(import.meta.url)}`, import.meta.url));
  const child = spawn(process.execPath, [...nodeFlags(), program, entry], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    detached: process.platform !== "win32",
    windowsHide: true,
    env: { ...process.env, WATCH_REPORT_DEPENDENCIES: "1" },
  });
  const early = new Set<string>();
  let waiting = true;
  let failed: Ending["failed"];
  const listening = new Promise<number>((resolve) => {
    child.on("message", (message: Partial<Report> & Partial<Record<"watch:import" | "watch:require", unknown>>) => {
      for (const modules of [message["watch:import"], message["watch:require"]]) {
        if (!Array.isArray(modules)) continue;
        for (const file of modules.map((each) => fileOf(String(each)))) {
          if (file === undefined) continue;
          if (waiting) early.add(file);
          loaded(file);
        }
      }
      if (message.apus === "listening" && message.port !== undefined) resolve(message.port);
      if (message.apus === "failed") failed = { fatal: message.fatal === true };
    });
  });
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      waiting = false;
      resolve({ code, signal, failed });
    });
  });
  return {
    ended,
    listening,
    get waiting() {
      return waiting;
    },
    hasLoaded: (file) => early.has(file),
    start(options) {
      waiting = false;
      // a process that has just ended says so through `ended`
      child.send(options, () => {});
    },
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
function fileOf(module: string): string | undefined {
  if (!module.startsWith("file:")) return /^([\\/]|[A-Za-z]:[\\/])/.test(module) ? module : undefined;
  const url = new URL(module);
  url.search = "";
  url.hash = "";
  return fileURLToPath(url);
}
