import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeFailure, LoadFailure, placeOf } from "./load-failure.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "apus-failure-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

function errorWith(message: string, stack: string): Error {
  const error = new Error(message);
  error.stack = stack;
  return error;
}

describe("the place of an error", () => {
  test("thrown by the person's code: its innermost own frame", () => {
    const stack = [
      "Error: boom",
      "    at parse (node:internal/url:1:1)",
      "    at check (/app/node_modules/zod/index.js:9:9)",
      "    at Items.load (file:///app/items.ts:2:9)",
      "    at /app/main.ts:4:1",
    ].join("\n");
    expect(placeOf(errorWith("boom", stack))).toEqual({ file: "/app/items.ts", line: 2, column: 9 });
  });

  test("a frame of an asynchronous function", () => {
    const stack = "Error: boom\n    at async /app/main.ts:4:1";
    expect(placeOf(errorWith("boom", stack))).toEqual({ file: "/app/main.ts", line: 4, column: 1 });
  });

  test("the framework's own frames are passed over", () => {
    const own = new URL("../app/app.ts", import.meta.url).href;
    const stack = `Error: boom\n    at link (${own}:1:1)\n    at file:///app/main.ts:3:7`;
    expect(placeOf(errorWith("boom", stack))).toEqual({ file: "/app/main.ts", line: 3, column: 7 });
  });

  test("a syntax error as Node writes it", () => {
    const stack = "file:///app/main.ts:12\nexport const x = ;\n                 ^\n\nSyntaxError: Expression expected";
    expect(placeOf(errorWith("Expression expected", stack))).toEqual({
      file: "/app/main.ts",
      line: 12,
      column: 18,
    });
  });

  test("a syntax error as tsx writes it, whose columns start at 0", () => {
    const message = 'Transform failed with 1 error:\n/app/main.ts:1:25: ERROR: Unexpected ";"';
    expect(placeOf(errorWith(message, `TransformError: ${message}`))).toEqual({
      file: "/app/main.ts",
      line: 1,
      column: 26,
    });
  });

  test("a module that is not there: the line that imports it", () => {
    const importer = join(folder, "main.ts");
    writeFileSync(importer, 'import { App } from "apus";\n\nimport { x } from "./nope.ts";\n');
    const message = `Cannot find module '${join(folder, "nope.ts")}' imported from ${importer}`;
    expect(placeOf(errorWith(message, `Error: ${message}`))).toEqual({ file: importer, line: 3, column: undefined });
  });

  test("the cause tells when the error does not", () => {
    const cause = errorWith("inner", "Error: inner\n    at /app/main.ts:4:1");
    const outer = new Error("outer", { cause });
    outer.stack = "Error: outer\n    at node:internal/x:1:1";
    expect(placeOf(outer)).toEqual({ file: "/app/main.ts", line: 4, column: 1 });
  });

  test.each([["text"], [undefined], [errorWith("x", "Error: x\n    at node:internal/x:1:1")]])(
    "%o has none",
    (error) => {
      expect(placeOf(error)).toBeUndefined();
    },
  );
});

test("a real error is shown with its place first and without Node's frames", async () => {
  const file = join(folder, "throws.mjs");
  writeFileSync(file, 'function make() {\n  throw new TypeError("boom", { cause: new Error("deep") });\n}\nmake();\n');
  const error = await import(pathToFileURL(file).href).catch((thrown: unknown) => thrown);
  const lines = describeFailure(new LoadFailure("throws.mjs could not be loaded.", error), (path) =>
    path.replace(folder, "…"),
  ).split("\n");
  expect(lines.slice(0, 4)).toEqual([
    "throws.mjs could not be loaded.",
    "  at …/throws.mjs:2:9",
    "",
    "TypeError: boom",
  ]);
  expect(lines).toContainEqual("caused by Error: deep");
  expect(lines.filter((line) => line.includes("node:"))).toEqual([]);
});

test("of an error about a declaration only the person's frames are shown", () => {
  const error = errorWith(
    "APUS_PATH: …",
    [
      "ApusError: APUS_PATH: …",
      `    at link (${new URL("../plan/link.ts", import.meta.url).href}:1:1)`,
      "    at link (/app/node_modules/apus/dist/plan/link.js:1:1)",
      "    at Array.map (<anonymous>)",
      "    at file:///app/main.ts:3:7",
    ].join("\n"),
  );
  error.name = "ApusError";
  expect(describeFailure(new LoadFailure("main.ts could not be started.", error), String)).toBe(
    "main.ts could not be started.\n  at /app/main.ts:3:7\n\nApusError: APUS_PATH: …\n    at file:///app/main.ts:3:7",
  );
});

test("a thrown text is shown as it is", () => {
  expect(describeFailure(new LoadFailure("main.ts could not be loaded.", "text"), String)).toBe(
    "main.ts could not be loaded.\n\n'text'",
  );
});

test("a name that is not there yet is told with what most likely made it so", () => {
  const failure = new LoadFailure(
    "main.ts could not be loaded.",
    new ReferenceError("Cannot access 'app' before initialization"),
  );
  expect(describeFailure(failure, (file) => file)).toMatch(/two modules import each other/);
  const other = new LoadFailure("main.ts could not be loaded.", new ReferenceError("app is not defined"));
  expect(describeFailure(other, (file) => file)).not.toMatch(/import each other/);
});
