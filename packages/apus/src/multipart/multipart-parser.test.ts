/** What a multipart body is taken apart into, however it is cut: what is found may not depend on the network. */
import { describe, expect, test } from "vitest";
import { latin1Bytes, latin1Text } from "./charset.ts";
import { MultipartParser } from "./multipart-parser.ts";

/** Parts as `[headers, content]`, or the message of the error. */
function parsed(pieces: readonly Uint8Array[], boundary = "b", maxHeaderSize = 200): unknown {
  const parts: [string[], string][] = [];
  let open: [string[], string] | undefined;
  try {
    const parser = new MultipartParser(boundary, maxHeaderSize, {
      begin: (headers) => (open = [[...headers], ""]),
      content: (bytes) => (open![1] += latin1Text(bytes)),
      end: () => parts.push(open!),
    });
    for (const piece of pieces) parser.write(piece);
    parser.end();
    return parts;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The same whole, byte by byte, and cut at each place. */
function cuts(body: string): Uint8Array[][] {
  const bytes = latin1Bytes(body);
  const places = Array.from(bytes.keys()).slice(1);
  return [
    [bytes],
    Array.from(bytes, (byte) => Uint8Array.of(byte)),
    ...places.map((at) => [bytes.subarray(0, at), bytes.subarray(at)]),
  ];
}

const part = (content: string, headers = "A: 1"): string => `--b\r\n${headers}\r\n\r\n${content}\r\n`;
const one = (content: string): unknown => [[["a", "1"], content]];
const invalid = "There was an error parsing the body";

const bodies: readonly [what: string, body: string, parts: unknown][] = [
  ["a part", `${part("x")}--b--`, one("x")],
  ["an empty part", `${part("")}--b--`, one("")],
  ["no headers", "--b\r\n\r\nx\r\n--b--", [[[], "x"]]],
  [
    "several parts",
    `${part("x")}${part("yz")}--b--`,
    [
      [["a", "1"], "x"],
      [["a", "1"], "yz"],
    ],
  ],
  ["nothing", "", []],
  ["no part", "--b--", []],
  ["a line break alone", "\r\n", []],
  ["a line break in front", `\r\n\n${part("x")}--b--`, one("x")],
  ["a line break and text in front", `\r\nhello ${part("x")}--b--`, one("x")],
  ["text in front", `hello\r\n${part("x")}--b--`, invalid],
  ["what follows the end", `${part("x")}--b--\r\n${part("evil")}--b--`, one("x")],
  ["a line break at the end of the content", `${part("x\r\n")}--b--`, one("x\r\n")],
  ["what begins like a boundary", `${part("x\r\n--c\r\n--\r\n-\r\r\n")}--b--`, one("x\r\n--c\r\n--\r\n-\r\r\n")],
  [
    "a boundary with more behind it",
    `${part("x\r\n--bc\r\n--b-\r\n--b-x\r\n--b\rx")}--b--`,
    one("x\r\n--bc\r\n--b-\r\n--b-x\r\n--b\rx"),
  ],
  ["a boundary twice in a row", part("x\r\n--\r\n--b--"), one("x\r\n--")],
  ["a boundary within a line", `${part("x--b--")}--b--`, one("x--b--")],
  [
    "spaces behind a boundary",
    `${part("x")}--b \t \r\nA: 2\r\n\r\ny\r\n--b--`,
    [
      [["a", "1"], "x"],
      [["a", "2"], "y"],
    ],
  ],
  ["something else behind those spaces", `${part("x")}--b x\r\n`, invalid],
  ["no end", part("x"), invalid],
  ["no end of the part", "--b\r\nA: 1\r\n\r\nx", invalid],
  ["no end of the headers", "--b\r\nA: 1", invalid],
  ["half a last boundary", `${part("x")}--b-`, invalid],
  ["line feeds alone", "--b\nA: 1\n\nx\n--b--", invalid],
  ["a line feed in a header", "--b\r\nA: 1\nB: 2\r\n\r\nx\r\n--b--", invalid],
  ["a carriage return in a header", "--b\r\nA: 1\rB\r\n\r\nx\r\n--b--", invalid],
  ["a zero byte in a header", "--b\r\nA: \0\r\n\r\nx\r\n--b--", invalid],
  ["a folded header", "--b\r\nA: 1\r\n 2\r\n\r\nx\r\n--b--", invalid],
  ["a header without a colon", "--b\r\nA\r\n\r\nx\r\n--b--", invalid],
  ["a header without a name", "--b\r\n: 1\r\n\r\nx\r\n--b--", invalid],
  ["a space in the name of a header", "--b\r\nA : 1\r\n\r\nx\r\n--b--", invalid],
  [
    "8 headers",
    `--b\r\n${"A:1\r\n".repeat(8)}\r\nx\r\n--b--`,
    [[Array.from({ length: 16 }, (_, i) => "a1"[i % 2]), "x"]],
  ],
  ["9 headers", `--b\r\n${"A:1\r\n".repeat(9)}\r\nx\r\n--b--`, invalid],
  ["headers up to the limit", `--b\r\nA:${"x".repeat(194)}\r\n\r\n\r\n--b--`, [[["a", "x".repeat(194)], ""]]],
  ["headers beyond the limit", `--b\r\nA:${"x".repeat(195)}\r\n\r\n\r\n--b--`, invalid],
  ["another boundary", part("x").replaceAll("--b", "--c"), invalid],
];

describe("a body", () => {
  test.each(bodies)("%s", (_, body, parts) => {
    const found = new Set(cuts(body).map((pieces) => JSON.stringify(parsed(pieces))));
    expect([...found]).toEqual([JSON.stringify(parts)]);
  });
});

test("headers take the room that they need, however much they may", () => {
  const value = "x".repeat(3000);
  const body = `--b\r\nA: ${value}\r\nB: 2\r\n\r\nv\r\n--b--`;
  const size = `A: ${value}\r\nB: 2\r\n\r\n`.length;
  for (const most of [2 ** 50, size]) {
    for (const pieces of [[latin1Bytes(body)], Array.from(latin1Bytes(body), (byte) => Uint8Array.of(byte))]) {
      expect(parsed(pieces, "b", most)).toEqual([[["a", value, "b", "2"], "v"]]);
    }
  }
  expect(parsed([latin1Bytes(body)], "b", size - 1)).toBe(invalid);
});

test("a boundary of dashes", () => {
  const body = latin1Bytes("-----\r\nA: 1\r\n\r\n\r\n----\r\n------\r\n-------\r\n");
  expect(parsed([body], "---")).toEqual([[["a", "1"], "\r\n----\r\n------"]]);
});

test("a boundary that is empty, or too long", () => {
  expect(["", "b".repeat(256), "b".repeat(257)].map((boundary) => parsed([], boundary))).toEqual([
    invalid,
    [],
    invalid,
  ]);
});

test("ten times the content takes about ten times as long, whatever it is", () => {
  const time = (content: string): number => {
    const body = latin1Bytes(`--${"-".repeat(200)}\r\nA: 1\r\n\r\n${content}`);
    const runs = [1, 2, 3].map(() => {
      const start = performance.now();
      const parser = new MultipartParser("-".repeat(200), 200, { begin() {}, content() {}, end() {} });
      parser.write(body);
      return performance.now() - start;
    });
    return Math.min(...runs);
  };
  for (const piece of ["\r", "\r\n", `\r\n${"-".repeat(201)}`, "-", "\r\n--"]) {
    const size = 400_000;
    const few = time(piece.repeat(size / piece.length));
    const many = time(piece.repeat((size * 10) / piece.length));
    expect(many, JSON.stringify(piece.slice(0, 4))).toBeLessThan(few * 100 + 500);
  }
});
