// Shows that rules "name", "length" and "any" fire where they should.
import { describe, expect, test } from "vitest";
import { check, house } from "./house.mjs";

describe("files", () => {
  test("a name that says nothing", () => {
    const found = check({
      "src/app/utils.ts": `export const one = 1;\n`,
      "src/app/index.ts": `export { App } from "./app.ts";\nimport { one } from "./utils.ts";\nvoid one;\n`,
    });
    expect(found).toEqual([expect.stringMatching(/^house\/src\/app\/utils\.ts:1 name: "utils"/)]);
    expect(check({ "test/helpers/start.ts": `export const start = 1;\n` })).toEqual([
      expect.stringMatching(/^house\/test\/helpers\/start\.ts:1 name: "helpers"/),
    ]);
  });
  test("compiler output among the source", () => {
    expect(check({ "src/app/app.d.ts": `export declare class App {}\n`, "src/app/app.js": "" })).toEqual([
      expect.stringMatching(/src\/app\/app\.d\.ts:1 generated: /),
      expect.stringMatching(/src\/app\/app\.js:1 generated: /),
    ]);
  });
  test("too many lines", () => {
    const app = (/** @type {number} */ lines) => ({
      "src/app/app.ts": `${house["src/app/app.ts"]}${"void 0;\n".repeat(lines - 2)}`,
    });
    expect(check(app(30))).toEqual([]);
    expect(check(app(20), { severity: "warning" })).toEqual([]);
    expect(check(app(21), { severity: "warning" })).toEqual([expect.stringContaining("app.ts:21 length: 21 lines")]);
    expect(check(app(31))).toEqual([expect.stringContaining("app.ts:31 length: 31 lines")]);
  });
  test("`any` over the budget, and a budget that is not needed any more", () => {
    const loose = { "src/app/app.ts": `${house["src/app/app.ts"]}const loose: any = "any";\nvoid loose;\n` };
    expect(check(loose)).toEqual([
      expect.stringMatching(
        /^house\/src\/app\/app\.ts:3 any: `any` stands 1 times, the budget is 0: src\/app\/app\.ts:3/,
      ),
    ]);
    expect(check(loose, { any: 1 })).toEqual([]);
    expect(check({}, { any: 1 })).toEqual([expect.stringContaining("lower it to 0")]);
  });
});
