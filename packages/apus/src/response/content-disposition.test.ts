// Names of files in a header: whatever they hold, they stay the value of one parameter. Starlette's answers are in test/files.
import { expect, test } from "vitest";
import { contentDisposition } from "./content-disposition.ts";

test.each([
  ["report.pdf", 'filename="report.pdf"'],
  ["", 'filename=""'],
  ['a"; filename="b.html', "filename*=utf-8''a%22%3B%20filename%3D%22b.html"],
  ["a\r\nset-cookie: b=c", "filename*=utf-8''aset-cookie%3A%20b%3Dc"],
  ["a\0b\u0085c\u007f", 'filename="abc"'],
  ["../../etc/passwd", 'filename=".._.._etc_passwd"'],
  ["C:\\Windows\\win.ini", "filename*=utf-8''C%3A_Windows_win.ini"],
  ["\ud800a", "filename*=utf-8''%EF%BF%BDa"],
  ["a\udc00", "filename*=utf-8''a%EF%BF%BD"],
  ["😀", "filename*=utf-8''%F0%9F%98%80"],
  ["(it's)*!", "filename*=utf-8''%28it%27s%29%2A%21"],
])("%j", (name, parameter) => {
  expect(contentDisposition("attachment", name)).toBe(`attachment; ${parameter}`);
});

test("without a name there is the type alone", () => {
  expect(contentDisposition("inline", undefined)).toBe("inline");
});
