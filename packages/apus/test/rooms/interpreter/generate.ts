/**
 * fast-check generators of descriptions, and of values for a description: most fit or nearly fit, scalars come as JSON has
 * them or as the text of a URL, and now and then something else entirely stands in their place.
 */
import fc from "fast-check";
import type { Description, Field, Key, Literal, Model } from "./description.ts";
import { flat } from "./words.ts";

/** Names that are traps in JavaScript, and ordinary ones. None looks like an index: those come first in every JavaScript object. */
const names = fc.constantFrom("a", "b", "c", "kind", "", "é", "😀", "__proto__", "constructor", "toString", "a b");

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 1 });

/** Leaves out what is undefined, so that a description is the same after a trip through JSON. */
const only = (made: object): never =>
  Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)) as never;

const integer = fc.record({
  kind: fc.constant("int"),
  ge: maybe(fc.integer({ min: -3, max: 3 })),
  gt: maybe(fc.integer({ min: -3, max: 3 })),
  le: maybe(fc.integer({ min: 0, max: 9 })),
  lt: maybe(fc.integer({ min: 0, max: 9 })),
  multipleOf: maybe(fc.constantFrom(2, 3)),
});

const float = fc.record({
  kind: fc.constant("float"),
  ge: maybe(fc.constantFrom(-1, 0, 0.5)),
  gt: maybe(fc.constantFrom(-1, 0, 0.5)),
  le: maybe(fc.constantFrom(1, 2.5, 1e20)),
  lt: maybe(fc.constantFrom(1, 2.5, 1e20)),
  multipleOf: maybe(fc.constantFrom(0.5, 0.1, 3)),
});

const text = fc.record({
  kind: fc.constant("str"),
  min: maybe(fc.nat(2)),
  max: maybe(fc.integer({ min: 1, max: 4 })),
  pattern: maybe(fc.constantFrom("^a", "[0-9]+$", "^.$", "é|😀", "^[a-z]{2,3}$")),
});

const words = fc.constantFrom("a", "b", "it's", 'say "x"', "é", "😀", "1", "true", "");
// JavaScript would put an enum's "1" in front of its other values.
const enumeration = fc
  .uniqueArray(
    words.filter((word) => word !== "1"),
    { minLength: 1, maxLength: 3 },
  )
  .map((values) => ({ kind: "enum" as const, name: "", values }));
const numbering = fc
  .uniqueArray(fc.integer({ min: -1, max: 4 }), { minLength: 1, maxLength: 3 })
  .map((values) => ({ kind: "intEnum" as const, name: "", values }));
const literal = (values: fc.Arbitrary<string | number | boolean | null>): fc.Arbitrary<Literal> =>
  fc.uniqueArray(values, { minLength: 1, maxLength: 3 }).map((all) => ({ kind: "literal", values: all }));
const mixed = literal(fc.oneof(words, fc.integer({ min: -1, max: 3 }), fc.boolean(), fc.constant(null)));

const scalar: fc.Arbitrary<Description> = fc.oneof(
  { weight: 3, arbitrary: integer.map(only) },
  { weight: 3, arbitrary: float.map(only) },
  { weight: 3, arbitrary: text.map(only) },
  { weight: 3, arbitrary: fc.constantFrom<Description>({ kind: "int" }, { kind: "float" }, { kind: "str" }) },
  { weight: 2, arbitrary: fc.constantFrom<Description>({ kind: "bool" }, { kind: "uuid" }) },
  enumeration,
  numbering,
  mixed,
);

/** What can be in a set: values that Python can hash and JavaScript compares as it does. */
const member = scalar.filter(
  (each) => each.kind !== "literal" || !each.values.some((value) => typeof value === "boolean"),
);

const key: fc.Arbitrary<Key> = fc.oneof(
  { weight: 2, arbitrary: text.map(only) },
  enumeration,
  literal(words),
  fc.constantFrom<Key>({ kind: "str" }, { kind: "int" }, { kind: "uuid" }),
);

const size = { min: maybe(fc.nat(2)), max: maybe(fc.integer({ min: 1, max: 3 })) };

const { any } = fc.letrec<{ any: Description }>((tie) => {
  const inner = tie("any");
  const field = fc.record({
    name: names,
    schema: fc.oneof(
      { weight: 6, arbitrary: inner },
      // Names of references, models and enums are given below, when it is known what stands around them.
      { weight: 1, arbitrary: fc.constantFrom<Description>(...recursions()) },
    ),
    presence: fc.constantFrom("required", "required", "optional", "default"),
    fallback: fc.jsonValue({ maxDepth: 1 }),
  });
  const fields = (of: typeof field): fc.Arbitrary<readonly Field[]> =>
    fc.uniqueArray(of, { maxLength: 4, selector: (each) => each.name }).map((all) => all.map(fieldOf));
  const model = fields(field).chain((all) =>
    fc
      .constantFrom<Model["extra"]>("ignore", "forbid", "allow")
      .map((extra): Model => ({ kind: "model", name: "", fields: all, extra })),
  );
  return {
    any: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      { weight: 7, arbitrary: scalar },
      fc.constantFrom<Description>({ kind: "null" }, { kind: "any" }),
      fc.record({ kind: fc.constant("list"), item: inner, ...size }).map(only),
      fc.record({ kind: fc.constant("set"), item: member, ...size }).map(only),
      fc
        .record({
          kind: fc.constant("tuple"),
          items: fc.array(inner, { minLength: 1, maxLength: 3 }),
          rest: maybe(inner),
        })
        .map(only),
      fc.record({ kind: fc.constant("dict"), key, value: inner }).map((made): Description => made as Description),
      { weight: 3, arbitrary: model },
      inner.filter((each) => each.kind !== "nullable").map((each): Description => ({ kind: "nullable", inner: each })),
      {
        weight: 2,
        arbitrary: fc
          .uniqueArray(inner, { minLength: 2, maxLength: 3, selector: (each) => JSON.stringify(each) })
          .map((members): Description => ({ kind: "union", members }))
          // Python drops a type that a union names twice.
          .filter((made) => new Set(flat(made).map((each) => JSON.stringify(each))).size === flat(made).length),
      },
      fc
        .tuple(
          names,
          fc.array(model, { minLength: 1, maxLength: 3 }),
          fc.uniqueArray(fc.oneof(words, fc.integer({ min: 0, max: 3 })), { minLength: 4, maxLength: 4 }),
        )
        .map(([tag, members, values]): Description => ({
          kind: "tagged",
          tag,
          members: members.map((each, index) => tagging(each, tag, values.slice(index, index === 2 ? 4 : index + 1))),
        })),
    ),
  };
});

function recursions(): Description[] {
  const ref: Description = { kind: "ref", name: "" };
  const any: Key = { kind: "str" };
  return [
    { kind: "nullable", inner: ref },
    { kind: "list", item: ref },
    { kind: "dict", key: any, value: ref },
  ];
}

function fieldOf(made: { name: string; schema: Description; presence: string; fallback: unknown }): Field {
  const { name, schema, presence, fallback } = made;
  if (presence === "optional") return { name, schema, optional: true };
  return presence === "default" ? { name, schema, default: { value: fallback } } : { name, schema };
}

function tagging(model: Model, tag: string, values: Literal["values"]): Model {
  const others = model.fields.filter((field) => field.name !== tag);
  return { ...model, fields: [{ name: tag, schema: { kind: "literal", values } }, ...others] };
}

/** Descriptions, with a name for each model and enum and each reference bound to the model around it (or taking anything). */
export const descriptions: fc.Arbitrary<Description> = any.map((made) => {
  let count = 0;
  return name(made, undefined);

  function name(what: Description, around: string | undefined): Description {
    switch (what.kind) {
      case "ref":
        return around === undefined ? { kind: "any" } : { kind: "ref", name: around };
      case "enum":
      case "intEnum":
        return { ...what, name: `E${count++}` };
      case "list":
      case "set":
        return { ...what, item: name(what.item, around) };
      case "tuple": {
        const items = what.items.map((item) => name(item, around));
        return what.rest === undefined ? { ...what, items } : { ...what, items, rest: name(what.rest, around) };
      }
      case "dict":
        return { ...what, key: name(what.key, around) as Key, value: name(what.value, around) };
      case "model":
        return model(what);
      case "nullable":
        return { ...what, inner: name(what.inner, around) };
      case "union":
        return { ...what, members: what.members.map((each) => name(each, around)) };
      case "tagged":
        return { ...what, members: what.members.map(model) };
      default:
        return what;
    }
  }

  function model(what: Model): Model {
    const own = `M${count++}`;
    return { ...what, name: own, fields: what.fields.map((field) => ({ ...field, schema: name(field.schema, own) })) };
  }
});
