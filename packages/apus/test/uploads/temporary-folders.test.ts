// The folder of temporary files, where it cannot be made and where somebody takes it away.
import { readdirSync, rmdirSync } from "node:fs";
import { expect, test } from "vitest";
import { program } from "../program.ts";

test("a folder that cannot be made is tried again; one that was taken away is replaced once; all go at the end", async () => {
  const run = program(new URL("temporary-folders.ts", import.meta.url));
  const [text] = await run.printed(/^\{.*\}$/m);
  const { place, ...found } = JSON.parse(text) as { place: string };
  expect(await run.ended).toBe(0);
  expect(found).toEqual({ full: [500, 500, 200], folders: [200, 1, 200, 1, 200, 1], more: 0 });
  expect(readdirSync(place)).toEqual([]);
  rmdirSync(place);
});
