// What the regular expressions of Starlette 1.10 take, and with which values: parameters with text around them, and everything else.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Matcher, parseTemplate, readTemplate } from "./index.ts";

type Recorded = readonly [template: string, asked: readonly (readonly [path: string, values: string[] | null])[]];
const recorded = JSON.parse(
  readFileSync(new URL("../../test/rooms/starlette-paths.json", import.meta.url), "utf8"),
) as readonly Recorded[];

test.each(recorded)("%s", (source, asked) => {
  const template = parseTemplate(source);
  const matcher = new Matcher([{ template, methods: ["GET"] }]);
  const found = asked.map(([path]) => {
    const answer = matcher.find("GET", path);
    return [path, answer.kind === "match" ? [...answer.values] : null];
  });
  expect(found).toEqual(asked);
  expect(asked.map(([path]) => [path, readTemplate(template, path) ?? null])).toEqual(asked);
});
