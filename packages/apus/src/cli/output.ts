// Standard output holds what was asked for and nothing else, so that other programs can read it.

/** Runs `work` with standard output sent to the error stream: what a module prints must not end up in what was asked for. */
export async function withoutOutput<T>(work: () => Promise<T>): Promise<T> {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  try {
    return await work();
  } finally {
    stdout.write = write;
  }
}

/** Prints `text` and ends the process, whatever the app's modules have opened. A reader that has left, as `head` does, is no failure. */
export function endWith(text: string): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  process.stdout.write(text, () => process.exit(0));
}
