// Every row of the table has a test, and every test a row: a demand that loses its last test is noticed.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rows } from "./rows.ts";

/** The rows named in the titles of a file's tests, as they stand in its text: `test("row 14: …"`, `.each(…)("row 14: …"`. */
function rowsOf(text: string): number[] {
  return [...text.matchAll(/\(\s*["'`]row (\d+): /g)].map((found) => Number(found[1]));
}

const folder = new URL("./", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".test.ts") && name !== "rows.test.ts");
const tested = new Map(files.map((name) => [name, rowsOf(readFileSync(new URL(name, folder), "utf8"))]));

test.each(Object.entries(rows))("%s has a test: %s", (row) => {
  expect([...tested.values()].flat()).toContain(Number(row));
});

test.each([...tested])("every title in %s names a row of the table", (name, found) => {
  const text = readFileSync(new URL(name, folder), "utf8");
  // `test(` with whatever stands behind it: `.each`, `.skipIf(…)`, `.runIf(…)`.
  const declared = [...text.matchAll(/^ *test(?:\.\w+(?:<[^;]*?>)?)?\(/gm)].length;
  expect(found).toHaveLength(declared);
  for (const row of found) expect(rows).toHaveProperty(String(row));
});
