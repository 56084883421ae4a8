// Failures that the person at the terminal can mend: shown as their message alone, without a stack.

/** Something the command line needs is missing or in the way. Ends the program with code 1. */
export class CliError extends Error {
  /** Whether waiting for the next save cannot help, so that `apus dev` ends too. */
  readonly fatal: boolean;
  readonly exitCode: number = 1;

  constructor(message: string, options: { readonly fatal?: boolean } = {}) {
    super(message);
    this.name = "CliError";
    this.fatal = options.fatal ?? true;
  }
}

/** The command line itself is wrong. Ends the program with code 2, as shells and most programs do it. */
export class UsageError extends CliError {
  override readonly exitCode = 2;
}
