import { expect, test } from "vitest";
import { AppScope } from "./app-scope.ts";
import { depends, type Declaration } from "./depends.ts";

test("close() waits for what a start opens meanwhile, and closes that too", async () => {
  const lines: string[] = [];
  const opens = (name: string): Declaration =>
    depends(
      async function* () {
        await new Promise(setImmediate);
        lines.push(`open ${name}`);
        yield name;
        lines.push(`close ${name}`);
      },
      { scope: "app", name },
    ) as unknown as Declaration;
  const scope = new AppScope((declaration) => declaration);
  const started = (async () => {
    for (const name of ["a", "b", "c"]) await scope.get(opens(name), name);
  })();
  await scope.close();
  expect(lines).toEqual(["open a", "open b", "open c", "close c", "close b", "close a"]);
  await started;
});
