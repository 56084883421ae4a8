// The settings of the application, from environment variables. A wrong one stops the start with a sentence that names
// the variable and says what to write instead.
import { access, constants, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";
import { causeSentence } from "./library/failure.ts";

/** What the application needs to know to start. */
export interface Config {
  /** The address to listen on. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The absolute path of the folder with the photos; null when the samples are to be used. */
  readonly library: string | null;
}

/** A setting that cannot be used; `message` is ready to be shown. */
export class ConfigError extends Error {}

/** An empty variable counts as one that is not set: `PORT= npm start`. */
const unset = (value: unknown): unknown => (typeof value === "string" && value.trim() === "" ? undefined : value);

const Environment = z.object({
  HOST: z.preprocess(
    unset,
    z
      .string()
      .trim()
      .regex(/^(?:[A-Za-z0-9_.-]+|[0-9A-Fa-f:]+(?:%[A-Za-z0-9_.-]+)?)$/, {
        error: 'must be an address or a host name without "http://" and port, for example HOST=127.0.0.1',
      })
      .default("127.0.0.1"),
  ),
  PORT: z.preprocess(
    unset,
    z
      .string()
      .trim()
      .regex(/^\d{1,5}$/, { error: "must be a whole number from 0 to 65535, for example PORT=8000" })
      .transform(Number)
      .refine((port) => port <= 65_535, { error: "must be at most 65535, for example PORT=8000" })
      .default(8000),
  ),
  EXTRACTOR_LIBRARY: z.preprocess(unset, z.string().optional()),
});

/**
 * Reads HOST, PORT and EXTRACTOR_LIBRARY, and looks whether the folder can be used.
 *
 * @param environment usually `process.env`. A relative folder is taken from where the command was typed: npm changes
 *   the working folder, and says in INIT_CWD where it was.
 * @throws ConfigError
 */
export async function readConfig(environment: Readonly<Record<string, string | undefined>>): Promise<Config> {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      return `${name} ${message}. It is ${JSON.stringify(environment[name])}.`;
    });
    throw new ConfigError(lines.join("\n"));
  }
  const { HOST: host, PORT: port, EXTRACTOR_LIBRARY: folder } = parsed.data;
  if (folder === undefined) return { host, port, library: null };
  const home = folder === "~" || folder.startsWith("~/") ? homedir() + folder.slice(1) : folder;
  const library = resolve(environment["INIT_CWD"] ?? process.cwd(), home);
  await requireFolder(library);
  return { host, port, library };
}

async function requireFolder(folder: string): Promise<void> {
  const fix = "Set EXTRACTOR_LIBRARY to a folder with photographs, or leave it out to try the samples.";
  try {
    if (!(await stat(folder)).isDirectory())
      throw new ConfigError(`EXTRACTOR_LIBRARY names ${JSON.stringify(folder)}, but it is not a folder. ${fix}`);
    await access(folder, constants.R_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`EXTRACTOR_LIBRARY names ${JSON.stringify(folder)}, but ${causeSentence(error)}. ${fix}`, {
      cause: error,
    });
  }
}
