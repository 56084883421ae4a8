// The size of a bundle, of files whose contents are known.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { bundles } from "./bundle.mjs";

test("what is imported later, and zod, are told apart from what is loaded at once", async () => {
  const here = fileURLToPath(new URL(".", import.meta.url));
  mkdirSync(join(here, ".tmp"), { recursive: true });
  const folder = mkdtempSync(join(here, ".tmp/bundle-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const text = (letter) => `export const text = "${letter.repeat(5000)}";`;
  writeFileSync(join(folder, "now.mjs"), text("a"));
  writeFileSync(join(folder, "later.mjs"), text("b"));
  writeFileSync(
    join(folder, "entry.mjs"),
    `import { z } from "zod"; import { text } from "./now.mjs"; console.log(text, z.string());
     if (process.env.MORE) console.log((await import("./later.mjs")).text);`,
  );
  const [{ name, start, all, withoutZod }] = await bundles([
    { name: "one", file: relative(here, join(folder, "entry.mjs")) },
  ]);
  expect(name).toBe("one");
  expect(withoutZod.minified).toBeGreaterThan(5000);
  expect(withoutZod.minified).toBeLessThan(6000);
  expect(withoutZod.gzip).toBeLessThan(1000);
  expect(start.minified).toBeGreaterThan(withoutZod.minified + 10_000);
  expect(all.minified - start.minified).toBeGreaterThan(5000);
});
