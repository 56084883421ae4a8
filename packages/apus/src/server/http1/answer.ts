/** The lines of an answer before its body. */
import { reasonPhrase } from "../../error/index.ts";
import { checkedHeader, withoutFraming } from "../../exchange/index.ts";
import { isAscii } from "../ascii.ts";

/** The status line and the headers of an answer: without its length, its coding, and what is said of the connection. */
export interface AnswerHead {
  readonly status: number;
  readonly text: string;
  /** Whether it is ASCII; what is beyond goes out as Latin-1, which the body is not. */
  readonly ascii: boolean;
  /** Whether the answer says that the connection ends with it. */
  readonly closes: boolean;
  /** Whether the answer has a date of its own. */
  readonly dated: boolean;
  /** Whether other answers have it, too. */
  readonly shared: boolean;
  /** Of one that is shared: how long the last answer was, how its lines ended, and all of them. */
  written: { readonly size: number | undefined; readonly end: string; readonly text: string } | undefined;
}

/** Those of lists that are frozen: operations share them. */
const kept = new WeakMap<readonly string[], AnswerHead>();
/** The one that was asked for last: nearly always the same again. */
let last: { readonly headers: readonly string[]; readonly head: AnswerHead } | undefined;

/** @throws ApusError for what no header can be. */
export function answerHead(status: number, headers: readonly string[]): AnswerHead {
  if (last !== undefined && last.headers === headers && last.head.status === status) return last.head;
  const known = kept.get(headers);
  if (known !== undefined && known.status === status) {
    last = { headers, head: known };
    return known;
  }
  let text = `HTTP/1.1 ${status} ${reasonPhrase(status)}\r\n`;
  let dated = false;
  let closes = false;
  let ascii = true;
  const pairs = withoutFraming(headers);
  for (let i = 0; i < pairs.length; i += 2) {
    const value = pairs[i + 1]!;
    const name = checkedHeader(pairs[i]!, value);
    ascii &&= isAscii(value);
    if (name === "connection") {
      const options = optionsOf(value);
      closes ||= options.includes("close");
      if (options.includes("upgrade")) text += "Connection: upgrade\r\n";
    } else if (name !== "keep-alive") {
      if (name === "date") dated = true;
      text += `${pairs[i]!}: ${value}\r\n`;
    }
  }
  const shared = Object.isFrozen(headers);
  const head = { status, text, ascii, closes, dated, shared, written: undefined };
  if (shared) kept.set(headers, head);
  return head;
}

/** What a Connection header lists (RFC 9110, section 7.6.1). */
function optionsOf(connection: string): readonly string[] {
  return connection
    .toLowerCase()
    .split(",")
    .map((each) => each.trim());
}
