/**
 * Every regular expression of the package, and every one of zod's formats, takes time that grows no faster than the text. What
 * only ever sees the author's own texts may do as it likes; it is listed here with the reason.
 */
import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript6";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { slowness } from "./backtracking.ts";

const root = new URL("../../../src/", import.meta.url);

/** Expressions that can be slow, and why nobody from outside can make them so. */
const excused = new Map([
  [String.raw`/^Cannot find (?:module|package) '(.+?)'.* imported from (.+?)$/m`, "a message of the module loader"],
  [
    String.raw`/^\s+at (?:async )?(?:.* \()?((?:file:\/\/|[A-Za-z]:[\\/]|\/).+?):(\d+):(\d+)\)?$/`,
    "a line of a stack trace, seen by the command line",
  ],
  [String.raw`/\/+$/`, "the addresses of the documentation pages, as the author set them"],
  [String.raw`/([A-Z]+)([A-Z][a-z])/g`, "names of handlers"],
  [String.raw`/0+$/`, "six digits"],
]);

interface Found {
  readonly place: string;
  readonly text: string;
}

function expressions(): readonly Found[] {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /(?<!\.test|\.test-d|\.d)\.ts$/.test(file));
  return files.flatMap((file) => {
    const found: Found[] = [];
    const source = ts.createSourceFile(file, readFileSync(new URL(file, root), "utf8"), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      const { line } = source.getLineAndCharacterOfPosition(node.pos);
      if (ts.isRegularExpressionLiteral(node)) found.push({ place: `${file}:${line + 1}`, text: node.text });
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

function compiled(text: string): RegExp {
  const end = text.lastIndexOf("/");
  return new RegExp(text.slice(1, end), text.slice(end + 1));
}

describe("the check itself", () => {
  test.each([
    /(a+)+$/,
    /^(a|a)*$/,
    /^a*a*$/,
    /^\d+\.?\d*$/,
    /\s+$/,
    /^(?:a|b|ab)*c$/,
    /x*y/,
    /^(a+)+$/,
    /^(?:a*)*b/,
    /^(?=(?:\w+)+,)/,
    /^[\p{L}]+\w*$/u,
    /^(?:.{2}|.{3})*x/,
  ])("%s is slow", (expression) => expect(slowness(expression)).toBeDefined());

  test.each([
    /\d+/,
    /^\s+/,
    /^[+-]?\d+(?:_\d+)*(?:\.0+)?$/,
    /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/,
    /^(?:a+b)*$/,
    /^(?:ab*)*c$/,
    /^_|__|_$/,
    /^[a-z](?:[a-z-]{0,61}[a-z])?$/,
    /^(?:a|b|c)*d$/,
    /\d+/y,
  ])("%s is not", (expression) => expect(slowness(expression)).toBeUndefined());
});

describe("the package", () => {
  const all = expressions();

  test("its expressions are found", () => expect(all.length).toBeGreaterThan(60));

  test("none is slow that a client can reach", () => {
    const slow = all.flatMap(({ place, text }) => {
      const found = excused.has(text) ? undefined : slowness(compiled(text));
      return found === undefined ? [] : [`${place} ${text}: ${found}`];
    });
    expect(slow).toEqual([]);
  });

  test("nothing is excused that is not there", () => {
    for (const text of excused.keys()) expect(all.some((each) => each.text === text)).toBe(true);
  });
});

test("zod's formats", () => {
  const options = [undefined, {}, 4, { local: true, offset: true }, { precision: 3 }, ":"];
  let count = 0;
  for (const [name, given] of Object.entries(z.regexes) as [string, unknown][]) {
    for (const option of typeof given === "function" ? options : [undefined]) {
      let expression: unknown = given;
      if (typeof given === "function") {
        try {
          expression = (given as (option: unknown) => unknown)(option);
        } catch {
          continue; // not an option of this one
        }
      }
      if (!(expression instanceof RegExp)) continue;
      expect(slowness(expression), `${name} ${expression}`).toBeUndefined();
      count++;
    }
  }
  expect(count).toBeGreaterThan(40);
});
