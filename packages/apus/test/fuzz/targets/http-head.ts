/** The heads of requests against RFC 9112, sections 2 to 6, read line by line; and cut at every place, where they say the same later. */
import { readHead } from "../../../src/server/http1/head.ts";
import { RequestHead } from "../../../src/server/http1/request-head.ts";
import type { Bytes } from "../../../src/server/http1/transport.ts";
import type { Random } from "../random.ts";
import { holds, same, type Target } from "../target.ts";
import { headByRule, type Limits } from "./http-rules.ts";

interface Input {
  readonly text: string;
  /** What stands before it in the same bytes. */
  readonly before: number;
  readonly onlyHost: string;
}

type Found = RequestHead | number | undefined;

interface Told {
  readonly whole: Found;
  /** What was found of so many bytes. */
  readonly cut: readonly (readonly [length: number, found: Found])[];
}

export const limits: Limits = { maxHeaderSize: 300, maxHeadersCount: 8, maxTargetLength: 60 };

export const methods = ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PRI", "get", "M-SEARCH", "X!"]; // prettier-ignore
const requestTargets = ["/", "/a?b=c", "/%2e/\u00e9", "*", "a", "a:1", "http://a/b", "ftp://a", "a0://a", "HTTP://a?b", "http://u@a/", "http:///", "//a", "/a#b", "/\\", "https://[::1]:8/", `/${"x".repeat(59)}`, `/${"x".repeat(60)}`]; // prettier-ignore
const versions = ["HTTP/1.1", "HTTP/1.0", "HTTP/1.2", "HTTP/0.9", "HTTP/2.0", "http/1.1", "HTTP/1.10", "HTTP/01.1", "HTTP/1", "HTTP/1.1 ", ""]; // prettier-ignore
/** Header lines that decide where a request ends, and those that another server might read in another way. */
const lines: readonly string[] = [
  ["Content-Length: 3", "Content-Length: 0", "content-length:\t007 ", "Content-Length: 3, 3", "Content-Length: +3", "Content-Length: 0x3", "Content-Length: ", "Content-Length: 3\u00a0", "Content-Length: 999999999999999", "Content-Length: 1000000000000000", "Content-Length : 3", "Content-Length: 3 3", "Content_Length: 3"], // prettier-ignore
  ["Transfer-Encoding: chunked", "transfer-encoding:CHUNKED\t", "Transfer-Encoding: chunked, gzip", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: identity", "Transfer-Encoding: \u00a0chunked", "Transfer-Encoding: chunked\u00a0", "Transfer-Encoding: \u000bchunked", "Transfer-Encoding: x\u00a0chunked", "Transfer-Encoding:", "Transfer-Encoding: ,chunked", "Transfer-Encoding: chunked ,", 'Transfer-Encoding: "chunked"', "Transfer-Encoding: chunked;a=b", "Transfer-Encoding : chunked", "Transfer-Encoding\u00a0: chunked"], // prettier-ignore
  ["Connection: close", "Connection: keep-alive", "Connection: a , CLOSE", "Connection: xclose", "Connection: \u00a0close", "Connection: close\u00a0", "Connection: "], // prettier-ignore
  ["Expect: 100-continue", "expect: 100-CONTINUE", "Expect: a", "Expect:", "Expect: 100-continue, 100-continue", "Expect: 100-continue\u00a0"], // prettier-ignore
  ["Host: a", "Host: b", "Host:", "Host: a:80", "Host: [::1]:80", "Host: a b", "Host: a/b", "Host: u@a", "Host: a:b", "Host: \u00e9", "Host: [a", "Host: []", "Host: a,a"], // prettier-ignore
  ["X: y", "X:y", "X: \t y \t", "X:", ":", ": y", "X", " X: y", "\tX: y", " ", "X: \u00ff", "X: \u0000", "X: a\u007fb", "X: a\rb", "X: a\nb", "\u00e9: y", "__proto__: x", "X: y\r\n z"], // prettier-ignore
].flat();
export const tokens = ["\r\n", "\r", "\n", " ", "\t", ":", ",", "\0", "\u00a0", "\u000b", "\r\n\r\n", "\r\n ", "HTTP/1.1", "GET / HTTP/1.1\r\n", "chunked", "close", "Host: a\r\n", "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n"]; // prettier-ignore

/** Header lines, most of the time those of a request that is one. */
export function headerLines(random: Random): string[] {
  const found = random.list(4, () => random.pick(lines));
  if (!random.oneIn(12)) found.splice(random.int(found.length + 1), 0, "Host: a");
  if (random.oneIn(30)) found.push(...Array.from({ length: 7 }, (_, i) => `X-${i}: y`));
  if (random.oneIn(30)) found.push(`X: ${"y".repeat(random.int(300))}`);
  return found;
}

function input(random: Random): Input {
  const first = `${random.oneIn(3) ? random.pick(methods) : "GET"} ${random.oneIn(3) ? random.pick(requestTargets) : "/a"} ${random.oneIn(6) ? random.pick(versions) : "HTTP/1.1"}`; // prettier-ignore
  const whole = `${random.oneIn(6) ? random.pick(["\r\n", "\r\n\r\n", "\n", "\r", " ", "\r\n".repeat(32), "\r\n".repeat(33)]) : ""}${[first, ...headerLines(random), "", ""].join("\r\n")}${random.oneIn(2) ? "" : random.pick(["GET", "\r\n", "\n", "abc"])}`; // prettier-ignore
  const text = random.oneIn(3)
    ? random.mutated(whole, tokens)
    : random.oneIn(40)
      ? random.written([whole], tokens)
      : whole;
  return { text, before: random.oneIn(4) ? random.size(9) : 0, onlyHost: random.oneIn(8) ? "a" : "" };
}

/** What is long stands for heads that may be long. */
const wide: Limits = { maxHeaderSize: 2 ** 30, maxHeadersCount: 2 ** 30, maxTargetLength: 2 ** 30 };

function found(bytes: Bytes, from: number, to: number, onlyHost: string): Found {
  const allowsHost = onlyHost === "" ? undefined : (host: string): boolean => host === onlyHost;
  const head = readHead(bytes, from, to, { ...(bytes.length > 5000 ? wide : limits), allowsHost });
  return head === undefined || head instanceof RequestHead ? head : head.status;
}

/** Every place in a short text, some in a long one. */
export function cuts(length: number): number[] {
  const step = Math.max(1, Math.floor(length / (length > 5000 ? 5 : 200)));
  return Array.from({ length: Math.floor(length / step) }, (_, i) => i * step);
}

export const httpHead: Target<Input, Told> = {
  name: "http-head",
  cost: 2,
  make: input,
  read({ text, before, onlyHost }) {
    const bytes = Buffer.from("\r".repeat(before) + text, "latin1") as Bytes;
    return {
      whole: found(bytes, before, bytes.length, onlyHost),
      cut: cuts(text.length).map((length) => [length, found(bytes, before, before + length, onlyHost)]),
    };
  },
  judge({ text, before, onlyHost }, { whole, cut }) {
    const rule = headByRule(text, { ...limits, onlyHost: onlyHost === "" ? undefined : onlyHost });
    if (rule === undefined || !("method" in rule)) {
      holds(`a head is read that is none: ${rule && [...rule].join()}`, !(whole instanceof RequestHead));
      if (rule === undefined) same("what is not complete", whole, undefined);
      else holds(`it is refused with ${String(whole)}: ${[...rule].join()} by the rules`, typeof whole === "number" && rule.has(whole)); // prettier-ignore
    } else {
      holds(`a head is not read: ${String(whole)}`, whole instanceof RequestHead);
      const head = whole as RequestHead;
      const { method, target, minor, pairs, end, length, last, awaited } = rule; // prettier-ignore
      same("the line", [head.method, head.target, head.minor], [method, target, minor]);
      same("the headers", head.headers(), pairs.flat());
      for (const [name] of pairs) {
        const values = pairs.filter(([each]) => each === name).map(([, value]) => value);
        same("the lines of a name", head.headerLines(name), values);
        same("the first of them", head.header(name), values[0]);
      }
      same("the end", head.end - before, end);
      same("what it says", [head.length, head.last, head.awaited], [length, last, awaited]);
    }
    // However it is cut: nothing is said before it is known, and what is said stays.
    const kind = (each: Found): string => (each instanceof RequestHead ? `head to ${each.end}` : each === undefined ? "" : "refused"); // prettier-ignore
    let said = "";
    for (const [length, each] of [...cut, [text.length, whole] as const]) {
      holds(`of ${length} bytes it is ${kind(each)}, of fewer it was ${said}`, said === "" || said === kind(each)); // prettier-ignore
      if (each instanceof RequestHead) holds("a head ends before the bytes do", each.end <= before + length);
      said = kind(each);
    }
  },
  series: [
    (size) => ({ text: "\r\n".repeat(size / 2), before: 0, onlyHost: "" }),
    (size) => ({ text: `GET /${"a".repeat(size)}`, before: 0, onlyHost: "" }),
    (size) => ({ text: `GET / HTTP/1.1\r\n${"a:\r\n".repeat(size / 4)}\r\n`, before: 0, onlyHost: "" }),
    (size) => ({ text: `GET / HTTP/1.1\r\nTransfer-Encoding:${",".repeat(size)}\r\n\r\n`, before: 0, onlyHost: "" }),
    (size) => ({ text: `GET / HTTP/1.1\r\nHost: a\r\nConnection:${" ,\t".repeat(size / 3)}\r\n\r\n`, before: 0, onlyHost: "" }), // prettier-ignore
    (size) => ({ text: `GET / HTTP/1.1\r\nX:${" \t".repeat(size / 2)}y${" ".repeat(size / 2)}\r\n\r\n`, before: 0, onlyHost: "" }), // prettier-ignore
  ],
};
