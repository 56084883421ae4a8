import { expect, test } from "vitest";
import { isMisread, isOtherCase } from "./file-name.ts";

test.each([
  "c:/windows/win.ini",
  "c:secret.txt",
  "notes.txt::$DATA",
  "con",
  "CON",
  "nul.txt",
  "aux.tar.gz",
  "assets/com1",
  "LPT¹.log",
  "conin$",
  "prn .txt",
  "secret.txt.",
  "secret.txt ",
  "folder./file.txt",
  "folder /file.txt",
  "SECRET~1.TXT",
  "HTACCE~1",
])("Windows reads %j as something else", (path) => expect(isMisread(path)).toBe(true));

test.each([
  "index.html",
  "assets/app.js",
  "console.js",
  "comma.txt",
  "com10.js",
  "auxiliary/x",
  "a b.txt",
  "~user/x",
  "a~b",
])("%j is what it says", (path) => expect(isMisread(path)).toBe(false));

test.each([
  ["/srv/Secret.txt", "/srv/secret.txt", "darwin", true],
  ["C:\\srv\\SECRET.txt", "C:\\srv\\secret.txt", "win32", true],
  ["/srv/Secret.txt", "/srv/secret.txt", "linux", false],
  ["/srv/secret.txt", "/srv/secret.txt", "darwin", false],
  ["/srv/link.txt", "/srv/other.txt", "darwin", false],
])("%s, which is %s on %s, is in another case: %s", (found, real, platform, expected) => {
  expect(isOtherCase(found, real, platform)).toBe(expected);
});
