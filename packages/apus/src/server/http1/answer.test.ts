import { expect, it } from "vitest";
import { answerHead } from "./answer.ts";

it("is the status line and the headers, without what the connection says itself", () => {
  const headers = [
    "content-type",
    "text/plain",
    "content-length",
    "9",
    "connection",
    "close",
    "set-cookie",
    "a=1",
    "set-cookie",
    "b=2",
  ];
  expect(answerHead(404, headers)).toEqual({
    status: 404,
    text: "HTTP/1.1 404 Not Found\r\ncontent-type: text/plain\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n",
    ascii: true,
    closes: true,
    dated: false,
    shared: false,
    written: undefined,
  });
  expect(answerHead(200, ["x", "\xe4", "Date", "now"])).toMatchObject({ ascii: false, dated: true, closes: false });
});

it("says which protocol may follow, beside what the connection says itself", () => {
  const { text, closes } = answerHead(426, ["upgrade", "websocket", "connection", "Upgrade, Close"]);
  expect(text).toBe("HTTP/1.1 426 Upgrade Required\r\nupgrade: websocket\r\nConnection: upgrade\r\n");
  expect(closes).toBe(true);
});

it("is kept for lists that nobody can change, for one status", () => {
  const headers = Object.freeze(["x", "1"]);
  expect(answerHead(200, headers)).toBe(answerHead(200, headers));
  expect(answerHead(201, headers).text).toMatch(/^HTTP\/1\.1 201 Created\r\nx: 1\r\n$/);
  const changeable = ["x", "1"];
  const before = answerHead(200, changeable).text;
  changeable[1] = "2";
  expect(answerHead(200, changeable).text).not.toBe(before);
});

it.each([
  ["x", "a\r\nb: c"],
  ["x y", "a"],
  ["x", "\u0100"],
])("refuses %j: %j", (name, value) => {
  expect(() => answerHead(200, [name, value])).toThrow("APUS_HEADER");
});
