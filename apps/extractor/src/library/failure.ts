// The ways in which the library can fail to give something, apart from the HTTP answers they become.

/**
 * - `unavailable`: the library's own folder cannot be used; `message` says why.
 * - `not_found`: nothing of that id is in the library (or it left the library, is hidden, or is no file).
 * - `unreadable`: it is there, but may not or cannot be read.
 */
export type LibraryFailureReason = "unavailable" | "not_found" | "unreadable";

/** What the library throws. `message` is a sentence for people that never names a path. */
export class LibraryFailure extends Error {
  readonly reason: LibraryFailureReason;

  constructor(reason: LibraryFailureReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "LibraryFailure";
    this.reason = reason;
  }
}

/** The code of a system error ("ENOENT"), or undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = (error as NodeJS.ErrnoException).code;
  return typeof code === "string" ? code : undefined;
}

const sentences: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  ENOTDIR: "it is not a folder",
  EACCES: "this process has no permission to read it",
  EPERM: "this process has no permission to read it",
  EIO: "the disk reports a read error",
  ELOOP: "it is a symbolic link that leads back to itself",
  ENAMETOOLONG: "its name is too long for this system",
  ESTALE: "the network drive it is on is gone",
  EMFILE: "this process has too many open files",
  ENFILE: "the system has too many open files",
};

/** Why a system call failed, as the end of a sentence: "it does not exist". */
export function causeSentence(error: unknown): string {
  const code = systemCode(error);
  if (code === undefined) return "of an unexpected error";
  return sentences[code] ?? `the system reports ${code}`;
}
