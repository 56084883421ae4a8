/**
 * HTTP/1.1 by the letter of RFC 9112, slowly and with whole texts: what the targets hold our parsers against. Bytes are Latin-1
 * characters.
 */
import { isTokenByRule } from "../unicode.ts";

/** Whoever refuses says one of these. */
export type Refused = ReadonlySet<number>;

export interface HeadByRule {
  readonly method: string;
  readonly target: string;
  readonly minor: number;
  readonly pairs: readonly (readonly [name: string, value: string])[];
  /** Where what follows begins. */
  readonly end: number;
  /** How long the body is; -1 for chunks. */
  readonly length: number;
  readonly last: boolean;
  readonly awaited: boolean;
}

export interface Limits {
  readonly maxHeaderSize: number;
  readonly maxHeadersCount: number;
  readonly maxTargetLength: number;
  /** The one name that is answered to. */
  readonly onlyHost?: string | undefined;
}

const refused = (...statuses: number[]): Refused => new Set(statuses);

const between = (char: string, from: number, to: number): boolean =>
  char.charCodeAt(0) >= from && char.charCodeAt(0) <= to;
/** VCHAR and obs-text. */
const isVisible = (char: string): boolean => between(char, 0x21, 0x7e) || between(char, 0x80, 0xff);
const isBlank = (char: string): boolean => char === " " || char === "\t";
const isValueText = (text: string): boolean => [...text].every((char) => isVisible(char) || isBlank(char));
const isTargetText = (text: string): boolean => [...text].every((char) => between(char, 0x21, 0x7e));
const isTokenStart = (text: string): boolean => text === "" || isTokenByRule(text);

function stripped(text: string): string {
  const chars = [...text];
  while (chars.length > 0 && isBlank(chars[0]!)) chars.shift();
  while (chars.length > 0 && isBlank(chars.at(-1)!)) chars.pop();
  return chars.join("");
}

/** A list of RFC 9110, section 5.6.1. */
const elements = (text: string): string[] => text.split(",").map((each) => stripped(each).toLowerCase());

/** Whether a line that is not complete may still become a request line. */
function beginsRequestLine(line: string): boolean {
  const [method = "", target, version, ...more] = (line.endsWith("\r") ? line.slice(0, -1) : line).split(" ");
  if (more.length > 0) return false;
  if (target === undefined) return isTokenStart(method) && !line.endsWith("\r");
  if (version === undefined) return isTokenByRule(method) && isTargetText(target) && !line.endsWith("\r");
  if (!isTokenByRule(method) || target === "" || !isTargetText(target)) return false;
  const versions = ["HTTP/1.1", "HTTP/1.0"];
  return line.endsWith("\r") ? versions.includes(version) : versions.some((each) => each.startsWith(version));
}

/** Whether a line that is not complete may still become a header line, or the empty one. */
export function beginsHeaderLine(line: string): boolean {
  if (line === "" || line === "\r") return true;
  const ended = line.endsWith("\r");
  const [name = "", ...value] = (ended ? line.slice(0, -1) : line).split(":");
  if (value.length === 0) return isTokenByRule(name) && !ended;
  return isTokenByRule(name) && isValueText(value.join(":"));
}

export function headerLine(line: string): [name: string, value: string] | undefined {
  const [name = "", ...value] = line.split(":");
  if (value.length === 0 || !isTokenByRule(name) || !isValueText(value.join(":"))) return undefined;
  return [name.toLowerCase(), stripped(value.join(":"))];
}

/** @returns What there is, with what it may be refused, or undefined where it is not complete. */
export function headByRule(text: string, limits: Limits): HeadByRule | Refused | undefined {
  let begin = 0;
  while (text.startsWith("\r\n", begin)) begin += 2;
  if (begin > 64) return refused(400);
  const more = text.length > limits.maxHeaderSize ? refused(431) : undefined;
  const lines: string[] = [];
  let at = begin;
  for (let end = text.indexOf("\r\n", at); end >= 0; end = text.indexOf("\r\n", at)) {
    lines.push(text.slice(at, end));
    at = end + 2;
    if (lines.at(-1) === "") break;
  }
  const complete = lines.at(-1) === "";
  if (!complete && text.slice(at) === "\r" && lines.length === 0) return more;
  const [first, ...others] = lines;
  const request = first === undefined ? undefined : /^([^ ]+) ([^ ]+) HTTP\/1\.([01])$/.exec(first);
  if (first === undefined) return beginsRequestLine(text.slice(at)) ? more : refused(400);
  if (request === undefined || request === null) return refused(400);
  const [method, target, minor] = [request[1]!, request[2]!, Number(request[3])];
  if (!isTokenByRule(method) || !isTargetText(target)) return refused(400);
  const pairs = (complete ? others.slice(0, -1) : others).map(headerLine);
  const counted = pairs.slice(0, limits.maxHeadersCount + 1);
  if (counted.length > limits.maxHeadersCount && !counted.includes(undefined)) return refused(431);
  if (pairs.includes(undefined)) return refused(400);
  if (!complete) return beginsHeaderLine(text.slice(at)) ? more : refused(400);
  if (at > limits.maxHeaderSize) return refused(431);
  return meaning({ method, target, minor, pairs: pairs as [string, string][], end: at }, limits);
}

type Parts = Pick<HeadByRule, "method" | "target" | "minor" | "pairs" | "end">;

function meaning(head: Parts, limits: Limits): HeadByRule | Refused {
  const { method, target, minor, pairs } = head;
  const lines = (name: string): string[] => pairs.filter(([each]) => each === name).map(([, value]) => value);
  const [hosts, lengths, codings, expected] = [lines("host"), lines("content-length"), lines("transfer-encoding"), lines("expect")]; // prettier-ignore
  const wrong = new Set<number>();
  if (target.length > limits.maxTargetLength) wrong.add(414);
  if (method === "CONNECT") wrong.add(501);
  if (!isTarget(target)) wrong.add(400);
  const isChunked = codings.length === 1 && elements(codings[0]!).join() === "chunked";
  if (codings.length > 0 && (codings.length > 1 || lengths.length > 0 || minor === 0)) wrong.add(400);
  else if (codings.length > 0 && !isChunked) wrong.add(elements(codings[0]!).slice(0, -1).includes("chunked") ? 400 : 501); // prettier-ignore
  if (lengths.length > 1 || lengths.some((each) => !/^[0-9]{1,15}$/.test(each))) wrong.add(400);
  if (hosts.length > 1 || (hosts.length === 0 && minor === 1)) wrong.add(400);
  if (hosts.some((each) => limits.onlyHost !== undefined && each !== limits.onlyHost)) wrong.add(400);
  if (minor === 1 && expected.some((each) => each.toLowerCase() !== "100-continue")) wrong.add(417);
  if (wrong.size > 0) return wrong;
  const length = isChunked ? -1 : Number(lengths[0] ?? 0);
  const last = minor === 0 || lines("connection").some((each) => elements(each).includes("close"));
  return { ...head, length, last, awaited: minor === 1 && expected.length > 0 && length !== 0 };
}

function isTarget(target: string): boolean {
  if (target.startsWith("/") || target === "*") return true;
  const [scheme = "", ...rest] = target.split("://");
  if (rest.length === 0 || scheme === "") return false;
  if (![...scheme.toLowerCase()].every((char) => between(char, 0x61, 0x7a))) return false;
  const authority = rest.join("://").split("/")[0]!.split("?")[0]!.split("#")[0]!;
  return authority !== "" && isHost(authority);
}

/** `uri-host [ ":" port ]`, which may be empty; addresses in brackets by their characters alone. */
function isHost(text: string): boolean {
  const bracket = text.startsWith("[") ? text.indexOf("]") : -1;
  const colon = text.indexOf(":", bracket + 1);
  const [name, port] = colon < 0 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
  if (![...port].every((char) => between(char, 0x30, 0x39))) return false;
  const all = (part: string, signs: string): boolean => [...part.toLowerCase()].every((char) => signs.includes(char));
  if (!text.startsWith("[")) return all(name, "abcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=%");
  return bracket > 1 && name.length === bracket + 1 && all(name.slice(1, -1), "0123456789abcdef:.");
}

export interface BodyByRule {
  readonly content: string;
  /** Where what follows begins, once it is complete. */
  readonly end: number | undefined;
  readonly wrong: "malformed" | "extensions" | undefined;
}

/** Most bytes of extensions and trailers. */
const mostExtra = 16 * 1024;

/** Whether a trailer says where the request ends, which it cannot. */
const isFraming = (line: string): boolean =>
  line.includes(":") && ["content-length", "transfer-encoding"].includes(line.split(":")[0]!.toLowerCase());

/** `chunk-ext` without white space (RFC 9112, section 7.1.1), and what may become one. */
const token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]";
const text = "(?:[\\t !#-\\[\\]-~\\x80-\\xff]|\\\\[\\t -~\\x80-\\xff])*";
const one = `;${token}+(?:=(?:${token}+|"${text}"))?`;
const extensions = new RegExp(`^(?:${one})*$`);
const beginning = new RegExp(`^(?:${one})*(?:;|;${token}+=(?:"${text}\\\\?)?)?$`);
const isExtensions = (said: string): boolean => extensions.test(said);

/** As much of it as may begin extensions. */
function longestBeginning(said: string): string {
  let [fits, length] = [0, said.length];
  while (fits < length) {
    const half = Math.ceil((fits + length) / 2);
    if (beginning.test(said.slice(0, half))) fits = half;
    else length = half - 1;
  }
  return said.slice(0, fits);
}

/** A body in chunks. */
export function chunksByRule(text: string): BodyByRule {
  let content = "";
  let [at, extra] = [0, 0];
  const incomplete = (): BodyByRule => ({ content, end: undefined, wrong: undefined });
  const wrong = (what: "malformed" | "extensions" = "malformed"): BodyByRule => ({ content, end: undefined, wrong: what }); // prettier-ignore
  for (;;) {
    const [digits = ""] = /^[0-9a-fA-F]*/.exec(text.slice(at))!;
    const rest = text.slice(at + digits.length);
    if (digits.length > 12) return wrong();
    if (rest === "") return incomplete();
    if (digits === "") return wrong();
    const [said = ""] = /^(?:;[^\r]*)?/.exec(rest)!;
    const extension = longestBeginning(said);
    extra += Math.max(0, extension.length - 1);
    if (extra > mostExtra) return wrong("extensions");
    if (extension !== said) return wrong();
    const lineEnd = rest.slice(extension.length);
    if (lineEnd === "") return incomplete();
    if (!isExtensions(extension)) return wrong();
    if (lineEnd === "\r") return incomplete();
    if (!lineEnd.startsWith("\r\n")) return wrong();
    at += digits.length + extension.length + 2;
    const size = Number.parseInt(digits, 16);
    if (size === 0) break;
    const data = text.slice(at, at + size);
    content += data;
    at += data.length;
    if (data.length < size || text.length === at || text.slice(at) === "\r") return incomplete();
    if (!text.startsWith("\r\n", at)) return wrong();
    at += 2;
  }
  for (;;) {
    const end = text.indexOf("\r\n", at);
    const line = end < 0 ? text.slice(at) : text.slice(at, end);
    if (end === at) return { content, end: at + 2, wrong: undefined };
    if (end < 0) {
      const room = mostExtra - extra;
      const fits = beginsHeaderLine(line) && line.length <= room && !isFraming(line);
      return fits ? incomplete() : wrong();
    }
    extra += line.length + 2;
    if (headerLine(line) === undefined || isFraming(line) || extra > mostExtra) return wrong();
    at = end + 2;
  }
}
