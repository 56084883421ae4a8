/** From what a handler returned to the answer: checked, filtered, written. */
import { ApusError } from "../diagnostic/index.ts";
import { forbidsBody, ResponseValidationError } from "../error/index.ts";
import type { Answer, ResponseDraft } from "../exchange/index.ts";
import { answerOf, isAnswered } from "../response/index.ts";
import { encode, INVALID, jsonText, type Problem } from "../schema/index.ts";
import type { Plan } from "./plan.ts";

const json: readonly string[] = ["content-type", "application/json"];
const none: readonly string[] = [];

/** @throws ResponseValidationError for a value that `output` does not allow; EncodeError for one that JSON cannot say. */
export function finish(plan: Plan, returned: unknown, draft?: ResponseDraft): Answer {
  const { output, as } = plan.operation.options;
  const status = draft?.status === undefined ? (plan.operation.options.status ?? 200) : checkStatus(draft.status);
  if (isSpecial(returned)) {
    if (isAnswered(returned)) return answerOf(returned, status);
    if (Symbol.asyncIterator in returned) {
      throw new ApusError(
        `APUS_GENERATOR: ${plan.settings.label} returned an async iterator; return a Response with a stream instead.`,
      );
    }
  }
  if (as !== undefined) return drafted(answerOf(as(returned as never), status), draft);
  if (forbidsBody(status)) return drafted({ status, headers: none, body: null }, draft);
  const value = output === undefined ? encode(returned) : filtered(plan, returned);
  return drafted({ status, headers: json, body: jsonText(value) }, draft);
}

/** The headers that handlers and dependencies added come after the answer's own; repeated ones stay apart. */
function drafted(answer: Answer, draft: ResponseDraft | undefined): Answer {
  if (draft === undefined || draft.headers.pairs.length === 0) return answer;
  return { ...answer, headers: [...answer.headers, ...draft.headers.pairs] };
}

function checkStatus(status: number): number {
  if (Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw new ApusError(`APUS_STATUS: response.status is ${String(status)}; use an integer from 200 to 599.`);
}

/** Anything but plain data: only then is it worth asking what it is. */
function isSpecial(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== Object.prototype && prototype !== Array.prototype;
}

function filtered(plan: Plan, returned: unknown): unknown {
  const problems: Problem[] = [];
  const found = plan.write!(returned, problems);
  if (found === INVALID) throw new ResponseValidationError(plan.settings.label, problems);
  return found;
}
