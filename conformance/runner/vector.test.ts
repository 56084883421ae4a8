import { expect, test } from "vitest";
import { applicationFile, isMeant, readRecordings } from "./load.ts";
import { parseVector } from "./vector.ts";

const here = new URL("..", import.meta.url).pathname;
const recordings = readRecordings(`${here}/vectors`);

test("all recorded vectors are in the format, each with an application of its own", () => {
  expect(recordings.length).toBeGreaterThan(100);
  const places = recordings.map(({ folder, module }) => `${folder}/${module}`);
  expect(new Set(places).size).toBe(places.length);
});

test.each([
  ["body__tutorial001_py310.json", "body", "tutorial001"],
  ["body_fields__tutorial001_an_py310.json", "body_fields", "tutorial001"],
  ["path_params__tutorial003b_py310.json", "path_params", "tutorial003b"],
  ["dataclasses___tutorial001_py310.json", "dataclasses_", "tutorial001"],
  ["bigger_applications__app_an_py310__main.json", "bigger_applications", "app/main"],
  ["app_testing__app_b_an_py310__main.json", "app_testing", "app_b/main"],
])("the application of %s is %s/%s", (name, folder, module) => {
  expect(recordings.find((recording) => recording.name === name)).toMatchObject({ folder, module });
});

test("a recording is meant by its folder, its module or its file, and by no other name", () => {
  const recording = recordings.find(({ name }) => name === "body__tutorial001_py310.json");
  if (recording === undefined) throw new Error("the recording is missing");
  const words = [
    "body",
    "body/tutorial001",
    "apps/body/tutorial001.ts",
    "body__tutorial001_py310",
    "body__tutorial001_py310.json",
  ];
  for (const word of words) expect(isMeant(recording, [word])).toBe(true);
  for (const word of ["body/tutorial002", "bod", "body_fields", ""]) expect(isMeant(recording, [word])).toBe(false);
  expect(isMeant(recording, [])).toBe(true);
  expect(applicationFile(recording, `${here}/apps`)).toMatch(/apps\/body\/tutorial001\.ts$/);
  expect(applicationFile({ ...recording, module: "nobody" }, `${here}/apps`)).toBeUndefined();
});

const step = { request: { method: "GET", path: "/" }, expect: { status: 200 } };
const vectorWith = (one: object) => ({ app: "docs_src/x/y.py", cases: [{ name: "x", test: "x", steps: [one] }] });

test.each([
  { ...step, request: { ...step.request, trailers: {} } },
  { ...step, expect: { status: 200, status_text: "OK" } },
  { ...step, client: { http2: true } },
  { ...step, wait: 3 },
  { ...step, expect: { json_at: [{ path: [], matches: "x" }] } },
])("a step with an unknown key is refused: %j", (unknown) => {
  expect(() => parseVector(vectorWith(unknown), "x.json")).toThrow(/x\.json is not in the format/);
  expect(parseVector(vectorWith(step), "x.json").cases).toHaveLength(1);
});
