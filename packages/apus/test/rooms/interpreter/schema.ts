/** Turns a description into the zod schema that says the same. */
import { z } from "zod";
import { types } from "../../../src/types/index.ts";
import type { Bounds, Description, Key, Model } from "./description.ts";

export function schemaOf(description: Description): z.ZodType {
  const models = new Map<string, z.ZodType>();
  return build(description);

  function build(what: Description): z.ZodType {
    switch (what.kind) {
      case "int":
        return bounded(z.int(), what);
      case "float":
        return bounded(z.number(), what);
      case "bool":
        return z.boolean();
      case "null":
        return z.null();
      case "any":
        return z.unknown();
      case "uuid":
        return z.guid();
      case "str": {
        let schema = z.string();
        if (what.min !== undefined) schema = schema.min(what.min);
        if (what.max !== undefined) schema = schema.max(what.max);
        return what.pattern === undefined ? schema : schema.regex(new RegExp(what.pattern, "u"));
      }
      case "enum":
        return z.enum([...what.values]).meta({ id: what.name });
      case "intEnum":
        return z
          .enum(Object.fromEntries(what.values.map((value, index) => [`m${index}`, value])))
          .meta({ id: what.name });
      case "literal":
        return z.literal([...what.values]);
      case "list": {
        let schema = z.array(build(what.item));
        if (what.min !== undefined) schema = schema.min(what.min);
        return what.max === undefined ? schema : schema.max(what.max);
      }
      case "set":
        return types.set(build(what.item), { min: what.min, max: what.max });
      case "tuple": {
        const items = what.items.map(build) as [z.ZodType];
        return what.rest === undefined ? z.tuple(items) : z.tuple(items, build(what.rest));
      }
      case "dict": {
        const key = build(what.key) as z.ZodString;
        const value = build(what.value);
        // Where a record's keys are choices, zod wants all of them unless it is partial.
        return hasChoices(what.key) ? z.partialRecord(key, value) : z.record(key, value);
      }
      case "model":
        return model(what);
      case "ref":
        return z.lazy(() => models.get(what.name)!);
      case "nullable":
        return build(what.inner).nullable();
      case "union":
        return z.union(what.members.map(build));
      case "tagged":
        return z.discriminatedUnion(what.tag, what.members.map(model) as [z.ZodObject]);
    }
  }

  function model(what: Model): z.ZodObject {
    const shape = Object.create(null) as Record<string, z.ZodType>;
    for (const field of what.fields) {
      const schema = build(field.schema);
      // A key called __proto__ is one like any other.
      Object.defineProperty(shape, field.name, {
        value:
          field.default !== undefined
            ? schema.default(field.default.value)
            : field.optional === true
              ? schema.optional()
              : schema,
        enumerable: true,
      });
    }
    const make = { ignore: z.object, forbid: z.strictObject, allow: z.looseObject }[what.extra];
    const made = make(shape).meta({ id: what.name }) as z.ZodObject;
    models.set(what.name, made);
    return made;
  }
}

const hasChoices = (key: Key): boolean => key.kind === "enum" || key.kind === "literal";

function bounded(schema: z.ZodNumber, bounds: Bounds): z.ZodNumber {
  let made = schema;
  if (bounds.gt !== undefined) made = made.gt(bounds.gt);
  if (bounds.ge !== undefined) made = made.gte(bounds.ge);
  if (bounds.lt !== undefined) made = made.lt(bounds.lt);
  if (bounds.le !== undefined) made = made.lte(bounds.le);
  if (bounds.multipleOf !== undefined) made = made.multipleOf(bounds.multipleOf);
  return made;
}
