// Parts of what holds anything, by the names of variables. Each line is what pydantic-settings 2.14 makes of the same
// declaration and variables: `dict[str, Any]`, `Optional[dict[str, Any]]` and models with `extra="allow"`.
import { settings } from "apus/settings";
import { expect, test } from "vitest";
import { z } from "zod";

const anything = z.record(z.string(), z.any());
const open = z.looseObject({ x: z.int().default(1) });
const text = '{"x":1}';

test.each<[z.ZodType, Record<string, string>, unknown]>([
  [anything, { A__b__c: "2" }, { b: { c: 2 } }],
  [anything, { A__b__c: "true" }, { b: { c: true } }],
  [anything, { A__b__c: '"q"' }, { b: { c: "q" } }],
  [anything, { A__b__c: "x" }, { b: { c: "x" } }],
  [anything, { A__b__c: text }, { b: { c: { x: 1 } } }],
  [anything, { A__b: "7" }, { b: "7" }],
  [anything, { A__b: text }, { b: text }],
  [anything, { A__B__C: "2", A__B__D: "3" }, { b: { c: 2, d: 3 } }],
  [anything, { A__b: "2", A__b__c: "3" }, { b: "2" }],
  [anything, { A____b: "2" }, { "": { b: 2 } }],
  [anything, { A__b__: "2" }, { b: { "": 2 } }],
  [anything, { A: '{"b": {"d": 1}}', A__b__c: "2" }, { b: { c: 2, d: 1 } }],
  [anything.default({}), { A__b__c: "2" }, { b: { c: 2 } }],
  [z.record(z.string(), z.unknown()), { A__b__c: "2" }, { b: { c: 2 } }],
  [anything.optional(), { A__b__c: "2" }, { b: { c: "2" } }],
  [anything.nullable(), { A__b__c: text }, { b: { c: text } }],
  [z.object({ d: anything }), { A__d__x__y: "2" }, { d: { x: { y: "2" } } }],
  [z.record(z.string(), anything), { A__b__c__d: "2" }, { b: { c: { d: 2 } } }],
  [open, { A__b__c: "2" }, { x: 1, b: { c: "2" } }],
  [open, { A__b: text }, { x: 1, b: text }],
  [z.record(z.string(), open), { A__b__x: "2", A__c__z__y: "2" }, { b: { x: 2 }, c: { x: 1, z: { y: 2 } } }],
])("%# reads %j", (schema, env, value) => {
  expect(settings(z.object({ a: schema }), { env, envNestedDelimiter: "__" }).read()).toEqual({ a: value });
});
