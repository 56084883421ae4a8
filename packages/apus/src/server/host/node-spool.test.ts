import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { saveFile } from "./node-spool.ts";

async function* content(text: string): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(text));
}

test("what cannot be saved says what to do", async () => {
  const place = mkdtempSync(join(tmpdir(), "apus-save-test-"));
  onTestFinished(() => rmSync(place, { recursive: true }));
  const there = join(place, "there");
  writeFileSync(there, "old");
  await expect(saveFile(there, content("new"), false)).rejects.toMatchObject({
    code: "EEXIST",
    path: there,
    message: expect.stringMatching(/^EEXIST: .*; save\(path, \{ overwrite: true \}\) replaces it$/) as unknown,
  });
  for (const overwrite of [false, true]) {
    await expect(saveFile(join(place, "none", "x"), content("new"), overwrite)).rejects.toMatchObject({
      code: "ENOENT",
      message: expect.stringContaining(`; make the folder ${JSON.stringify(join(place, "none"))} first`) as unknown,
    });
  }
  expect(readFileSync(there, "utf8")).toBe("old");
});
