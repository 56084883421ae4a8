// Shows that the bundle check finds node: modules, broken imports and bytes over the ceiling.
import { expect, test } from "vitest";
import { bundle, checkBundles } from "./check-bundle.mjs";
import { temporaryFolder } from "./temporary-folder.mjs";

test("a bundle leaves zod outside and has the size of the rest", async () => {
  const folder = temporaryFolder({
    "src/index.ts": `import { z } from "zod";\nexport const text: unknown = z.string();\n`,
  });
  const { failures, sizes } = await checkBundles(folder, { "src/index.ts": 200 });
  expect(failures).toEqual([]);
  expect(sizes).toEqual([
    expect.stringMatching(/^src\/index\.ts browser \d{2,3}\/200 B$/),
    expect.stringMatching(/^src\/index\.ts workerd \d{2,3}\/200 B$/),
  ]);
});

test.each([
  `import "node:fs";`,
  `import "fs";`,
  `export * from "node:fs/promises";`,
  `void import("node:fs").catch(() => {});`,
])("%s is found, however deep", async (line) => {
  const folder = temporaryFolder({ "src/index.ts": `import "./deep.ts";\n`, "src/deep.ts": `${line}\n` });
  const { failures } = await bundle(folder, "src/index.ts", "workerd");
  expect(failures).toEqual([
    expect.stringMatching(/^src\/deep\.ts brings "(node:)?fs(\/promises)?" into the workerd bundle\.$/),
  ]);
});

test("an import that cannot be resolved is a failure with its place", async () => {
  const folder = temporaryFolder({ "src/index.ts": `\nimport "not-installed";\n` });
  const { failures } = await bundle(folder, "src/index.ts", "browser");
  expect(failures).toEqual([expect.stringMatching(/^src\/index\.ts:2: Could not resolve "not-installed"/)]);
});

test("a byte over the ceiling is a failure", async () => {
  const folder = temporaryFolder({ "src/index.ts": `export const one = "1";\n` });
  const { bytes } = await bundle(folder, "src/index.ts", "browser");
  expect((await checkBundles(folder, { "src/index.ts": bytes })).failures).toEqual([]);
  const { failures } = await checkBundles(folder, { "src/index.ts": bytes - 1 });
  expect(failures).toHaveLength(2);
  expect(failures[0]).toContain(
    `is ${bytes} bytes minified and gzipped, the ceiling in scripts/rooms.mjs is ${bytes - 1}`,
  );
});
