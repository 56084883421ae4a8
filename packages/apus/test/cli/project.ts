// A project of a person in a temporary folder, and the real command line run in it.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";

const program = fileURLToPath(new URL("../../bin/apus.mjs", import.meta.url));
const installed = fileURLToPath(new URL("../../../../node_modules", import.meta.url));

/** How long and how often to look again, in milliseconds, for `expect.poll` and `vi.waitFor`. */
export const patient = { timeout: 20_000, interval: 20 };

export interface CommandOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly nodeFlags?: readonly string[];
  /** Default: the program of this checkout, as built. */
  readonly program?: string;
}

/** A command that runs. */
export class Command {
  /** What it printed so far, both streams in the order in which they came. */
  output = "";
  /** What it printed to standard output so far. */
  standardOutput = "";
  readonly process: ChildProcess;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;

  constructor(folder: string, given: readonly string[], options: CommandOptions) {
    const { PORT: _port, NODE_ENV: _environment, APUS_PUBLIC_URL: _url, ...inherited } = process.env;
    this.process = spawn(process.execPath, [...(options.nodeFlags ?? []), options.program ?? program, ...given], {
      cwd: folder,
      env: { ...inherited, NO_COLOR: "1", ...options.environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process.stdout?.on("data", (chunk: Buffer) => {
      this.output += String(chunk);
      this.standardOutput += String(chunk);
    });
    this.process.stderr?.on("data", (chunk: Buffer) => {
      this.output += String(chunk);
    });
    this.ended = new Promise((resolve) => {
      this.process.on("close", (code, signal) => resolve(code ?? signal));
    });
  }

  /** Waits until it has printed `text`. */
  async printed(text: RegExp): Promise<void> {
    await vi.waitFor(() => {
      if (this.output.search(text) === -1) throw new Error(`${text} is not in what was printed:\n${this.output}`);
    }, patient);
  }

  /** Waits for the address that it prints when the app is up. */
  async address(): Promise<string> {
    await this.printed(/Server +http:/);
    return /Server +(http:\S+)/.exec(this.output)?.[1] ?? "";
  }
}

export class Project {
  /** The folder of the project. */
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "apus-cli-")));
  readonly #commands: Command[] = [];

  /** @param files Their texts, by path. */
  constructor(files: Readonly<Record<string, string>>) {
    this.write({ "package.json": '{ "type": "module" }', ...files });
    symlinkSync(installed, join(this.folder, "node_modules"), "junction");
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  /** Starts `apus` with these arguments in the folder of the project. */
  apus(given: readonly string[], options: CommandOptions = {}): Command {
    const command = new Command(this.folder, given, options);
    this.#commands.push(command);
    return command;
  }

  /** Ends every command that still runs and removes the folder. */
  async remove(): Promise<void> {
    for (const command of this.#commands) command.process.kill("SIGTERM");
    await Promise.all(this.#commands.map((command) => command.ended));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The JSON that an address answers, or why it does not: for polling. */
export async function answerOf(address: string): Promise<unknown> {
  try {
    // a new connection each time: the server of a moment ago may be gone
    const response = await fetch(address, { headers: { connection: "close" } });
    return await response.json();
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}
