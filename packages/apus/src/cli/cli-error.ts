// A failure that the person at the terminal can mend: shown as its message alone, without a stack.

export class CliError extends Error {
  /** Whether waiting for the next save cannot help, so that `apus dev` ends too. */
  readonly fatal: boolean;

  constructor(message: string, options: { readonly fatal?: boolean } = {}) {
    super(message);
    this.name = "CliError";
    this.fatal = options.fatal ?? true;
  }
}
