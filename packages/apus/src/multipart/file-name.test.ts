/** What is left of the names that clients give. */
import { expect, test } from "vitest";
import { fileNameOf } from "./file-name.ts";

test.each([
  ["a.txt", "a.txt"],
  ["", ""],
  [".", ""],
  ["..", ""],
  ["...", ""],
  [". .", ""],
  ["../../etc/passwd", "passwd"],
  ["..\\..\\boot.ini", "boot.ini"],
  ["/etc/", ""],
  ["a/..", ""],
  ["C:\\dir\\a.txt", "a.txt"],
  ["C:a.txt", "a.txt"],
  ["C:D:..", ""],
  ["\0..\0", ""],
  ["a\0.txt\r\n", "a.txt"],
  ["a\u0085b", "ab"],
  ["invoice\u202Etxt.exe", "invoicetxt.exe"],
  ["日本 語.txt", "日本 語.txt"],
  [".gitignore", ".gitignore"],
  ["a:b.txt", "b.txt"],
  ["ab:c.txt", "ab:c.txt"],
])("%j is called %j", (said, name) => {
  expect(fileNameOf(said)).toBe(name);
});
