import { mkdtempSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { FileMissingError } from "../../exchange/index.ts";
import { findDirectory, openFile } from "./node-file.ts";

function folder(): string {
  const found = mkdtempSync(join(tmpdir(), "apus-node-file-"));
  onTestFinished(() => rmSync(found, { recursive: true, force: true }));
  return found;
}

async function textOf(path: string, root: string): Promise<string> {
  const file = await openFile(path, root);
  try {
    return new TextDecoder().decode(await file.read(0, 100));
  } finally {
    await file.close();
  }
}

// Elsewhere Node cannot ask the machine where an open file is.
test.runIf(process.platform === "linux")(
  "a folder that becomes a link while a file in it is opened does not lead out",
  async () => {
    const top = folder();
    const [root, out, inside, link] = ["root", "out", "root/now", "link"].map((name) => join(top, name)) as [
      string,
      string,
      string,
      string,
    ];
    mkdirSync(inside, { recursive: true });
    mkdirSync(out);
    writeFileSync(join(inside, "a.txt"), "inside");
    writeFileSync(join(out, "a.txt"), "outside");
    const seen = new Set<string>();
    let given = 0;
    for (let i = 0; i < 150; i++) {
      const asked = Promise.all(
        Array.from({ length: 4 }, () =>
          textOf("now/a.txt", root).catch((error: unknown) =>
            error instanceof FileMissingError ? "missing" : Promise.reject(error),
          ),
        ),
      );
      // Somewhere between the look at where it lies and the moment it is opened.
      for (let turns = i % 8; turns > 0; turns--) await new Promise(setImmediate);
      renameSync(inside, join(top, "aside"));
      symlinkSync(out, link);
      renameSync(link, inside);
      for (const each of await asked) {
        seen.add(each);
        given++;
      }
      rmSync(inside);
      renameSync(join(top, "aside"), inside);
    }
    expect(given).toBe(600);
    expect([...seen]).not.toContain("outside");
    expect([...seen]).toContain("inside");
  },
);

test("why there is no file", async () => {
  const root = folder();
  mkdirSync(join(root, "folder"));
  symlinkSync("loop", join(root, "loop"));
  for (const [path, why] of [
    ["folder", "directory"],
    ["", "directory"],
    [".", "directory"],
    ["nowhere", undefined],
    ["loop", undefined],
    ["../x", undefined],
    ["x".repeat(300), "long name"],
  ] as const) {
    const found = await openFile(path, root).catch((error: unknown) => error);
    expect([path, found]).toEqual([path, expect.any(FileMissingError)]);
    expect([path, (found as FileMissingError).why]).toEqual([path, why]);
  }
});

test("where a directory is, or would be", async () => {
  const root = folder();
  writeFileSync(join(root, "file"), "");
  symlinkSync(root, join(root, "link"));
  expect(await findDirectory(join(root, "link"))).toEqual({ path: root, exists: true, file: false });
  expect(await findDirectory(join(root, "file"))).toEqual({ path: join(root, "file"), exists: false, file: true });
  expect(await findDirectory("no/such/directory")).toEqual({
    path: join(process.cwd(), "no/such/directory"),
    exists: false,
  });
});
