/**
 * Temporary files for uploads, and files that are kept of them. The temporary ones lie in a folder that only this process's
 * user can read, and that goes when the process ends.
 */
import type { FileHandle } from "node:fs/promises";
import type { Spool } from "../../exchange/index.ts";
import { builtin } from "../builtin.ts";

let current: Promise<string> | undefined;
/** All that were made: what somebody took away may have come back by the end. */
const made: string[] = [];

/** Made when it is first needed, with mode 0700. One that could not be made is tried again by who needs it next. */
function folder(): Promise<string> {
  if (current !== undefined) return current;
  const making = makeFolder();
  making.catch(() => forget(making));
  return (current = making);
}

async function makeFolder(): Promise<string> {
  const prefix = builtin("node:path").join(builtin("node:os").tmpdir(), "apus-uploads-");
  const path = await builtin("node:fs/promises").mkdtemp(prefix);
  if (made.push(path) === 1) {
    process.once("exit", () => {
      for (const each of made) builtin("node:fs").rmSync(each, { recursive: true, force: true });
    });
  }
  return path;
}

/** Unless another one has taken its place. */
function forget(failed: Promise<string>): void {
  if (current === failed) current = undefined;
}

export async function openSpool(): Promise<Spool> {
  const found = folder();
  try {
    return await spoolIn(await found);
  } catch (error) {
    // Whoever tidies up the machine's temporary files may have taken the folder away.
    if (!hasCode(error) || error.code !== "ENOENT") throw error;
    forget(found);
    return spoolIn(await folder());
  }
}

function hasCode(error: unknown): error is Error & { readonly code: unknown } {
  return error instanceof Error && "code" in error;
}

async function spoolIn(parent: string): Promise<Spool> {
  const path = builtin("node:path").join(parent, builtin("node:crypto").randomUUID());
  return new NodeSpool(path, await builtin("node:fs/promises").open(path, "wx", 0o600));
}

class NodeSpool implements Spool {
  readonly #path: string;
  #handle: FileHandle | undefined;

  constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  write(piece: Uint8Array): Promise<void> {
    return writeAll(this.#handle!, piece);
  }

  async blob(): Promise<Blob> {
    await this.#close();
    return builtin("node:fs").openAsBlob(this.#path);
  }

  async remove(): Promise<void> {
    try {
      await this.#close();
      await builtin("node:fs/promises").rm(this.#path, { force: true });
    } catch (error) {
      console.error(`apus: the temporary file ${this.#path} could not be removed\n`, error);
    }
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }
}

/** A write may take less than it was given. */
async function writeAll(handle: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length;) at += (await handle.write(piece, at)).bytesWritten;
}

export async function saveFile(
  path: string | URL,
  content: AsyncIterable<Uint8Array>,
  overwrite: boolean,
): Promise<void> {
  const { open, rename, rm } = builtin("node:fs/promises");
  // Beside its place, because only there can it be moved to it in one step.
  const target = path instanceof URL ? builtin("node:url").fileURLToPath(path) : path;
  const written = overwrite ? `${target}.${builtin("node:crypto").randomUUID()}` : target;
  const handle = await open(written, "wx").catch((error: unknown) => {
    throw advised(error, target);
  });
  try {
    try {
      for await (const piece of content) await writeAll(handle, piece);
    } finally {
      await handle.close();
    }
    if (overwrite) await rename(written, target);
  } catch (error) {
    await rm(written, { force: true });
    throw error;
  }
}

/** The machine's error with what to do about it; what it says by `code` stays. */
function advised(error: unknown, target: string): unknown {
  if (!hasCode(error)) return error;
  const advice = new Map<unknown, string>([
    ["EEXIST", "save(path, { overwrite: true }) replaces it"],
    ["ENOENT", `make the folder ${JSON.stringify(builtin("node:path").dirname(target))} first`],
  ]).get(error.code);
  if (advice === undefined) return error;
  return Object.assign(new Error(`${error.message}; ${advice}`, { cause: error }), error);
}
