/**
 * The constraints of one schema as one function. Where several fail only the first is reported, in pydantic's order
 * (contract of FastAPI, section 2.2): multiple_of, le, lt, ge, gt for numbers; shortest, longest, pattern for strings.
 */
import { INVALID, type Problem } from "./problem.ts";
import { type ZodSchema } from "./zod.ts";
/** Passes the value on (an overwrite such as `trim` may change it) or adds a problem and says INVALID. */
export type Check = (value: unknown, problems: Problem[]) => unknown;
interface RawIssue {
  readonly message?: unknown;
  readonly path?: readonly unknown[];
  readonly code?: string;
  readonly format?: string;
  readonly inst?: {
    readonly _zod?: {
      readonly def?: {
        readonly error?: (issue: unknown) => unknown;
      };
    };
  };
}
/** Turns what a zod check or transform reported into `value_error` problems. */
export declare function report(issues: readonly RawIssue[], input: unknown, problems: Problem[]): typeof INVALID;
/** Async refinements have no place in a synchronous plan; a dependency is where a look-up belongs. */
export declare function refuseAsync(result: unknown): void;
/** All constraints of a schema, or undefined where it has none. */
export declare function compileChecks(schema: ZodSchema): Check | undefined;
/** Whether a number schema takes integers only: `z.int()`, `z.int32()`, `z.number().int()`. */
export declare function isInteger(schema: ZodSchema): boolean;
export {};
