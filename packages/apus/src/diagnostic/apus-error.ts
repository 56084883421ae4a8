/** A failure that a programmer causes: a code of the error reference, the place, and the fix. */

/**
 * Thrown while an API is declared or started, and by handlers that break their own declaration. Clients never see it.
 *
 * @example
 * try { app.openapi() } catch (error) { if (error instanceof ApusError) console.log(error.code) } // "APUS_OPERATION_ID"
 */
export class ApusError extends TypeError {
  override readonly name: string = "ApusError";
  /** From the error reference, `docs/errors.md`: `APUS_PATH`. */
  readonly code: string;

  /** @param message Begins with the code: `APUS_PATH: GET /items (readItems): …`. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = /^APUS_[A-Z_]+/.exec(message)?.[0] ?? "APUS_UNKNOWN";
  }
}
