/** From an error to its answer. What nobody listed is reported under an id and answered without details. */
import { ApusError } from "../diagnostic/index.ts";
import {
  httpAnswer,
  HTTPException,
  RequestValidationError,
  serverErrorAnswer,
  validationAnswer,
  type ErrorShape,
} from "../error/index.ts";
import type { Answer, Exchange } from "../exchange/index.ts";
import { headerPairs } from "../response/index.ts";
import type { Reporter } from "./plan.ts";

/** The client left before the answer was made; nobody reads the answer, but what was open is rolled back. */
export class ClientGoneError extends Error {
  override readonly name = "ClientGoneError";
}

const gone: Answer = { status: 499, headers: [], body: null };

/** Never throws: an error that cannot be written as an answer, and a reporter that fails, are a 500 as well. */
export function failure(error: unknown, exchange: Exchange, shape: ErrorShape, report: Reporter): Answer {
  if (error instanceof ClientGoneError) return gone;
  try {
    if (error instanceof HTTPException) return fromException(error, shape);
    if (error instanceof RequestValidationError) return validationAnswer(error, shape);
  } catch (unwritable) {
    return unlisted(unwritable, exchange, shape, report);
  }
  return unlisted(error, exchange, shape, report);
}

function fromException(error: HTTPException, shape: ErrorShape): Answer {
  headerPairs(error.headers); // what could split a header never gets to an adapter
  if (error.status >= 200) return httpAnswer(error, shape);
  throw new ApusError(`APUS_STATUS: an HTTPException has the status ${error.status}, which ends no request.`);
}

function unlisted(error: unknown, exchange: Exchange, shape: ErrorShape, report: Reporter): Answer {
  const requestId = crypto.randomUUID();
  exchange.failure = error;
  tell(report, error, exchange, requestId);
  return serverErrorAnswer(requestId, shape);
}

/** Tells of a failure; one that cannot be told goes to the console, so that nothing is lost and no request breaks. */
export function tell(report: Reporter, error: unknown, exchange: Exchange, requestId: string): void {
  try {
    report(error, { requestId, method: exchange.method, path: exchange.target?.path ?? exchange.incoming.target });
  } catch (failed) {
    console.error(`apus: the \`report\` option failed; request ${requestId}\n`, failed, error);
  }
}
