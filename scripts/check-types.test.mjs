// Shows that the type check finds every project and that both compilers really compile.
import { describe, expect, test } from "vitest";
import { checkTypes, compilers, findProjects } from "./check-types.mjs";
import { temporaryFolder } from "./temporary-folder.mjs";

const config = JSON.stringify({
  compilerOptions: { strict: true, noEmit: true, types: [], lib: ["ES5"] },
  include: ["*.ts"],
});
const repository = {
  "package.json": JSON.stringify({ workspaces: ["packages/*", "conformance"] }),
  "packages/one/tsconfig.json": config,
  "packages/one/one.ts": `export const one: number = 1;\n`,
  "packages/one/test/types/tsconfig.react.json": config,
  "packages/one/test/types/types.ts": `export const two: number = 2;\n`,
  "packages/two/index.mjs": "",
  "conformance/tsconfig.json": config,
  "conformance/run.ts": `export const three: number = 3;\n`,
};

test("finds the projects of workspaces and of type tests", () => {
  expect(findProjects(temporaryFolder(repository))).toEqual({
    projects: [
      "packages/one/tsconfig.json",
      "packages/one/test/types/tsconfig.react.json",
      "conformance/tsconfig.json",
    ],
    missing: [],
  });
});

test("a workspace with TypeScript but without tsconfig.json is a failure", async () => {
  const folder = temporaryFolder({ ...repository, "packages/two/src/two.ts": "" });
  expect(findProjects(folder).missing).toEqual(["packages/two"]);
});

describe.each(compilers)("$name", (compiler) => {
  test("compiles what is right", async () => {
    const result = await checkTypes(temporaryFolder(repository), compiler);
    expect(result).toEqual({
      failures: [],
      projects: 3,
      version: expect.stringMatching(new RegExp(`^Version ${compiler.major}\\.`)),
    });
  });
  test("finds the wrong type in every project", async () => {
    const wrong = `export const wrong: number = "";\n`;
    const folder = temporaryFolder({
      ...repository,
      "packages/one/one.ts": wrong,
      "packages/one/test/types/types.ts": wrong,
      "conformance/run.ts": wrong,
    });
    expect((await checkTypes(folder, compiler)).failures).toEqual([
      expect.stringMatching(/^packages\/one\/tsconfig\.json:\n.*one\.ts\(1,14\): error TS2322/),
      expect.stringMatching(/^packages\/one\/test\/types\/tsconfig\.react\.json:\n.*types\.ts\(1,14\): error TS2322/),
      expect.stringMatching(/^conformance\/tsconfig\.json:\n.*run\.ts\(1,14\): error TS2322/),
    ]);
  });
  test("refuses to be another version", async () => {
    const nothing = temporaryFolder({ "package.json": "{}" });
    const { failures } = await checkTypes(nothing, { ...compiler, major: 5 });
    expect(failures).toEqual([expect.stringContaining("expected TypeScript 5: run npm ci")]);
  });
});
