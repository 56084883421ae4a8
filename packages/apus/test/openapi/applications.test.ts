// The documents of applications that people write: FastAPI's tutorials, the documentation's examples and the extractor.
import { readdirSync } from "node:fs";
import { App } from "apus";
import { afterAll, expect, test, vi } from "vitest";
import { violationsOf } from "./official.ts";

const root = new URL("../../../../", import.meta.url);

function modulesIn(folder: string): string[] {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/\.(test|setup)\.ts$/.test(name))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .toSorted();
}

// What the tutorial's applications read from their surroundings at the start.
vi.stubEnv("ADMIN_EMAIL", "admin@example.com");
afterAll(() => void vi.unstubAllEnvs());

const files = [...modulesIn("conformance/apps"), ...modulesIn("docs/examples"), "apps/extractor/src/app.ts"];
const found = await Promise.all(
  files.map(async (file) => {
    const module = (await import(new URL(file, root).href)) as Readonly<Record<string, unknown>>;
    return Object.entries(module).flatMap(([name, app]) => (app instanceof App ? [{ file, name, app }] : []));
  }),
);
const apps = found.flat();

test("there are applications of every folder", () => {
  const folders = new Set(apps.map(({ file }) => file.split("/").slice(0, -1).join("/")));
  for (const folder of ["conformance/apps/body", "docs/examples", "apps/extractor/src"]) {
    expect(folders).toContain(folder);
  }
  expect(apps.length).toBeGreaterThan(100);
});

test.each(apps.map(({ file, name, app }) => [`${file} (${name})`, app] as const))("%s", async (_, app) => {
  expect(await violationsOf(app.openapi())).toEqual([]);
});
