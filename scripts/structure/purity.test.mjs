// Shows that rule "purity" fires where it should and is not misled by names that look like Node's.
import { describe, expect, test } from "vitest";
import { check, house, rooms } from "./house.mjs";

/** @typedef {import("../rooms.mjs").Room} Room */

describe("purity", () => {
  const app = (/** @type {string} */ body) => ({ "src/app/app.ts": `${house["src/app/app.ts"]}${body}\n` });
  test.each([
    [`import "node:fs";`, `may not import "node:fs"`],
    [`import "fs";`, `may not import "fs"`],
    [`void import("node:fs");`, `may not import "node:fs"`],
    [`import "citty";`, "may not import the package citty"],
    [`void process.env["HOME"];`, "Node's global process"],
    [`void globalThis.process;`, "Node's global process"],
    [`void Buffer.from("");`, "Node's global Buffer"],
    [`let bytes: Buffer | undefined; void bytes;`, "Node's global Buffer"],
    [`void __dirname;`, "Node's global __dirname"],
    [`void require("x");`, "Node's global require"],
    [`setImmediate(() => {});`, "Node's global setImmediate"],
    [`void { process };`, "Node's global process"],
  ])("a core room: %s", (line, message) => {
    expect(check(app(line))).toEqual([expect.stringMatching(/^house\/src\/app\/app\.ts:3 purity: /)]);
    expect(check(app(line))).toEqual([expect.stringContaining(message)]);
  });
  test.each([
    `void { process: 1 }.process;`,
    `const run = (process: () => void) => process(); run(() => {});`,
    `// process and Buffer in a comment`,
    `void "node:fs";`,
  ])("is not misled by: %s", (line) => {
    expect(check(app(line))).toEqual([]);
  });
  test("the public names are held to it as well", () => {
    const found = check({ "src/index.ts": `${house["src/index.ts"]}export const pid = process.pid;\n` });
    expect(found).toEqual([expect.stringMatching(/^house\/src\/index\.ts:3 purity: /)]);
  });
  test("node: is written out, and packages are declared", () => {
    const table = { ...rooms, server: { .../** @type {Room} */ (rooms["server"]), packages: ["ws"] } };
    const server = `import "ws";\nimport "http";\n${house["src/server/index.ts"]}`;
    expect(check({ "src/server/index.ts": server }, { rooms: table })).toEqual([
      expect.stringContaining("index.ts:1 purity: ws is neither a dependency nor a peer"),
      expect.stringContaining('index.ts:2 purity: write "node:http"'),
    ]);
  });
});
