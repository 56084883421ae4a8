/** From what a handler returned to the answer: checked, filtered, written. */
import { ApusError } from "../diagnostic/index.ts";
import { forbidsBody, ResponseValidationError } from "../error/index.ts";
import type { Answer } from "../exchange/index.ts";
import { Reply } from "../response/index.ts";
import { encode, INVALID, jsonText, type Problem } from "../schema/index.ts";
import type { Plan } from "./plan.ts";

const json: readonly string[] = ["content-type", "application/json"];
const none: readonly string[] = [];

/** @throws ResponseValidationError for a value that `output` does not allow; EncodeError for one that JSON cannot say. */
export function finish(plan: Plan, returned: unknown): Answer {
  const { output, as, status = 200 } = plan.operation.options;
  if (isSpecial(returned)) {
    if (returned instanceof Reply) return fromReply(returned, status);
    if (returned instanceof Response) return fromResponse(returned);
    if (Symbol.asyncIterator in returned) {
      throw new ApusError(
        `APUS_GENERATOR: ${plan.settings.label} returned an async iterator; return a Response with a stream instead.`,
      );
    }
  }
  if (as !== undefined) return fromReply(as(returned as never), status);
  if (forbidsBody(status)) return { status, headers: none, body: null };
  const value = output === undefined ? encode(returned) : filtered(plan, returned);
  return { status, headers: json, body: jsonText(value) };
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

function fromReply(reply: Reply, status: number): Answer {
  const final = reply.status ?? status;
  if (!Number.isInteger(final) || final < 200 || final > 599) {
    throw new ApusError(`APUS_STATUS: a reply has the status ${String(final)}; use an integer from 200 to 599.`);
  }
  return { status: final, headers: withoutFraming(reply.headers), body: forbidsBody(final) ? null : reply.body };
}

/** How long a body is and how it is delimited only the adapter knows. */
const framing = new Set(["content-length", "transfer-encoding"]);

function withoutFraming(headers: readonly string[]): readonly string[] {
  for (let i = 0; i < headers.length; i += 2) {
    if (framing.has(headers[i]!)) return headers.filter((_, at) => !framing.has(headers[at - (at % 2)]!));
  }
  return headers;
}

function fromResponse(response: Response): Answer {
  if (response.bodyUsed || response.body?.locked === true || response.type === "error") {
    throw new ApusError(
      "APUS_RESPONSE: the Response was sent or read before, or is Response.error(); return a new one for each request.",
    );
  }
  const headers: string[] = [];
  for (const [name, value] of response.headers) {
    if (!framing.has(name) && name !== "set-cookie") headers.push(name, value);
  }
  for (const cookie of response.headers.getSetCookie()) headers.push("set-cookie", cookie);
  return { status: response.status, headers, body: response.body };
}
