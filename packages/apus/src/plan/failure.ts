/** From an error to its answer. What nobody listed is reported under an id and answered without details. */
import { ApusError } from "../diagnostic/index.ts";
import {
  handlerFor,
  httpAnswer,
  HTTPException,
  RequestValidationError,
  serverErrorAnswer,
  validationAnswer,
  type ErrorHandler,
  type ErrorShape,
} from "../error/index.ts";
import {
  BodyReadError,
  BodyTimeoutError,
  BodyTooLargeError,
  InterruptedError,
  JsonDepthError,
  JsonSyntaxError,
  type Answer,
  type Exchange,
} from "../exchange/index.ts";
import { answerOf, headerPairs, isAnswered } from "../response/index.ts";
import { problem } from "../schema/index.ts";
import type { Reporter } from "./plan.ts";

/** The client left before the answer was made; nobody reads the answer, but what was open is rolled back. */
export class ClientGoneError extends Error {
  override readonly name = "ClientGoneError";
}

const gone: Answer = { status: 499, headers: [], body: null };

/** What answers errors: the shape of the built-in answers, the handlers around, innermost first, and who is told. */
export interface Failing {
  readonly settings: {
    readonly errorShape: ErrorShape;
    readonly errorHandlers: readonly (readonly ErrorHandler[])[];
  };
  readonly report: Reporter;
}

/** Never throws: an error that cannot be written as an answer, and a reporter that fails, are a 500 as well. */
export function failure(thrown: unknown, exchange: Exchange, failing: Failing): Answer | Promise<Answer> {
  if (thrown instanceof ClientGoneError) return gone;
  const { errorShape: shape, errorHandlers } = failing.settings;
  const error = asAnswerable(thrown);
  const found = errorHandlers.length === 0 ? undefined : handlerFor(error, errorHandlers);
  if (found === undefined) return builtIn(error, exchange, failing);
  if (found.unexpected) {
    exchange.failure = error;
    tell(failing.report, error, exchange, exchange.requestId);
  }
  const settle = (returned: unknown): Answer => {
    if (isAnswered(returned)) return answerOf(returned);
    throw new ApusError("APUS_ON_ERROR: an error handler returned no answer; return a reply such as json(…), or a Response.");
  };
  try {
    const returned: unknown = found.handle(error as never, exchange.request);
    if (!(returned instanceof Promise)) return settle(returned);
    return returned.then(settle).catch((again: unknown) => unlisted(again, exchange, shape, failing.report));
  } catch (again) {
    return unlisted(again, exchange, shape, failing.report);
  }
}

/** What readers of a body throw, as what it is to the client. */
function asAnswerable(error: unknown): unknown {
  const closing = { headers: { connection: "close" } };
  if (error instanceof BodyTooLargeError) {
    return new HTTPException(413, `The request body is larger than ${error.limit} bytes`, closing);
  }
  if (error instanceof BodyTimeoutError) {
    return new HTTPException(408, "The request body did not arrive in time", closing);
  }
  if (error instanceof InterruptedError) return new HTTPException(503);
  if (error instanceof BodyReadError || error instanceof JsonDepthError) {
    return new HTTPException(400, "There was an error parsing the body");
  }
  if (error instanceof JsonSyntaxError) {
    const found = problem("json_invalid", "JSON decode error", {}, { error: error.message });
    return new RequestValidationError([{ ...found, loc: ["body", error.position] }]);
  }
  return error;
}

function builtIn(error: unknown, exchange: Exchange, { settings, report }: Failing): Answer {
  try {
    if (error instanceof HTTPException) return fromException(error, settings.errorShape);
    if (error instanceof RequestValidationError) return validationAnswer(error, settings.errorShape);
  } catch (unwritable) {
    return unlisted(unwritable, exchange, settings.errorShape, report);
  }
  return unlisted(error, exchange, settings.errorShape, report);
}

function fromException(error: HTTPException, shape: ErrorShape): Answer {
  headerPairs(error.headers); // what could split a header never gets to an adapter
  if (error.status >= 200) return httpAnswer(error, shape);
  throw new ApusError(`APUS_STATUS: an HTTPException has the status ${error.status}, which ends no request.`);
}

function unlisted(error: unknown, exchange: Exchange, shape: ErrorShape, report: Reporter): Answer {
  exchange.failure = error;
  tell(report, error, exchange, exchange.requestId);
  return serverErrorAnswer(exchange.requestId, shape);
}

/** Tells of a failure; one that cannot be told goes to the console, so that nothing is lost and no request breaks. */
export function tell(report: Reporter, error: unknown, exchange: Exchange, requestId: string): void {
  try {
    report(error, { requestId, method: exchange.method, path: exchange.target?.path ?? exchange.incoming.target });
  } catch (failed) {
    console.error(`apus: the \`report\` option failed; request ${requestId}\n`, failed, error);
  }
}
