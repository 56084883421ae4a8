/** Tells work that stops because its request has ended from work that fails. */

/** Whether an error is why the request ended, names it as its cause, or is what the platform's own functions reject with. */
export function endedBy(ended: unknown, error: unknown): boolean {
  try {
    return error === ended || (error instanceof Error && (error.cause === ended || error.name === "AbortError"));
  } catch {
    return false; // A property of it throws.
  }
}
