/** Errors as answers, in either wire shape. */
import { ApusError } from "../diagnostic/index.ts";
import { forbidsBody, type Answer } from "../exchange/index.ts";
import { headerPairs } from "../response/index.ts";
import { encode, jsonText } from "../schema/index.ts";
import { HTTPException } from "./http-exception.ts";
import { reasonPhrase } from "./reason.ts";
import { told } from "./told.ts";
import type { ErrorShape } from "./types.ts";
import { RequestValidationError } from "./validation.ts";

const json = ["content-type", "application/json"] as const;
const problemJson = ["content-type", "application/problem+json"] as const;

function write(status: number, headers: readonly string[], type: readonly string[], body: unknown): Answer {
  if (forbidsBody(status)) return { status, headers, body: null };
  const typed = headers.some((name, i) => i % 2 === 0 && name === "content-type");
  return { status, headers: typed ? headers : [...headers, ...type], body: jsonText(encode(body)) };
}

/**
 * The answer for an HTTPException.
 * @throws ApusError for a status below 200, which ends no request, and for what could split a header; EncodeError for a
 *   detail that JSON cannot say.
 */
export function httpAnswer(error: HTTPException, shape: ErrorShape): Answer {
  const { status, detail } = error;
  if (status < 200)
    throw new ApusError(`APUS_STATUS: an HTTPException has the status ${status}, which ends no request.`);
  const headers = headerPairs(error.headers);
  if (shape === "fastapi") return write(status, headers, json, { detail });
  const title = reasonPhrase(status) || "Error";
  const said = typeof detail !== "string" ? { errors: detail } : detail === title ? {} : { detail };
  return write(status, headers, problemJson, { type: "about:blank", title, status, ...said });
}

/**
 * The answer for invalid inputs: 422 with the problems. A body too deep to be echoed is answered as unreadable (400),
 * and what JSON cannot say (NaN) is echoed as text.
 */
export function validationAnswer(error: RequestValidationError, shape: ErrorShape): Answer {
  try {
    const problems = told(error.problems);
    if (shape === "fastapi") return write(422, [], json, { detail: problems });
    const count = error.problems.length;
    const detail = `${count} input${count === 1 ? " is" : "s are"} invalid`;
    return write(422, [], problemJson, {
      type: "about:blank",
      title: "Unprocessable Content",
      status: 422,
      detail,
      errors: problems,
    });
  } catch {
    return httpAnswer(new HTTPException(400, "There was an error parsing the body"), shape);
  }
}

/** What an unlisted error is answered with: no message, no stack, only the id under which it was logged. */
export function serverErrorAnswer(requestId: string, shape: ErrorShape): Answer {
  const headers = ["x-request-id", requestId];
  if (shape === "fastapi") {
    const text = [...headers, "content-type", "text/plain; charset=utf-8"];
    return { status: 500, headers: text, body: "Internal Server Error", unanswered: true };
  }
  const problem = { type: "about:blank", title: "Internal Server Error", status: 500 };
  return { ...write(500, headers, problemJson, problem), unanswered: true };
}
