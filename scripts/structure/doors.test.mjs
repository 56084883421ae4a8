// Shows that rule "door" fires where it should, and that the house the tests start from is right.
import { describe, expect, test } from "vitest";
import { check, house } from "./house.mjs";

test("a good house has no findings", () => {
  expect(check({})).toEqual([]);
  expect(check({}, { severity: "warning" })).toEqual([]);
});

describe("door", () => {
  test("a file of another room is reached past its door", () => {
    expect(
      check({
        "src/app/app.ts": `import { fail } from "../error/failure.ts";\nexport class App { failure = fail(); }\n`,
      }),
    ).toContainEqual(
      expect.stringMatching(/^house\/src\/app\/app\.ts:1 door: .*Import src\/error\/index\.ts instead\.$/),
    );
  });
  test("tests beside the source keep to the doors too", () => {
    const found = check({ "src/app/app.test.ts": `import { fail } from "../error/failure.ts";\nfail();\n` });
    expect(found).toEqual([expect.stringMatching(/^house\/src\/app\/app\.test\.ts:1 door: /)]);
  });
  test("a folder with an index.ts inside a room is entered by it", () => {
    const found = check({
      "src/app/index.ts": `export { App } from "./app.ts";\nexport { page } from "./pages/page.ts";\n`,
      "src/app/pages/index.ts": `export { page } from "./page.ts";\n`,
      "src/app/pages/page.ts": `export const page = "";\n`,
      "src/index.ts": `${house["src/index.ts"]}export { page } from "./app/index.ts";\n`,
    });
    expect(found).toContainEqual(
      expect.stringMatching(/^house\/src\/app\/index\.ts:2 door: .*src\/app\/pages\/index\.ts/),
    );
  });
  test("types reached by import() types and files loaded later count as well", () => {
    const found = check({
      "src/app/app.ts": `import { fail } from "../error/index.ts";
export class App { failure: import("../error/failure.ts").Failure = fail(); later = () => import("../error/failure.ts"); }
`,
    });
    expect(found.filter((text) => text.includes("app.ts:2 door"))).toHaveLength(2);
  });
  test("the package imports itself by name", () => {
    const found = check({
      "src/server/index.ts": `import { App } from "house";\nimport "node:http";\nexport const serve = () => new App();\n`,
    });
    expect(found).toEqual([expect.stringMatching(/^house\/src\/server\/index\.ts:1 door: the package imports itself/)]);
  });
  test("a scenario test imports a source file", () => {
    const found = check({ "test/house.test.ts": `import { App } from "../src/index.ts";\nnew App();\n` });
    expect(found).toEqual([expect.stringMatching(/^house\/test\/house\.test\.ts:1 door: .*from "house" instead/)]);
  });
  test("tests of the rooms, in test/rooms, use doors", () => {
    const through = (/** @type {string} */ path) => ({
      "test/rooms/error.test.ts": `import { fail } from "../../src/error/${path}";\nfail();\n`,
    });
    expect(check(through("index.ts"))).toEqual([]);
    expect(check(through("failure.ts"))).toEqual([
      expect.stringMatching(/^house\/test\/rooms\/error\.test\.ts:1 door: .*Import src\/error\/index\.ts instead/),
    ]);
  });
  test("fuzzing, in test/fuzz, reaches the parsers themselves", () => {
    const found = check({ "test/fuzz/error.ts": `import { fail } from "../../src/error/failure.ts";\nfail();\n` });
    expect(found).toEqual([]);
  });
  test("an import leads nowhere", () => {
    const found = check({ "src/app/index.ts": `export { App } from "./app.ts";\nimport "./gone.ts";\n` });
    expect(found).toEqual([expect.stringMatching(/^house\/src\/app\/index\.ts:2 door: "\.\/gone\.ts" is not a file/)]);
  });
  test("the package imports a test", () => {
    const found = check({
      "src/app/app.test.ts": `export const sample = 1;\n`,
      "src/app/index.ts": `export { App } from "./app.ts";\nimport "./app.test.ts";\n`,
    });
    expect(found).toEqual([expect.stringMatching(/^house\/src\/app\/index\.ts:2 door: .*is a test/)]);
  });
});
