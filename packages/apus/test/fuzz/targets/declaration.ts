/**
 * Small descriptions of operations, made at random: zod schemas are made of them for the App, and `declaration-rule.ts` reads
 * requests by them without knowing zod or Apus.
 */
import { body, cookie, form, header, query } from "apus";
import { z } from "zod";
import type { Random } from "../random.ts";

export type Kind =
  | { readonly kind: "str"; readonly min: number; readonly max: number }
  | { readonly kind: "int"; readonly ge: number; readonly le: number }
  | { readonly kind: "float" }
  | { readonly kind: "bool" }
  | { readonly kind: "enum"; readonly values: string[] }
  | { readonly kind: "list"; readonly of: Kind; readonly min: number }
  | { readonly kind: "dict"; readonly of: Kind }
  | { readonly kind: "model"; readonly fields: Field[]; readonly extra: "ignore" | "forbid" | "allow" }
  | { readonly kind: "union"; readonly of: Kind[] }
  | { readonly kind: "nullable"; readonly of: Kind };

export interface Field {
  readonly name: string;
  readonly of: Kind;
  /** What stands for an absent value; `optional` where that is nothing at all. */
  readonly absent: "required" | "optional" | "default";
  readonly standIn: unknown;
}

export type Place = "path" | "query" | "header" | "cookie" | "body" | "form";

export interface Input extends Field {
  readonly place: Place;
}

export const names = [
  "a",
  "b1",
  "x_y",
  "camelCase",
  "kind",
  "constructor",
  "list",
  "z",
  "q",
  "name",
  "toString",
  "id2",
];
const free = { min: 0, max: 1e9 };
const unbounded = { ge: -Infinity, le: Infinity };

export function scalar(random: Random): Kind {
  switch (random.int(7)) {
    case 0:
      return { kind: "str", ...free };
    case 1:
      return { kind: "str", min: random.int(3), max: 3 + random.int(3) };
    case 2:
      return { kind: "int", ...unbounded };
    case 3:
      return { kind: "int", ge: -random.int(4), le: random.int(12) };
    case 4:
      return { kind: "float" };
    case 5:
      return { kind: "bool" };
    default:
      return {
        kind: "enum",
        values: random.pick([
          ["a", "b"],
          ["1", "true"],
          ["", "x"],
        ]),
      };
  }
}

/** Members that are told apart by their labels. */
function union(random: Random): Kind {
  const all: Kind[] = [{ kind: "int", ...unbounded }, { kind: "float" }, { kind: "bool" }, { kind: "str", ...free }];
  const of = all.filter(() => random.oneIn(2));
  return of.length > 1 ? { kind: "union", of: random.oneIn(2) ? of : of.toReversed() } : { kind: "bool" };
}

export function value(random: Random, depth: number): Kind {
  if (depth === 0) return random.oneIn(4) ? union(random) : scalar(random);
  switch (random.int(8)) {
    case 0:
      return { kind: "list", of: value(random, depth - 1), min: random.int(3) };
    case 1:
      return { kind: "dict", of: value(random, depth - 1) };
    case 2:
    case 3:
      return model(random, () => value(random, depth - 1));
    case 4:
      return { kind: "nullable", of: scalar(random) };
    case 5:
      return union(random);
    default:
      return scalar(random);
  }
}

export function model(random: Random, of: () => Kind): Kind {
  const chosen = names.filter(() => random.oneIn(3));
  const fields = (chosen.length === 0 ? ["a"] : chosen).map((name) => field(random, name, of()));
  return { kind: "model", fields, extra: random.pick(["ignore", "forbid", "allow"]) };
}

export function field(random: Random, name: string, of: Kind): Field {
  const absent = random.pick(["required", "required", "optional", "default"] as const);
  const standIn = absent === "default" ? standInOf(of) : undefined;
  return standIn === undefined && absent === "default"
    ? { name, of, absent: "required", standIn: null }
    : { name, of, absent, standIn: standIn ?? null };
}

/** A value that fits, since what stands in is judged like what is sent. */
function standInOf(of: Kind): unknown {
  switch (of.kind) {
    case "str":
      return "abc".slice(0, Math.max(of.min, 1));
    case "int":
      return of.ge === -Infinity ? 7 : of.le;
    case "float":
      return 0.5;
    case "bool":
      return true;
    case "enum":
      return of.values[0];
    case "list":
      return of.min === 0 ? [] : undefined;
    default:
      return undefined;
  }
}

/** The schema of a description. */
export function schemaOf(of: Kind): z.ZodType {
  switch (of.kind) {
    case "str": {
      let schema = z.string();
      if (of.min > 0) schema = schema.min(of.min);
      return of.max < 1e9 ? schema.max(of.max) : schema;
    }
    case "int":
      return of.ge === null || of.ge === -Infinity ? z.int() : z.int().min(of.ge).max(of.le);
    case "float":
      return z.number();
    case "bool":
      return z.boolean();
    case "enum":
      return z.enum(of.values);
    case "list":
      return of.min > 0 ? z.array(schemaOf(of.of)).min(of.min) : z.array(schemaOf(of.of));
    case "dict":
      return z.record(z.string(), schemaOf(of.of));
    case "union":
      return z.union(of.of.map(schemaOf));
    case "nullable":
      return schemaOf(of.of).nullable();
    case "model": {
      const shape = Object.fromEntries(of.fields.map((each) => [each.name, fieldSchema(each)]));
      if (of.extra === "forbid") return z.strictObject(shape);
      return of.extra === "allow" ? z.looseObject(shape) : z.object(shape);
    }
  }
}

function fieldSchema({ of, absent, standIn }: Field): z.ZodType {
  const schema = schemaOf(of);
  if (absent === "required") return schema;
  return absent === "optional" ? schema.optional() : schema.default(standIn as never);
}

const markers = { query, header, cookie, body, form };

/** The input record of an operation. */
export function inputOf(inputs: readonly Input[]): Record<string, unknown> {
  return Object.fromEntries(
    inputs.map((each) => [
      each.name,
      each.place === "path" ? fieldSchema(each) : markers[each.place](fieldSchema(each)),
    ]),
  );
}
