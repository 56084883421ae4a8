/** From an error to its answer. What nobody listed is reported under an id and answered without details. */
import { type ErrorShape } from "../error/index.ts";
import type { Answer, Exchange } from "../exchange/index.ts";
import type { Reporter } from "./plan.ts";
/** The client left before the answer was made; nobody reads the answer, but what was open is rolled back. */
export declare class ClientGoneError extends Error {
  readonly name = "ClientGoneError";
}
export declare function failure(error: unknown, exchange: Exchange, shape: ErrorShape, report: Reporter): Answer;
