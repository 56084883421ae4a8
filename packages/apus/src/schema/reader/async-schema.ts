/** Refuses what answers later: a plan reads its inputs synchronously, and a dependency is where a look-up belongs. */
import { ApusError } from "../../diagnostic/index.ts";
import { checksOf, type ZodSchema } from "../zod.ts";

function asynchronous(): ApusError {
  return new ApusError(
    "APUS_ASYNC_SCHEMA: a schema has an async refinement or transform; do the look-up in a dependency or in the handler instead.",
  );
}

/** @throws ApusError for a result that is a promise. Whatever becomes of the promise, nobody waits for it. */
export function refuseAsync(result: unknown): void {
  if (result instanceof Promise) {
    result.catch(() => {});
    throw asynchronous();
  }
}

/**
 * What zod itself makes of a value, where it can be said at once.
 * @throws ApusError where zod has met a promise; whatever a function of the author's throws is handed on as it is.
 */
export function atOnce<T>(run: () => T | Promise<T>): T {
  let found: T | Promise<T>;
  try {
    found = run();
  } catch (error) {
    throw isAsyncError(error) ? asynchronous() : error;
  }
  refuseAsync(found);
  return found as T;
}

/** zod's error has no name of its own, and bundlers rename its class. */
function isAsyncError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error.constructor.name === "$ZodAsyncError" || error.message.startsWith("Encountered Promise during synchronous")
  );
}

/** Whether a function can be seen to answer later. */
export const isAsync = (step: unknown): boolean => Object.prototype.toString.call(step) === "[object AsyncFunction]";

/**
 * Whether a schema can be seen to answer later, its parts aside. What was compiled to older JavaScript cannot.
 * @param way Which function of a codec will be run.
 */
export function isAsynchronous(schema: ZodSchema, way: "transform" | "reverseTransform" = "transform"): boolean {
  const checks = checksOf(schema).flatMap(({ _zod }) => [_zod.def.fn, _zod.check]);
  return [schema._zod.def[way], ...checks].some(isAsync);
}

/** @throws ApusError for a schema that can be seen to answer later: then it is told when the app starts. */
export function refuseAsyncFunctions(schema: ZodSchema, way: "transform" | "reverseTransform"): void {
  if (isAsynchronous(schema, way)) throw asynchronous();
}
