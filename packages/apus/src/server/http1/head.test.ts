import { describe, expect, it } from "vitest";
import { readHead, type HeadLimits } from "./head.ts";
import { RequestHead } from "./request-head.ts";
import type { Bytes } from "./transport.ts";

const limits: HeadLimits = { maxHeaderSize: 300, maxHeadersCount: 5, maxTargetLength: 50, allowsHost: undefined };

function read(text: string, changed: Partial<HeadLimits> = {}): ReturnType<typeof readHead> {
  const bytes = Buffer.from(text, "latin1") as Bytes;
  return readHead(bytes, 0, bytes.length, { ...limits, ...changed });
}

const statusOf = (text: string, changed?: Partial<HeadLimits>): unknown => {
  const found = read(text, changed);
  return found === undefined || found instanceof RequestHead ? found : found.status;
};

const get = "GET / HTTP/1.1\r\nHost: a\r\n";
const post = "POST / HTTP/1.1\r\nHost: a\r\n";
const chunked = "Transfer-Encoding: chunked\r\n";

describe("what is read", () => {
  it("is the line, the header lines as they are, and where they end", () => {
    const text = "PUT /a\\b/../%2e?q=%e4 HTTP/1.1\r\nHost: h:1\r\nX-A:  1 \t\r\nx-a:2\xff\r\nEmpty:\r\n\r\n";
    const head = read(`${text}GET`) as RequestHead;
    expect([head.method, head.target, head.minor, head.end]).toEqual(["PUT", "/a\\b/../%2e?q=%e4", 1, text.length]);
    expect([head.header("x-a"), head.headerLines("x-a"), head.header("empty"), head.header("x")]).toEqual([
      "1",
      ["1", "2\xff"],
      "",
      undefined,
    ]);
    expect(head.headers()).toEqual(["host", "h:1", "x-a", "1", "x-a", "2\xff", "empty", ""]);
    expect([head.length, head.last, head.awaited]).toEqual([0, false, false]);
  });

  it.each([
    ["Content-Length: 12\r\n", { length: 12 }],
    ["Content-Length: 0\r\n", { length: 0 }],
    [chunked, { length: -1 }],
    ["Transfer-Encoding:\tcHuNkEd \r\n", { length: -1 }],
    ["Connection: close\r\n", { last: true }],
    ["Connection: Upgrade, CLOSE\r\n", { last: true }],
    ["Connection: keep-alive\r\n", { last: false }],
    ["Expect: 100-Continue\r\nContent-Length: 1\r\n", { awaited: true, length: 1 }],
    ["Expect: 100-continue\r\n", { awaited: false }],
    ["Expect: 100-continue\r\nexpect: 100-continue\r\nContent-Length: 1\r\n", { awaited: true }],
    ["Connection: \xa0close\r\n", { last: false }],
    ["Connection: a ,\tclose\t\r\n", { last: true }],
  ])("%j says %j", (lines, said) => {
    expect(read(`${post}${lines}\r\n`)).toMatchObject(said);
  });

  it("needs no Host in HTTP/1.0, whose connections end, and may have empty lines before it", () => {
    expect(read(`${"\r\n".repeat(32)}GET / HTTP/1.0\r\n\r\n`)).toMatchObject({ target: "/", minor: 0, last: true });
  });
});

it.each(["*", "http://a/b", "HTTPS://[::1]:8?x", "ftp://A.b-c_d:80#", "http://%41!$&'()*+,;=~:/"])(
  "%s is a target",
  (target) => {
    expect(read(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`)).toMatchObject({ target });
  },
);

it("waits for the rest wherever a head is cut, and then reads the same", () => {
  const text = `\r\n${post}Content-Length: 3\r\nX: y z\r\n\r\n`;
  for (let end = 0; end < text.length; end++) expect([end, read(text.slice(0, end))]).toEqual([end, undefined]);
  expect(read(text)).toMatchObject({ length: 3, end: text.length });
});

it.each<[string, number]>([
  ["GET /\r\n\r\n", 400],
  ["GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400],
  [" GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400],
  ["G@T / HTTP/1.1\r\nHost: a\r\n\r\n", 400],
  ["GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400],
  ["GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n", 400],
  ["GET /\x7f HTTP/1.1\r\nHost: a\r\n\r\n", 400],
  ["GET / HTTP/1.2\r\nHost: a\r\n\r\n", 400],
  ["GET / HTTP/2.0\r\nHost: a\r\n\r\n", 400],
  ["GET / http/1.1\r\nHost: a\r\n\r\n", 400],
  ["GET / HTTP/1.1\nHost: a\n\n", 400],
  ["GET / HTTP/1.1\r\nHost: a\n\n", 400],
  [`${get}\n`, 400],
  [`${get}\rX: y\r\n\r\n`, 400],
  [`${get}X\r\n\r\n`, 400],
  [`${get}: x\r\n\r\n`, 400],
  [`${get}X : y\r\n\r\n`, 400],
  [`${get}X\xe4: y\r\n\r\n`, 400],
  [`${get}X: a\x00\r\n\r\n`, 400],
  [`${get}X: a\x0b\r\n\r\n`, 400],
  [`${get}X: a\rb\r\n\r\n`, 400],
  [`${get}X: a\r\n b\r\n\r\n`, 400],
  [`${get}Host: a\r\n\r\n`, 400],
  ...[
    "a",
    "a:80",
    "?",
    "**",
    "*/",
    "http:/a",
    "://a",
    "http://",
    "http:///a",
    "http://u@a/",
    "a+b://c",
    "http://a:b/",
    "http://[a",
    "http://[]",
    "http://[::1]x",
    "/\xe4",
    "1http://a/",
  ].map((target): [string, number] => [`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`, 400]),
  ["\r\n".repeat(33), 400],
  [`${"\r\n".repeat(33)}${get}\r\n`, 400],
  ["CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", 501],
  ["CONNECT / HTTP/1.0\r\n\r\n", 501],
  ["GET / HTTP/1.1\r\n\r\n", 400],
  [`${post}Content-Length: \r\n\r\n`, 400],
  [`${post}Content-Length: -1\r\n\r\n`, 400],
  [`${post}Content-Length: 1e1\r\n\r\n`, 400],
  [`${post}Content-Length: 1, 1\r\n\r\n`, 400],
  [`${post}Content-Length: 9007199254740993\r\n\r\n`, 400],
  [`${post}Content-Length: 1\r\nContent-Length: 1\r\n\r\n`, 400],
  [`${post}Content-Length: 1\r\n${chunked}\r\n`, 400],
  [`${post}${chunked}${chunked}\r\n`, 400],
  [`${post}Transfer-Encoding: chunked, gzip\r\n\r\n`, 400],
  [`${post}Transfer-Encoding: gzip, chunked\r\n\r\n`, 501],
  [`${post}Transfer-Encoding: identity\r\n\r\n`, 501],
  [`${post}Transfer-Encoding:\r\n\r\n`, 501],
  [`${post}Transfer-Encoding: \xa0chunked\r\n\r\n`, 501],
  [`${post}Transfer-Encoding: chunked\xa0\r\n\r\n`, 501],
  [`${post}Transfer-Encoding: chunked\x85\r\n\r\n`, 501],
  [`${post}Content-Length: \xa01\r\n\r\n`, 400],
  [`POST / HTTP/1.0\r\n${chunked}\r\n`, 400],
  [`${post}Expect: a\r\n\r\n`, 417],
  [`${post}Expect:\r\n\r\n`, 417],
  [`${post}Expect: a\r\nExpect: 100-continue\r\n\r\n`, 417],
  [`${post}Expect: 100-continue, a\r\n\r\n`, 417],
])("%j is refused with %i", (text, status) => {
  expect(statusOf(text)).toBe(status);
});

describe("limits", () => {
  const padded = (size: number): string => `${get}X: ${"y".repeat(size - get.length - 7)}\r\n\r\n`;

  it("are exact", () => {
    expect(read(padded(300))).toMatchObject({ end: 300 });
    expect(statusOf(padded(301))).toBe(431);
    const target = (size: number): string => get.replace("/ ", `/${"x".repeat(size - 1)} `);
    expect(read(`${target(50)}\r\n`)).toBeInstanceOf(RequestHead);
    expect(statusOf(`${target(51)}\r\n`)).toBe(414);
    expect(read(`${get}${"X: y\r\n".repeat(4)}\r\n`)).toBeInstanceOf(RequestHead);
    expect(statusOf(`${get}${"X: y\r\n".repeat(5)}\r\n`)).toBe(431);
  });

  it.each(["G".repeat(301), `GET /${"x".repeat(300)}`, `${get}X: ${"y".repeat(300)}`, `${get}${"X: y\r\n".repeat(5)}`])(
    "hold for what is not complete: %j",
    (text) => expect(statusOf(text)).toBe(431),
  );

  it("hold for names that the server does not answer to", () => {
    const allowsHost = (host: string): boolean => host === "a";
    expect(read(`${get}\r\n`, { allowsHost })).toBeInstanceOf(RequestHead);
    expect(statusOf("GET / HTTP/1.1\r\nHost: b\r\n\r\n", { allowsHost })).toBe(400);
  });
});
