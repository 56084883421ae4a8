import type { Answer } from "../exchange/index.ts";
import type { Plan } from "./plan.ts";
/** @throws ResponseValidationError for a value that `output` does not allow; EncodeError for one that JSON cannot say. */
export declare function finish(plan: Plan, returned: unknown): Answer;
