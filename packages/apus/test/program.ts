/** Runs a program of its own in a Node process of its own, with `apus` resolved as the tests resolve it. */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const condition = process.env["APUS_TEST_BUILT"] === "1" ? [] : ["--conditions=@apus/source"];

export interface Program {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  /** Everything it printed so far. */
  readonly output: () => string;
  /** Resolves when it has printed something that matches, with the match; rejects when it ends before. */
  printed(text: RegExp): Promise<RegExpExecArray>;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** @param file The program: a TypeScript file. It is killed after the test if it still runs. */
export function program(file: URL): Program {
  const given = ["--import", "tsx", ...condition, fileURLToPath(file)];
  const child = spawn(process.execPath, given, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const waiting = new Set<() => void>();
  const onData = (chunk: Buffer): void => {
    output += String(chunk);
    for (const look of waiting) look();
  };
  child.stdout.on("data", onData);
  child.stderr.on("data", onData);
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once("close", (code, signal) => resolve(signal ?? code));
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const printed = (text: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = text.exec(output);
        if (found === null) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
      void ended.then(() => reject(new Error(`It ended without printing ${text}:\n${output}`)));
    });
  return { process: child, output: () => output, printed, ended };
}
