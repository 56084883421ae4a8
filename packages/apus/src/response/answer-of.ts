/** From what a handler, an error handler or a middleware returned to the answer that adapters send. */
import { ApusError, checkCopy } from "../diagnostic/index.ts";
import { checkedHeader, forbidsBody, type Answer, type Exchange } from "../exchange/index.ts";
import { DeferredReply } from "./deferred-reply.ts";
import { Reply } from "./reply.ts";

/**
 * Whether a value is an answer already, which no schema concerns.
 * @throws ApusError for a reply of another copy of the package, whose parts would be sent as JSON.
 */
export function isAnswered(value: unknown): value is Reply | Response {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof Reply || isResponse(value)) return true;
  checkCopy(value, "a reply");
  return false;
}

/** Every class of the web names itself; asked first, because Node loads all of its `fetch` when it hears of `Response`. */
function isResponse(value: object): value is Response {
  return Symbol.toStringTag in value && value instanceof Response;
}

/**
 * @param exchange The request that is answered.
 * @param status What a reply is answered with that says no status itself.
 * @returns A promise only for replies that have to wait for something: those with a file.
 * @throws ApusError for a status that no answer can have, for a Response that was read or sent before, and for a
 *   control character in a header: the web's Headers let it through, and adapters cannot send it.
 */
export function answerOf(value: Reply | Response, exchange: Exchange, status = 200): Answer | Promise<Answer> {
  return value instanceof Reply ? fromReply(value, exchange, status) : answerOfResponse(value);
}

function fromReply(reply: Reply, exchange: Exchange, status: number): Answer | Promise<Answer> {
  const final = reply.status ?? status;
  if (!Number.isInteger(final) || final < 200 || final > 599) {
    throw new ApusError(`APUS_STATUS: a reply has the status ${String(final)}; use an integer from 200 to 599.`);
  }
  if (reply instanceof DeferredReply) return reply.answer(exchange, final);
  return { status: final, headers: reply.headers, body: forbidsBody(final) ? null : reply.body };
}

/** @throws ApusError as `answerOf` does. */
export function answerOfResponse(response: Response): Answer {
  if (response.bodyUsed || response.body?.locked === true || response.type === "error") {
    throw new ApusError(
      "APUS_RESPONSE: the Response was sent or read before, or is Response.error(); return a new one for each request.",
    );
  }
  const headers: string[] = [];
  for (const [name, value] of response.headers) {
    if (name !== "set-cookie") headers.push(checkedHeader(name, value), value);
  }
  for (const cookie of response.headers.getSetCookie()) headers.push(checkedHeader("set-cookie", cookie), cookie);
  return { status: response.status, headers, body: response.body };
}
