/** From what a handler returned to the answer: checked, filtered, written. */
import { ApusError } from "../diagnostic/index.ts";
import { forbidsBody, type Answer, type Exchange, type ResponseDraft } from "../exchange/index.ts";
import { answerOf, DeferredReply, isAnswered, isSource, Reply, streams } from "../response/index.ts";
import { encode, jsonText } from "../schema/index.ts";
import { itemsOf, notStreamed } from "./items.ts";
import type { Plan } from "./plan.ts";
import { writtenText } from "./written.ts";

/** One for all, so that an adapter can keep what it makes of it. */
const json: readonly string[] = Object.freeze(["content-type", "application/json"]);

/**
 * @returns A promise only for replies that have to wait for something.
 * @throws ResponseValidationError for a value that `output` does not allow; EncodeError for one that JSON cannot say.
 */
export function finish(
  plan: Plan,
  exchange: Exchange,
  returned: unknown,
  draft?: ResponseDraft,
): Answer | Promise<Answer> {
  const { output, as } = plan.operation.options;
  const declared = plan.operation.options.status;
  if (isSpecial(returned)) {
    if (isAnswered(returned)) return answerOf(returned, exchange, declared);
    if (returned instanceof Error) {
      throw new ApusError(
        `APUS_RETURNED: ${plan.settings.label} returned the error ${returned.name}; throw it, and it is answered as what it is.`,
        { cause: returned },
      );
    }
    if (plan.items === undefined && Symbol.asyncIterator in returned && (as === undefined || !streams(as))) {
      throw new ApusError(
        `APUS_GENERATOR: ${plan.settings.label} returned an async iterator without saying what it streams; declare \`output: events()\`, \`output: jsonLines()\` or \`as: stream({ type })\`.`,
      );
    }
  }
  const said = draft?.status === undefined ? declared : checkStatus(draft.status);
  const status = said ?? 200;
  if (as !== undefined) {
    if (streams(as)) checkPieces(plan, returned);
    return answerOf(completed(as(returned as never), said, draft), exchange);
  }
  if (plan.items !== undefined) return drafted(itemsOf(plan, plan.items, exchange, returned, status), draft);
  if (forbidsBody(status)) return drafted({ status, headers: json, body: null }, draft);
  const body = output === undefined ? jsonText(encode(returned)) : writtenText(plan, returned);
  return drafted({ status, headers: json, body }, draft);
}

/** @throws ApusError for what a stream cannot be made of, in the words of the operation. */
function checkPieces(plan: Plan, returned: unknown): void {
  if (typeof returned === "string" || returned instanceof Uint8Array || isSource(returned)) return;
  throw notStreamed(plan, "text or bytes");
}

/** What was added to the reply of a kind. A status that the operation or the draft says is stronger than the kind's own. */
function completed(reply: Reply, said: number | undefined, draft: ResponseDraft | undefined): Reply {
  const headers = joined(reply.headers, draft);
  if (said === undefined && headers === reply.headers) return reply;
  const status = said ?? reply.status;
  return reply instanceof DeferredReply ? reply.with(status, headers) : new Reply(status, headers, reply.body);
}

export function drafted(answer: Answer, draft: ResponseDraft | undefined): Answer {
  const headers = joined(answer.headers, draft);
  return headers === answer.headers ? answer : { ...answer, headers };
}

/**
 * The headers that handlers and dependencies added come after the answer's own; repeated ones stay apart. There is one
 * Content-Type: of two, one reader would believe the first and another the last.
 */
function joined(own: readonly string[], draft: ResponseDraft | undefined): readonly string[] {
  if (draft === undefined || draft.headers.pairs.length === 0) return own;
  return [...(draft.headers.has("content-type") ? withoutType(own) : own), ...draft.headers.pairs];
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
