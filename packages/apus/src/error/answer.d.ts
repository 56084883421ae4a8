/** Errors as answers, in either wire shape. */
import type { Answer } from "../exchange/index.ts";
import { HTTPException } from "./http-exception.ts";
import type { ErrorShape } from "./types.ts";
import { RequestValidationError } from "./validation.ts";
/** Statuses that never carry a body (RFC 9110, section 15). */
export declare function forbidsBody(status: number): boolean;
/** The answer for an HTTPException. */
export declare function httpAnswer(error: HTTPException, shape: ErrorShape): Answer;
/**
 * The answer for invalid inputs: 422 with every problem. A body too deep to be echoed is answered as unreadable (400),
 * and what JSON cannot say (NaN) is echoed as text.
 */
export declare function validationAnswer(error: RequestValidationError, shape: ErrorShape): Answer;
/** What an unlisted error is answered with: no message, no stack, only the id under which it was logged. */
export declare function serverErrorAnswer(requestId: string, shape: ErrorShape): Answer;
