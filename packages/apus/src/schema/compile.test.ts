import { expect, test } from "vitest";
import * as z from "zod";
import { compileTextWriter, compileWriter, readerText, textWriterText, writerText } from "./compile.ts";
import { mayGenerate } from "./generated/generated-program.ts";

const Item = z.object({ id: z.int(), name: z.string() });
const foreign = { "~standard": { version: 1, vendor: "other", validate: (value: unknown) => ({ value }) } } as const;

test.runIf(mayGenerate())("the text of generated code ends with its name and holds the schema's keys", () => {
  const name = "POST/items/item";
  for (const text of [readerText(Item, "lax", name), writerText(Item, {}, name), textWriterText(Item, {}, name)]) {
    const source = text.kind === "generated" ? text.source : "";
    expect(source).toMatch(/^"use strict";[^]*"id"[^]*"name"[^]*\n\/\/# sourceURL=apus:\/\/\/POST\/items\/item$/);
  }
});

test.runIf(!mayGenerate())("where no code may be generated, that is said", () => {
  expect(readerText(Item, "lax")).toEqual({
    kind: "interpreted",
    reason: "this platform does not let programs generate code",
  });
});

test.each([
  [{}, '{"id":1,"name":"a"}'],
  [{ only: ["id"] }, '{"id":1}'],
  [{ without: ["id"] }, '{"name":"a"}'],
  [{ excludeDefaults: true }, '{"id":1,"name":"a"}'],
])("a text with %j is that of the writer", (leaving, text) => {
  const value = { id: 1, name: "a", more: true };
  expect(compileTextWriter(Item, leaving)(value, [])).toBe(text);
  expect(JSON.stringify(compileWriter(Item, leaving)(value, []))).toBe(text);
  expect(textWriterText(Item, leaving).kind).toBe(
    mayGenerate() && !("excludeDefaults" in leaving) ? "generated" : "interpreted",
  );
});

test.each([
  ["a single value", readerText(z.int(), "lax"), "a single value is as fast without"],
  ["another library's schema", readerText(foreign, "lax"), "the schema is not one of zod's"],
  ["a single value that is written", writerText(z.string(), {}), "a single value is as fast without"],
  ["keys that depend on values", writerText(Item, { excludeNull: true }), "keys are left out by their values"],
])("%s is left to closures", (_case, text, reason) => {
  expect(text).toEqual({ kind: "interpreted", reason });
});
