/** Errors as answers, in either wire shape. */
import type { Answer } from "../exchange/index.ts";
import { encode, jsonForm, jsonText } from "../schema/index.ts";
import { HTTPException } from "./http-exception.ts";
import { reasonPhrase } from "./reason.ts";
import type { ErrorShape } from "./types.ts";
import { RequestValidationError } from "./validation.ts";

const json = ["content-type", "application/json"] as const;
const problemJson = ["content-type", "application/problem+json"] as const;

/** Statuses that never carry a body (RFC 9110, section 15). */
export function forbidsBody(status: number): boolean {
  return status < 200 || status === 204 || status === 205 || status === 304;
}

function write(status: number, headers: readonly string[], type: readonly string[], body: unknown): Answer {
  if (forbidsBody(status)) return { status, headers, body: null };
  const typed = headers.some((name, i) => i % 2 === 0 && name === "content-type");
  return { status, headers: typed ? headers : [...headers, ...type], body: jsonText(encode(body)) };
}

/** The answer for an HTTPException. */
export function httpAnswer(error: HTTPException, shape: ErrorShape): Answer {
  const headers = Object.entries(error.headers).flatMap(([name, value]) => [name.toLowerCase(), value]);
  if (shape === "fastapi") return write(error.status, headers, json, { detail: error.detail });
  const title = reasonPhrase(error.status) || "Error";
  const detail =
    typeof error.detail === "string"
      ? error.detail === title
        ? {}
        : { detail: error.detail }
      : { errors: error.detail };
  return write(error.status, headers, problemJson, { type: "about:blank", title, status: error.status, ...detail });
}

/** A list of a million wrong items is told by its first problems: an answer must not be many times its request. */
const mostProblems = 1000;

/**
 * The answer for invalid inputs: 422 with every problem. A body too deep to be echoed is answered as unreadable (400),
 * and what JSON cannot say (NaN) is echoed as text.
 */
export function validationAnswer(error: RequestValidationError, shape: ErrorShape): Answer {
  try {
    const problems = error.problems
      .slice(0, mostProblems)
      .map((each) => ({ ...each, input: echo(jsonForm(each.input, "echo")) }));
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

/** What stands for an input in the answer; `encode` has seen to it that nothing is nested without end. */
function echo(input: unknown): unknown {
  if (input === undefined) return null;
  if (typeof input === "number" && !Number.isFinite(input)) return String(input);
  if (Array.isArray(input)) return input.map(echo);
  if (typeof input !== "object" || input === null) return input;
  return Object.fromEntries(Object.entries(input).map(([key, each]) => [key, echo(each)]));
}

/** What an unlisted error is answered with: no message, no stack, only the id under which it was logged. */
export function serverErrorAnswer(requestId: string, shape: ErrorShape): Answer {
  const headers = ["x-request-id", requestId];
  return shape === "fastapi"
    ? { status: 500, headers: [...headers, "content-type", "text/plain; charset=utf-8"], body: "Internal Server Error" }
    : write(500, headers, problemJson, { type: "about:blank", title: "Internal Server Error", status: 500 });
}
