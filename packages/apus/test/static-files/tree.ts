/** A tree of files for tests: directories to serve, what lies beside them, and links in and out. */
import { lutimesSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { folderWith, modified } from "../files/folder.ts";

const files: Readonly<Record<string, string>> = {
  "dist/index.html": "<h1>index</h1>",
  "dist/assets/app.js": "console.log(1)",
  "dist/about/index.html": "about",
  "dist/about/page.html": "page",
  "dist/sample.txt": "0123456789abcdef",
  "dist/with space/a b.txt": "space",
  "dist/é/ü.txt": "uni",
  "dist/.env": "SECRET",
  "dist/.git/config": "[core]",
  "dist/.well-known/security.txt": "contact",
  "dist/deep/er/est/index.html": "deepindex",
  "dist/what?.txt": "q",
  "dist/ha#sh.txt": "h",
  "dist/100%.txt": "pct",
  "dist/%2e%2e.txt": "enc",
  "dist/zero.bin": "",
  "dist/LICENSE": "noext",
  "dist/a;b.txt": "semi",
  "dist/UPPER.TXT": "upper",
  "dist2/index.html": "dist2index",
  "dist2/404.html": "nope",
  "dist2/sub/file.txt": "sub",
  "dist3/only.txt": "only",
  "distx/sibling.txt": "sibling",
  "out/secret.txt": "outside",
  "out/index.html": "idx",
};

const links: Readonly<Record<string, string>> = {
  "dist/link-in.txt": "sample.txt",
  "dist/link-out.txt": "../out/secret.txt",
  "dist/dir-in": "about",
  "dist/dir-out": "../out",
  "dist/dangling": "nowhere",
  "dist/loop": "loop",
  "dist/passwd": "/etc/passwd",
};

/** @returns Where the tree is; it is removed after the test. All in it was changed at `modified`. */
export function tree(): string {
  const root = folderWith(files);
  for (const name of ["dist/empty", "dist2/noindex"]) mkdirSync(join(root, name));
  for (const [name, target] of Object.entries(links)) {
    symlinkSync(target, join(root, name));
    lutimesSync(join(root, name), modified, modified);
  }
  return root;
}
