/**
 * The judge of the readers: reads a value by a description exactly as the contract says, one rule after the other, without
 * a thought of speed. It shares no line with the code it judges.
 */
import type { Mode, Problem } from "../../../src/schema/index.ts";
import { modelsOf, tagsOf, type Description, type Key, type Model } from "./description.ts";
import {
  literalOf,
  readBool,
  readChoice,
  readFloat,
  readInt,
  readLiteral,
  readText,
  readUuid,
  tagText,
  type Result,
} from "./scalar.ts";
import { flat, label, plural, repr } from "./words.ts";

export type Outcome = { readonly value: unknown } | { readonly problems: readonly Problem[] };

export function interpret(description: Description, value: unknown, mode: Mode): Outcome {
  const models = modelsOf(description);
  return read(description, value);

  function read(what: Description, input: unknown, how: Mode = mode): Outcome {
    switch (what.kind) {
      case "int":
        return told(readInt(what, input, how), input);
      case "float":
        return told(readFloat(what, input, how), input);
      case "bool":
        return told(readBool(input, how), input);
      case "str":
        return told(readText(what, input), input);
      case "uuid":
        return told(readUuid(input, how), input);
      case "enum":
      case "intEnum":
        return told(readChoice(what.values, input, how), input);
      case "literal":
        return told(readLiteral(what, input, how), input);
      case "null":
        return told(input === null ? { value: null } : ["none_required", "Input should be None"], input);
      case "any":
        return { value: input };
      case "list":
        return list(what, input, how);
      case "set":
        return set(what, input, how);
      case "tuple":
        return tuple(what, input, how);
      case "dict":
        return dict(what, input, how);
      case "model":
        return model(what, input, how);
      case "ref":
        return model(models.get(what.name)!, input, how);
      case "nullable":
      case "union":
        return union(flat(what), input, how);
      case "tagged":
        return tagged(what, input, how);
    }
  }

  function list(what: Extract<Description, { item: Description }>, input: unknown, how: Mode): Outcome {
    if (!Array.isArray(input)) return refused("list_type", "Input should be a valid list", input);
    if (what.max !== undefined && input.length > what.max) return tooLong("List", what.max, input.length, input);
    const items = each(input, () => what.item, how);
    if ("value" in items && what.min !== undefined && input.length < what.min)
      return tooShort("List", what.min, input.length, input);
    return items;
  }

  function set(what: Extract<Description, { item: Description }>, input: unknown, how: Mode): Outcome {
    if (!Array.isArray(input)) return refused("set_type", "Input should be a valid set", input);
    const found = new Set<unknown>();
    const problems: Problem[] = [];
    for (const [index, item] of input.entries()) {
      const outcome = read(what.item, item, how);
      if ("value" in outcome) found.add(outcome.value);
      else problems.push(...under(index, outcome.problems));
      // Noticed as soon as there is one too many, whatever was wrong before.
      if (what.max !== undefined && found.size > what.max) return tooLong("Set", what.max, null, input);
    }
    if (problems.length > 0) return { problems };
    if (what.min !== undefined && found.size < what.min) return tooShort("Set", what.min, found.size, input);
    return { value: found };
  }

  function tuple(what: Extract<Description, { kind: "tuple" }>, input: unknown, how: Mode): Outcome {
    if (!Array.isArray(input)) return refused("tuple_type", "Input should be a valid tuple", input);
    const size = what.items.length;
    if (what.rest === undefined && input.length > size) return tooLong("Tuple", size, input.length, input);
    const present = each(input, (index) => what.items[index] ?? what.rest!, how);
    const problems = "value" in present ? [] : [...present.problems];
    for (let index = input.length; index < size; index++) problems.push(...under(index, [absent(input)]));
    return problems.length > 0 ? { problems } : present;
  }

  function dict(what: Extract<Description, { kind: "dict" }>, input: unknown, how: Mode): Outcome {
    if (!isObject(input)) return refused("dict_type", "Input should be a valid dictionary", input);
    const found = new Map<string, unknown>();
    const problems: Problem[] = [];
    for (const [name, item] of Object.entries(input)) {
      if (name === PROTOTYPE) continue;
      const key = keyOf(what.key, name, how);
      const outcome = read(what.value, item, how);
      if ("problems" in key) problems.push(...under(name, under("[key]", key.problems)));
      if ("problems" in outcome) problems.push(...under(name, outcome.problems));
      if ("value" in key && "value" in outcome) found.set(String(key.value), outcome.value);
    }
    return problems.length > 0 ? { problems } : { value: objectOf(found) };
  }

  /** The keys of JSON are texts, so also strictly a text that says a number is one. */
  function keyOf(key: Key, name: string, how: Mode): Outcome {
    const isNumber = how === "strict" && key.kind === "int" && /^-?\d+(\.\d+)?$/.test(name);
    const number = isNumber ? read(key, Number(name), how) : undefined;
    return number !== undefined && "value" in number ? number : read(key, name, how);
  }

  function model(what: Model, input: unknown, how: Mode): Outcome {
    if (!isObject(input)) return refused("model_attributes_type", NO_OBJECT, input);
    const found = new Map<string, unknown>();
    const problems: Problem[] = [];
    for (const field of what.fields) {
      if (Object.hasOwn(input, field.name)) {
        const outcome = read(field.schema, input[field.name], how);
        if ("value" in outcome) found.set(field.name, outcome.value);
        else problems.push(...under(field.name, outcome.problems));
      } else if (field.default !== undefined) found.set(field.name, field.default.value);
      else if (field.optional === undefined) problems.push(...under(field.name, [absent(input)]));
    }
    for (const [name, item] of Object.entries(input)) {
      if (what.extra === "ignore" || what.fields.some((field) => field.name === name)) continue;
      if (what.extra === "allow" && name !== PROTOTYPE) found.set(name, item);
      if (what.extra === "forbid")
        problems.push(...under(name, [problem("extra_forbidden", "Extra inputs are not permitted", item)]));
    }
    return problems.length > 0 ? { problems } : { value: objectOf(found) };
  }

  /** D06: the first member that takes the value as it is; else the first that converts it; else what all of them say. */
  function union(members: readonly Description[], input: unknown, how: Mode): Outcome {
    if (input === null && members.some((member) => member.kind === "null")) return { value: null };
    const others = members.filter((member) => member.kind !== "null");
    if (others.length === 0) return refused("none_required", "Input should be None", input);
    const fitting = others.find((member) => "value" in read(member, input, "strict"));
    if (fitting !== undefined) return read(fitting, input, how);
    const problems: Problem[] = [];
    for (const member of others) {
      const outcome = read(member, input, how);
      if ("value" in outcome) return outcome;
      problems.push(...(others.length === 1 ? outcome.problems : under(label(member), outcome.problems)));
    }
    return { problems };
  }

  function tagged(what: Extract<Description, { kind: "tagged" }>, input: unknown, how: Mode): Outcome {
    if (!isObject(input)) return refused("model_attributes_type", NO_OBJECT, input);
    const discriminator = `'${what.tag}'`;
    if (!Object.hasOwn(input, what.tag)) {
      const msg = `Unable to extract tag using discriminator ${discriminator}`;
      return refused("union_tag_not_found", msg, input, { discriminator });
    }
    const tags = what.members.map((member) => tagsOf(member, what.tag));
    const tag = literalOf(tags.flat(), input[what.tag], how);
    if (tag === undefined) {
      const text = tagText(input[what.tag]);
      const expected = tags.flat().map(repr).join(", ");
      return refused(
        "union_tag_invalid",
        `Input tag '${text}' found using ${discriminator} does not match any of the expected tags: ${expected}`,
        input,
        { discriminator, tag: text, expected_tags: expected },
      );
    }
    const outcome = read(what.members[tags.findIndex((each) => each.includes(tag as string))]!, input, how);
    return "value" in outcome ? outcome : { problems: under(tag as string | number, outcome.problems) };
  }

  function each(input: readonly unknown[], schemaAt: (index: number) => Description, how: Mode): Outcome {
    const outcomes = input.map((item, index) => read(schemaAt(index), item, how));
    const problems = outcomes.flatMap((outcome, index) => ("value" in outcome ? [] : under(index, outcome.problems)));
    return problems.length > 0
      ? { problems }
      : { value: outcomes.map((outcome) => ("value" in outcome ? outcome.value : undefined)) };
  }
}

/** Not copied from the wire where any key may stand: whoever copies the object by assignment would change its prototype. */
const PROTOTYPE = "__proto__";
const NO_OBJECT = "Input should be a valid dictionary or object to extract fields from";

function problem(type: string, msg: string, input: unknown, ctx?: Record<string, unknown>): Problem {
  return { type, loc: [], msg, input, ...(ctx === undefined ? {} : { ctx }) };
}

const absent = (input: unknown): Problem => problem("missing", "Field required", input);

const refused = (...[type, msg, input, ctx]: Parameters<typeof problem>): Outcome => ({
  problems: [problem(type, msg, input, ctx)],
});

const told = (result: Result, input: unknown): Outcome =>
  "value" in result ? result : refused(result[0], result[1], input, result[2]);

function tooLong(field_type: string, max: number, actual: number | null, input: unknown): Outcome {
  const msg = `${field_type} should have at most ${plural(max, "item")} after validation, not ${actual ?? "more"}`;
  return refused("too_long", msg, input, { field_type, max_length: max, actual_length: actual });
}

function tooShort(field_type: string, min: number, actual: number, input: unknown): Outcome {
  const msg = `${field_type} should have at least ${plural(min, "item")} after validation, not ${actual}`;
  return refused("too_short", msg, input, { field_type, min_length: min, actual_length: actual });
}

const under = (step: string | number, problems: readonly Problem[]): Problem[] =>
  problems.map((each) => ({ ...each, loc: [step, ...each.loc] }));

const isObject = (input: unknown): input is Record<string, unknown> =>
  typeof input === "object" && input !== null && !Array.isArray(input);

/** An object with exactly these keys as its own, whatever they are called. */
function objectOf(entries: ReadonlyMap<string, unknown>): object {
  const made = Object.create(null) as object;
  for (const [name, value] of entries)
    Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
  return made;
}
