/** fast-check generators of the values to read by a description: see `generate.ts`. */
import fc from "fast-check";
import { modelsOf, type Description, type Model } from "./description.ts";

type Values = fc.Arbitrary<unknown>;

const UUID = "12345678-1234-4678-9234-56781234567f";
const names = fc.constantFrom("a", "b", "c", "kind", "1", "", "é", "😀", "__proto__", "constructor", "toString", "a b");

const numerals = fc.constantFrom(
  ..."0|1|2|3|-1| 1 |+1|007|1_0|1__0|1.0|1.|.5|1.5|-0|-0.0|1e3|1E-3|0x1|| |inf|NaN|1e400|９|1 0|1_.5|1e|--1".split("|"),
  "\u00851",
  "\ufeff1",
  "9007199254740993",
  "9".repeat(40),
  "1".repeat(2000),
  "9".repeat(4301),
  "x".repeat(4301),
  `${"0".repeat(4301)}1`,
  `${"1".repeat(4301)}x`,
);
const numbers = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 10 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0.5, 0.1, 0.3, 2.5, -0, 1e20, 1e300, 2 ** 53, -(2 ** 53), 1e-7, 0.30000000000000004),
  },
  { weight: 1, arbitrary: fc.double({ noDefaultInfinity: true, noNaN: true, min: -1e6, max: 1e6 }) },
);
const odd = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
const truths = fc.constantFrom("true", "FALSE", "yes", "No", "on", "off", "T", "n", " true", "2", "maybe");
const simple = UUID.replaceAll("-", "");
const wrongUuid = UUID.replace("4", "g");
const uuids = fc.constantFrom(
  UUID,
  UUID.toUpperCase(),
  simple,
  `{${UUID}}`,
  `urn:uuid:${UUID}`,
  wrongUuid,
  `{${wrongUuid}}`,
  `urn:uuid:${wrongUuid}`,
  `${UUID}0`,
  `{${UUID}0}`,
  `urn:uuid:${UUID}00`,
  `{${simple}}`,
  `{${"1".repeat(36)}}`,
  UUID.slice(1),
  `${UUID.slice(0, 14)}${UUID.slice(15)}`,
  ..."|-|a-b|é-b|ééa😀|{z}|urn:uuid:z".split("|"),
);
const texts = fc.oneof(
  fc.constantFrom(
    "",
    "a",
    "ab",
    "abc",
    "b",
    "😀",
    "😀😀",
    "é",
    "it's",
    'say "x"',
    "null",
    "a\n",
    "\u0000",
    "x".repeat(40),
  ),
  fc.string({ unit: "grapheme", maxLength: 4 }),
);

/** Any JSON value. */
export const anything: Values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    texts,
    numerals,
    numbers,
    truths,
    uuids,
    fc.boolean(),
    fc.constant(null),
    odd,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(names, tie("value")), { maxLength: 3 }).map(objectOf),
  ),
})).value;

/** Values of which most fit the description or nearly do. */
export function valuesFor(description: Description): Values {
  const models = modelsOf(description);
  return near(description, 4);

  /** What the description asks for, and seldom something else. */
  function near(what: Description, depth: number): Values {
    return fc.oneof({ weight: 14, arbitrary: fitting(what, depth) }, { weight: 1, arbitrary: anything });
  }

  function fitting(what: Description, depth: number): Values {
    switch (what.kind) {
      case "int":
      case "float":
      case "intEnum":
        return fc.oneof({ weight: 4, arbitrary: numbers }, { weight: 2, arbitrary: numerals }, fc.boolean());
      case "bool":
        return fc.oneof(fc.boolean(), truths, fc.constantFrom(0, 1, "1", "0"));
      case "str":
        return texts;
      case "uuid":
        return uuids;
      case "enum":
        return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...what.values) }, texts);
      case "literal":
        return fc.oneof(
          { weight: 4, arbitrary: fc.constantFrom(...what.values) },
          fc.constantFrom(0, 1, true, false, "1"),
        );
      case "null":
        return fc.constant(null);
      case "any":
        return anything;
      case "list":
      case "set": {
        const most = depth <= 0 ? 0 : 4;
        return fc.array(near(what.item, depth - 1), { minLength: Math.min(what.min ?? 0, most), maxLength: most });
      }
      case "tuple": {
        const items = fc.tuple(...what.items.map((item) => near(item, depth - 1)));
        const more = fc.array(near(what.rest ?? { kind: "any" }, depth - 1), { maxLength: 2 });
        return fc.oneof(
          { weight: 6, arbitrary: what.rest === undefined ? items : concatenated(items, more) },
          fc.tuple(items, fc.nat(what.items.length)).map(([all, count]) => all.slice(count)),
          concatenated(items, more),
        );
      }
      case "dict": {
        const keys = fc.oneof(
          { weight: 5, arbitrary: fitting(what.key, 0).map(String) },
          { weight: 1, arbitrary: names },
          { weight: what.key.kind === "int" ? 5 : 0, arbitrary: numerals },
        );
        return fc.array(fc.tuple(keys, near(what.value, depth - 1)), { maxLength: depth <= 0 ? 0 : 3 }).map(objectOf);
      }
      case "model":
        return model(what, depth);
      case "ref":
        return depth <= 0 ? fc.constant({}) : model(models.get(what.name)!, depth);
      case "nullable":
        return depth <= 0
          ? fc.constant(null)
          : fc.oneof({ weight: 3, arbitrary: near(what.inner, depth) }, fc.constant(null));
      case "union":
      case "tagged":
        return fc.oneof(...what.members.map((member) => near(member, depth)));
    }
  }

  function model(what: Model, depth: number): Values {
    const present = fc.tuple(
      ...what.fields.map((field) =>
        fc.tuple(
          fc.constant(field.name),
          near(field.schema, depth - 1),
          fc.nat(field.default || field.optional ? 2 : 9),
        ),
      ),
    );
    const extra = fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.array(fc.tuple(names, anything), { maxLength: 2 }),
    );
    return fc.tuple(present, extra, fc.boolean()).map(([all, more, first]) => {
      const own = all.filter(([, , chance]) => chance > 0).map(([name, value]) => [name, value] as [string, unknown]);
      const others = more.filter(([name]) => !own.some(([each]) => each === name));
      return objectOf(first ? [...others, ...own] : [...own, ...others]);
    });
  }
}

const concatenated = (first: Values, second: Values): Values =>
  fc.tuple(first, second).map(([one, two]) => [...(one as unknown[]), ...(two as unknown[])]);

/** An object as `JSON.parse` makes it: every key is its own, also `__proto__`. */
function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  const made = {};
  for (const [name, value] of entries)
    Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
  return made;
}
