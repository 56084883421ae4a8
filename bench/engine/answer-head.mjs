// The head of an answer as text. Most answers share a list of headers that is frozen, so the last head of each status is kept,
// with its date, and only what ends it is written anew.
import { STATUS_CODES } from "node:http";
import { withoutFraming } from "../../packages/apus/dist/exchange/index.js";

const name = /^[!#$%&'*+\-.^_`|~\w]+$/;
const value = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;
// eslint-disable-next-line no-control-regex
const ascii = /^[\u0000-\u007f]*$/;

let date = "";
let forget;

/** The `Date` line of this second. */
function dateLine() {
  if (date === "") {
    const now = new Date();
    date = `date: ${now.toUTCString()}\r\n`;
    forget = setTimeout(() => (date = ""), 1000 - now.getMilliseconds());
    forget.unref();
  }
  return date;
}

const kept = [];

/**
 * @param {number} status
 * @param {readonly string[]} headers of the answer
 * @returns {{ text: string, ascii: boolean, closes: boolean }} all lines but those of the framing
 * @throws {TypeError} for a header that would not stay one line
 */
export function answerHead(status, headers) {
  const last = kept[status];
  if (last !== undefined && last.headers === headers && last.date === date && date !== "") return last;
  const pairs = withoutFraming(headers);
  let text = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n`;
  let dated = false;
  let closes = false;
  for (let i = 0; i < pairs.length; i += 2) {
    if (!name.test(pairs[i]) || !value.test(pairs[i + 1]))
      throw new TypeError(`"${pairs[i]}" is no header of an answer`);
    const key = pairs[i].toLowerCase();
    if (key === "date") dated = true;
    if (key === "connection") {
      closes ||= pairs[i + 1].toLowerCase().includes("close");
      continue;
    }
    text += `${pairs[i]}: ${pairs[i + 1]}\r\n`;
  }
  if (!dated) text += dateLine();
  const made = { headers, date, text, ascii: ascii.test(text), closes };
  if (Object.isFrozen(headers)) kept[status] = made;
  return made;
}
