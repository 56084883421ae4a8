/** From an error to its answer. What nobody listed is reported under an id and answered without details. */
import { attempt, onward, type May } from "../around/index.ts";
import { ApusError, checkCopy } from "../diagnostic/index.ts";
import {
  handlerFor,
  httpAnswer,
  HTTPException,
  lastResort,
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
  FileMissingError,
  InterruptedError,
  JsonLimitError,
  JsonSyntaxError,
  type Answer,
  type Exchange,
} from "../exchange/index.ts";
import { answerOf, isAnswered } from "../response/index.ts";
import { problem } from "../schema/index.ts";
import type { Reporter } from "./plan.ts";
import { socketMethod } from "./socket-method.ts";

/** The client left before the answer was made; nobody reads the answer, but what was open is rolled back. */
export class ClientGoneError extends Error {
  override readonly name = "ClientGoneError";
}

const gone: Answer = { status: 499, headers: [], body: null };

/** What answers errors: the shape of the built-in answers, the handlers around, innermost first, and who is told. */
interface Failing {
  readonly settings: {
    readonly errorShape: ErrorShape;
    readonly errorHandlers: readonly (readonly ErrorHandler[])[];
  };
  readonly report: Reporter;
}

/** Never throws: an error that cannot be written as an answer, and a reporter that fails, are a 500 as well. */
export function failure(thrown: unknown, exchange: Exchange, failing: Failing): May<Answer> {
  const error = askable(thrown);
  if (error instanceof ClientGoneError) return gone;
  exchange.errorShape = failing.settings.errorShape;
  return listed(asAnswerable(error), exchange, failing, true);
}

/** What was thrown, or an error in its place where it cannot even be asked what it is: a proxy that was revoked. */
export function askable(thrown: unknown): unknown {
  try {
    void (thrown instanceof Error);
    return thrown;
  } catch (cause) {
    return new Error("What was thrown cannot be asked what it is", { cause });
  }
}

/** @param again Whether what the handler throws may have a handler too, as in FastAPI; that one's error has none. */
function listed(error: unknown, exchange: Exchange, failing: Failing, again: boolean): May<Answer> {
  const handle = handlerFor(error, failing.settings.errorHandlers);
  if (handle !== undefined) {
    return answered(
      () => handle(error as never, exchange.request),
      exchange,
      (next) => {
        const thrown = askable(next);
        return again ? listed(asAnswerable(thrown), exchange, failing, false) : unlisted(thrown, exchange, failing);
      },
    );
  }
  try {
    if (error instanceof HTTPException) return httpAnswer(error, exchange.errorShape);
    if (error instanceof RequestValidationError) return validationAnswer(error, exchange.errorShape);
    if (error instanceof Error) checkCopy(error, () => `the error that was thrown (${error.name})`);
  } catch (unwritable) {
    return unlisted(unwritable, exchange, failing);
  }
  return unlisted(error, exchange, failing);
}

/** Reports an error; `onError(Error, …)` may answer it, and what is left is a 500 without details. */
function unlisted(error: unknown, exchange: Exchange, { settings, report }: Failing): May<Answer> {
  const reported = (failed: unknown): void => {
    exchange.course.failure = failed ?? new Error(`${String(failed)} was thrown`);
    tell(report, failed, exchange);
  };
  reported(error);
  const plain = (): Answer => serverErrorAnswer(exchange.course.requestId, exchange.errorShape);
  const handle = lastResort(settings.errorHandlers);
  if (handle === undefined) return plain();
  return answered(
    () => handle(error as never, exchange.request),
    exchange,
    (again) => {
      reported(askable(again));
      return plain();
    },
  );
}

/** Asks an error handler. */
function answered(ask: () => unknown, exchange: Exchange, rescue: (error: unknown) => May<Answer>): May<Answer> {
  return attempt(() => onward(ask(), (returned) => settle(returned, exchange)), rescue);
}

function settle(returned: unknown, exchange: Exchange): May<Answer> {
  if (isAnswered(returned)) return answerOf(returned, exchange);
  throw new ApusError(
    "APUS_ON_ERROR: an error handler returned no answer; return a reply such as json(…), or a Response.",
  );
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
  if (error instanceof FileMissingError) return new HTTPException(404);
  if (error instanceof InterruptedError) return new HTTPException(503);
  if (error instanceof BodyReadError || error instanceof JsonLimitError) {
    return new HTTPException(400, "There was an error parsing the body");
  }
  if (error instanceof JsonSyntaxError) {
    const found = problem("json_invalid", "JSON decode error", {}, { error: error.message });
    return new RequestValidationError([{ ...found, loc: ["body", error.position] }]);
  }
  return error;
}

/**
 * Tells of what came when the answer had begun. What would have been an answer has come too late to be one, and nothing else
 * says so: the client has a stream that breaks off.
 */
export function tellLate(report: Reporter, thrown: unknown, exchange: Exchange): void {
  const error = askable(thrown);
  const isAnswer = error instanceof HTTPException || error instanceof RequestValidationError;
  if (!isAnswer) return tell(report, error, exchange);
  const late = new ApusError(
    `APUS_LATE_ANSWER: ${error.name} (${error instanceof HTTPException ? error.status : 422}) was thrown when the answer had begun, so it could not be the answer; throw it before the stream begins: in a dependency, or in a function that then returns the generator.`,
    { cause: error },
  );
  tell(report, late, exchange);
}

/** Tells of a failure; one that cannot be told goes to the console, so that nothing is lost and no request breaks. */
export function tell(report: Reporter, error: unknown, exchange: Exchange): void {
  const { requestId, handshake } = exchange.course;
  const { target, incoming, method: asked } = exchange.whole;
  const method = handshake === undefined ? asked : socketMethod;
  try {
    report(error, { requestId, method, path: target?.path ?? incoming.target });
  } catch (failed) {
    console.error(`apus: the \`report\` option failed; request ${requestId}\n`, failed, error);
  }
}
