// Whole documents beside FastAPI 0.141's of the same declarations. `fastapi-documents.json` holds descriptions of apps, made at
// random and chosen for what their documents have in them, with what FastAPI said: derived titles left out (D01), schemes
// that are all required in one object (D08), models that contain themselves listed once (D23).
import { readFileSync } from "node:fs";
import type { OpenApiDocument } from "apus";
import { expect, test } from "vitest";
import { describedApp, type Description } from "./described-app.ts";
import { violationsOf } from "./official.ts";

interface Recorded {
  readonly described: Description;
  readonly document: OpenApiDocument;
}
const recorded = JSON.parse(
  readFileSync(new URL("../rooms/fastapi-documents.json", import.meta.url), "utf8"),
) as Recorded[];

const cases = recorded.map(({ described, document }) => {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method} ${path}`),
  );
  return [operations.join(", ") || "no operation", described, document] as const;
});

test.each(cases)("%s", async (_, described, document) => {
  const made = describedApp(described).openapi();
  expect(JSON.parse(JSON.stringify(made))).toStrictEqual(document);
  expect(await violationsOf(made)).toEqual([]);
});
