/** The error room: errors that are answers, and how they look on the wire. */
export { httpAnswer, serverErrorAnswer, validationAnswer } from "./answer.ts";
export {
  httpError,
  HTTPException,
  type DetailedErrorClass,
  type ErrorClass,
  type PlainErrorClass,
} from "./http-exception.ts";
export { handlerFor, isErrorHandler, lastResort, onError, type ErrorHandler } from "./on-error.ts";
export { decode, DecodeError } from "./decode.ts";
export { defaultErrors, type DefaultErrors } from "./default-errors.ts";
export { reasonPhrase } from "./reason.ts";
export type { ErrorBody, ErrorShape, InShape, InvalidInput, ValidationError, WireError } from "./types.ts";
export { RequestValidationError, ResponseValidationError } from "./validation.ts";
