/** Runs a call until its time is up or its caller gives up, whatever it is doing then. */
import { TimeoutError } from "./errors.ts";

/**
 * @param limit In ms; null for none.
 * @param run Gets a signal, and what keeps the caller's able to abort it when the call is over: until its work has settled.
 * @throws TimeoutError after the limit, and the reason of `signal` when that is aborted.
 */
export async function within<T>(
  what: string,
  limit: number | null,
  signal: AbortSignal | undefined,
  run: (signal: AbortSignal, until: (work: Promise<unknown>) => void) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  // Not AbortSignal.any and AbortSignal.timeout: where they exist, a signal that outlives many calls keeps something of each
  // of them, and a combined one that nothing else holds may be collected before it fires.
  const controller = new AbortController();
  const ended = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason as Error));
  });
  const abort = (): void => controller.abort(signal!.reason);
  signal?.addEventListener("abort", abort);
  const timer =
    limit === null
      ? undefined
      : setTimeout(() => controller.abort(new TimeoutError(`${what} took longer than ${limit} ms.`)), limit);
  const forget = (): void => signal?.removeEventListener("abort", abort);
  let more: Promise<unknown> | undefined;
  try {
    // A `fetch` of one's own may not heed the signal, and a function that gives a token does not know of it.
    return await Promise.race([run(controller.signal, (work) => void (more = work)), ended]);
  } finally {
    clearTimeout(timer);
    if (more === undefined) forget();
    else void more.then(forget);
  }
}
