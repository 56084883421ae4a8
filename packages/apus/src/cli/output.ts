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

/**
 * Prints `text` and ends the process, whatever the app's modules have opened. A reader that has left, as `head` does, is no failure;
 * a disk that is full is one.
 */
export function endWith(text: string): void {
  const end = (error?: NodeJS.ErrnoException | null): void => {
    if (error === undefined || error === null || error.code === "EPIPE") process.exit(0);
    console.error(`Error: standard output could not be written: ${error.message}`);
    process.exit(1);
  };
  process.stdout.on("error", end);
  process.stdout.write(text, end);
}
