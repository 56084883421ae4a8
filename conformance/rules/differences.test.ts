import { existsSync, readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { rules } from "./index.ts";

const root = new URL("../../", import.meta.url);
const text = readFileSync(new URL("docs/fastapi-differences.md", root), "utf8");
const sections = text
  .split(/^## /m)
  .slice(1)
  .map((section) => ({
    id: section.split("\n", 1)[0] ?? "",
    text: section,
    file: /^Checked by `(conformance\/rules\/[\w-]+\.ts)`\.$/m.exec(section)?.[1],
  }));

test("the document lists at most 25 rules, numbered in order", () => {
  expect(sections.length).toBeGreaterThan(0);
  expect(sections.length).toBeLessThanOrEqual(25);
  sections.forEach((section, index) => {
    expect(section.id).toMatch(new RegExp(`^D${String(index + 1).padStart(2, "0")}-[a-z]+(-[a-z]+)*$`));
  });
});

test.each(sections)("$id says what Apus answers, why, and how it is checked", (section) => {
  expect(section.text).toContain("**Apus** ");
  expect(section.text).toContain("**Why:** ");
  expect(section.file !== undefined || section.text.includes("No recorded answer is transformed")).toBe(true);
});

test("the rules in code are those that the document says are checked by code", () => {
  const checked = sections.filter((section) => section.file !== undefined);
  expect(rules.map((rule) => rule.id).sort()).toEqual(checked.map((section) => section.id).sort());
});

test("each file of a rule exists, holds that rule's id, and is named by one section", () => {
  const files = sections.flatMap((section) => section.file ?? []);
  for (const { id, file } of sections) {
    if (file === undefined) continue;
    expect(existsSync(new URL(file, root))).toBe(true);
    expect(readFileSync(new URL(file, root), "utf8")).toContain(`id: "${id}"`);
  }
  const other = ["rule.ts", "index.ts"];
  const written = readdirSync(new URL(".", import.meta.url))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !other.includes(name))
    .map((name) => `conformance/rules/${name}`);
  expect(written.sort()).toEqual(files.sort());
});
