/** Why a request could not be read, or ended early. */

/** More body than the operation takes. Answered with 413. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
  readonly limit: number;

  constructor(limit: number) {
    super(`The body is larger than ${limit} bytes`);
    this.limit = limit;
  }
}

/** The body did not arrive in time. Answered with 408. */
export class BodyTimeoutError extends Error {
  override readonly name = "BodyTimeoutError";

  constructor(timeout: number) {
    super(`The body did not arrive within ${timeout} ms`);
  }
}

/** The body could not be read to its end. Answered with 400, if anyone is still there. */
export class BodyReadError extends Error {
  override readonly name = "BodyReadError";
}

/** There is no file to send at a path, or none within its `root`. Answered with 404 where there is a `root`. */
export class FileMissingError extends Error {
  override readonly name = "FileMissingError";
  /** Whether a directory is at the path, within its `root`, or no file can have such a name, because it is too long. */
  readonly why: "directory" | "long name" | undefined;

  constructor(message: string, options: ErrorOptions & { readonly why?: FileMissingError["why"] } = {}) {
    super(message, options);
    this.why = options.why;
  }
}

/** There is a file, but the machine does not let the server read it. */
export class FileForbiddenError extends Error {
  override readonly name = "FileForbiddenError";
}

/** The request ended before its answer: the deadline of `timeout`, or a closing server whose time is up. Answered with 503. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}
