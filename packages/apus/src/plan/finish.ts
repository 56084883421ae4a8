/** From what a handler returned to the answer: checked, filtered, written. */
import { ApusError } from "../diagnostic/index.ts";
import { ResponseValidationError } from "../error/index.ts";
import { forbidsBody, type Answer, type ResponseDraft } from "../exchange/index.ts";
import { answerOf, isAnswered, Reply } from "../response/index.ts";
import { encode, INVALID, jsonText, type Problem } from "../schema/index.ts";
import type { Plan } from "./plan.ts";

const json: readonly string[] = ["content-type", "application/json"];

/** @throws ResponseValidationError for a value that `output` does not allow; EncodeError for one that JSON cannot say. */
export function finish(plan: Plan, returned: unknown, draft?: ResponseDraft): Answer {
  const { output, as } = plan.operation.options;
  const declared = plan.operation.options.status;
  if (isSpecial(returned)) {
    if (isAnswered(returned)) return answerOf(returned, declared);
    if (returned instanceof Error) {
      throw new ApusError(
        `APUS_RETURNED: ${plan.settings.label} returned the error ${returned.name}; throw it, and it is answered as what it is.`,
        { cause: returned },
      );
    }
    if (Symbol.asyncIterator in returned) {
      throw new ApusError(
        `APUS_GENERATOR: ${plan.settings.label} returned an async iterator; return a Response with a stream instead.`,
      );
    }
  }
  const said = draft?.status === undefined ? declared : checkStatus(draft.status);
  const status = said ?? 200;
  if (as !== undefined) return drafted(answerOf(withStatus(as(returned as never), said)), draft);
  if (forbidsBody(status)) return drafted({ status, headers: json, body: null }, draft);
  const value = output === undefined ? encode(returned) : filtered(plan, returned);
  return drafted({ status, headers: json, body: jsonText(value) }, draft);
}

/** A status that the operation or the `response` dependency says is stronger than the kind's own. */
function withStatus(reply: Reply, said: number | undefined): Reply {
  return said === undefined ? reply : new Reply(said, reply.headers, reply.body);
}

/**
 * The headers that handlers and dependencies added come after the answer's own; repeated ones stay apart. There is one
 * Content-Type: of two, one reader would believe the first and another the last.
 */
export function drafted(answer: Answer, draft: ResponseDraft | undefined): Answer {
  if (draft === undefined || draft.headers.pairs.length === 0) return answer;
  const own = draft.headers.has("content-type") ? withoutType(answer.headers) : answer.headers;
  return { ...answer, headers: [...own, ...draft.headers.pairs] };
}

function withoutType(pairs: readonly string[]): string[] {
  return pairs.filter((_, i) => pairs[i - (i % 2)] !== "content-type");
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
