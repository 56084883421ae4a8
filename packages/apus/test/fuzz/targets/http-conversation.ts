/** A conversation on a connection, judged by the rules: which requests there are in its bytes, and what may be answered to them. */
import { holds, same } from "../target.ts";
import { chunksByRule, headByRule, type HeadByRule, type Limits, type Refused } from "./http-rules.ts";

/** A request as a handler saw it. */
export interface Seen {
  readonly method: string;
  readonly target: string;
  /** Name and value in turn. */
  readonly pairs: readonly string[];
  /** Of one that was read as a whole, in hexadecimal digits. */
  body: string | undefined;
}

interface Rules extends Limits {
  readonly maxRequestsPerSocket: number;
  readonly bodyLimit: number;
}

interface Requested {
  readonly head: HeadByRule;
  readonly content: string;
  /** Whether all of the body is there, not yet, or never will be. */
  readonly body: "complete" | "cut" | "broken";
  /** Whether nothing behind it is a request. */
  readonly last: boolean;
}

/** The requests in some bytes, and with what status the rest is refused; none where there is no rest. */
export function requestsByRule(
  text: string,
  rules: Omit<Rules, "bodyLimit">,
): { requests: Requested[]; rest: Refused | undefined } {
  const requests: Requested[] = [];
  if (text === "") return { requests, rest: new Set([408]) };
  for (let at = 0; at < text.length;) {
    const head = headByRule(text.slice(at), rules);
    // What is not complete when the time is up.
    if (head === undefined) return { requests, rest: new Set([408]) };
    if (!("method" in head)) {
      // In pieces, what stands behind the last line break is looked at with the next one, which may never come, or once
      // there is too much of it.
      const known = headByRule(text.slice(at, text.lastIndexOf("\n") + 1), rules);
      const also = [...(known === undefined ? [408] : []), ...(text.length - at > rules.maxHeaderSize ? [431] : [])];
      return { requests, rest: new Set([...head, ...also]) };
    }
    const begin = at + head.end;
    const last = head.last || requests.length + 1 === rules.maxRequestsPerSocket;
    const chunks = head.length < 0 ? chunksByRule(text.slice(begin)) : undefined;
    const content = chunks?.content ?? text.slice(begin, begin + head.length);
    const complete = chunks === undefined ? content.length === head.length : chunks.end !== undefined;
    const body = complete ? "complete" : chunks?.wrong === undefined ? "cut" : "broken";
    requests.push({ head, content, body, last });
    if (!complete) return { requests, rest: new Set([chunks?.wrong === undefined ? 408 : chunks.wrong === "malformed" ? 400 : 413]) }; // prettier-ignore
    if (last) return { requests, rest: undefined };
    at = begin + (chunks?.end ?? head.length);
  }
  return { requests, rest: undefined };
}

interface Response {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** Whether it is there as a whole. */
  readonly complete: boolean;
  readonly end: number;
}

/** One answer (RFC 9112, sections 4 and 6.3). */
function responseByRule(text: string, at: number, bodiless: boolean): Response {
  const end = text.indexOf("\r\n\r\n", at);
  holds(`no answer: ${JSON.stringify(text.slice(at, at + 60))}`, end >= 0);
  const [first = "", ...lines] = text.slice(at, end).split("\r\n");
  const status = Number(/^HTTP\/1\.1 ([1-5][0-9][0-9]) [A-Za-z ]+$/.exec(first)?.[1] ?? NaN);
  holds(`no status line: ${JSON.stringify(first)}`, status > 0);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [name = "", ...value] = line.split(": ");
    holds(`a header twice: ${line}`, !headers.has(name.toLowerCase()));
    headers.set(name.toLowerCase(), value.join(": "));
  }
  const from = end + 4;
  if (status === 100 || bodiless) return { status, headers, body: "", complete: true, end: from };
  if (headers.has("transfer-encoding")) {
    const { content, end: length, wrong } = chunksByRule(text.slice(from));
    same("the chunks of an answer", wrong, undefined);
    return { status, headers, body: content, complete: length !== undefined, end: length === undefined ? text.length : from + length }; // prettier-ignore
  }
  const length = headers.get("content-length");
  const size = length === undefined ? text.length - from : Number(length);
  return { status, headers, body: text.slice(from, from + size), complete: text.length - from >= size, end: Math.min(text.length, from + size) }; // prettier-ignore
}

/** What handlers do, by their path. */
const takesWhole = (target: string): boolean => /^\/(?:late-)?body/.test(target);
const takesPieces = (target: string): boolean => /^\/(?:stream|part)/.test(target);

/** @throws For what the rules do not say. */
export function judgeConversation(
  text: string,
  told: { readonly seen: readonly Seen[]; readonly output: string; readonly ended: boolean; readonly cut: boolean },
  rules: Rules,
): void {
  const { requests, rest } = requestsByRule(text, rules);
  const { seen, output } = told;
  holds("the connection ends", told.ended);
  holds(`${seen.length} requests of ${requests.length} are seen`, seen.length <= requests.length);
  for (const [i, { method, target, pairs, body }] of seen.entries()) {
    const { head, content, body: state } = requests[i]!;
    same("what is seen", [method, target, pairs], [head.method, head.target, head.pairs.flat()]);
    if (body !== undefined) same("the body", [state, body], ["complete", hex(content)]);
  }
  const cutOff = requests.some(({ head, body: state }) => head.target.startsWith("/stream") && state !== "complete");
  holds("a connection is cut whose answers are complete", !told.cut || cutOff);
  let at = 0;
  for (const [i, { head, content, body, last }] of requests.entries()) {
    const { target, method } = head;
    const reads = takesWhole(target);
    if (body !== "complete") return judgeUnfinished(requests[i]!, output, at, rest!, rules);
    holds(`request ${i} is not seen`, i < seen.length);
    let answer = responseByRule(output, at, method === "HEAD");
    if (answer.status === 100) {
      holds("the body is asked for that nobody reads", head.awaited && (reads || takesPieces(target)));
      at = answer.end;
      answer = responseByRule(output, at, method === "HEAD");
    }
    holds("an answer is not complete", answer.complete);
    const tooLarge = (reads || target.startsWith("/part")) && content.length > rules.bodyLimit;
    if (target.startsWith("/part") && tooLarge) holds("a status", [200, 413].includes(answer.status));
    else same("the status", answer.status, tooLarge ? 413 : 200);
    same("who is answered", answer.headers.get("x-target"), target);
    if (method !== "HEAD" && answer.status === 200) {
      if (reads) same("what was read", answer.body, hex(content));
      if (target.startsWith("/stream")) same("what is sent on", answer.body, hex(content));
    }
    at = answer.end;
    const closes = answer.headers.get("connection") === "close";
    const streams = target.startsWith("/stream") && head.minor === 0;
    // Of a body that nobody reads it depends on what has arrived.
    const mayClose = last || streams || (head.length !== 0 && (!reads || tooLarge));
    holds(`the connection ends after request ${i}`, !closes || mayClose);
    holds(`the connection does not end after request ${i}`, closes || !last);
    if (!closes) continue;
    same("how many are seen up to the end", seen.length, i + 1);
    return same("what follows the end", output.slice(at), "");
  }
  same("how many are seen", seen.length, requests.length);
  if (rest === undefined) return same("what follows the last answer", output.slice(at), "");
  judgeRefusal(output, at, rest);
}

/** What may be said to the last request, whose body is not complete. */
function judgeUnfinished(
  { head, content }: Requested,
  output: string,
  from: number,
  rest: Refused,
  { bodyLimit }: Rules,
): void {
  let at = from;
  let answer = responseByRule(output, at, true);
  if (answer.status === 100) {
    holds("the body is asked for that nobody reads", head.awaited && (takesWhole(head.target) || takesPieces(head.target))); // prettier-ignore
    at = answer.end;
    answer = responseByRule(output, at, true);
  }
  const refuses = answer.headers.get("x-target") === undefined;
  if (refuses) return judgeRefusal(output, at, rest);
  answer = responseByRule(output, at, head.method === "HEAD");
  const tooLarge = content.length > bodyLimit || head.length > bodyLimit;
  if (head.target.startsWith("/stream") && head.method !== "HEAD") {
    if (answer.headers.has("transfer-encoding")) holds("a stream that breaks looks complete", !answer.complete);
    return same("what follows a stream that breaks", output.slice(answer.end), "");
  }
  const allowed = [...(takesWhole(head.target) ? [] : [200]), ...(tooLarge ? [413] : [])];
  holds(`a body that is not complete is answered ${answer.status}`, allowed.includes(answer.status));
  if (answer.end < output.length) {
    holds("something follows the end", answer.headers.get("connection") !== "close");
    judgeRefusal(output, answer.end, rest);
  }
}

function judgeRefusal(output: string, at: number, statuses: Refused): void {
  const answer = responseByRule(output, at, false);
  holds(`it is refused with ${answer.status}: ${[...statuses].join()} by the rules`, statuses.has(answer.status));
  same("that the connection ends", answer.headers.get("connection"), "close");
  holds("a refusal is complete", answer.complete);
  same("what follows a refusal", output.slice(answer.end), "");
}

const hex = (text: string): string => Buffer.from(text, "latin1").toString("hex");
