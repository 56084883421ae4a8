/** From an error to its answer. What nobody listed is reported under an id and answered without details. */
import {
  httpAnswer,
  HTTPException,
  RequestValidationError,
  serverErrorAnswer,
  validationAnswer,
  type ErrorShape,
} from "../error/index.ts";
import type { Answer, Exchange } from "../exchange/index.ts";
import type { Reporter } from "./plan.ts";

/** The client left before the answer was made; nobody reads the answer, but what was open is rolled back. */
export class ClientGoneError extends Error {
  override readonly name = "ClientGoneError";
}

const gone: Answer = { status: 499, headers: [], body: null };

export function failure(error: unknown, exchange: Exchange, shape: ErrorShape, report: Reporter): Answer {
  if (error instanceof HTTPException) return httpAnswer(error, shape);
  if (error instanceof RequestValidationError) return validationAnswer(error, shape);
  if (error instanceof ClientGoneError) return gone;
  const requestId = crypto.randomUUID();
  exchange.failure = error;
  report(error, { requestId, method: exchange.method, path: exchange.target?.path ?? exchange.incoming.target });
  return serverErrorAnswer(requestId, shape);
}
