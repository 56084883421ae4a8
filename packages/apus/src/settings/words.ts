/** What is wrong with a setting, in words that hold nothing of its value. */
import type { Problem } from "../schema/index.ts";

/** Types of problems whose messages are made of the schema alone. All others are searched for the value. */
const ofSchema =
  /^(?:(?:bool|bytes|date|datetime|decimal|float|int|ip|json|string|time|time_delta|timezone|url)_\w+|(?:dict|list|set|tuple|uuid)_type|(?:greater|less)_than(?:_equal)?|too_(?:short|long)|multiple_of|finite_number|enum|literal_error|none_required|uuid_version|union_tag_not_found)$/;

/** What is said better than the message does, which was made for clients of an API. */
const instead: Readonly<Record<string, string>> = {
  missing: "is missing",
  extra_forbidden: "leads to no setting",
  bool_parsing: "should be true or false",
  list_type: "should be a list, as JSON",
  set_type: "should be a list, as JSON",
  tuple_type: "should be a list, as JSON",
  dict_type: "should be an object, as JSON",
  model_attributes_type: "should be an object, as JSON",
  union_tag_invalid: "is none of the kinds there are",
  base64_decode: "should be valid Base64",
  uuid_parsing: "should be a valid UUID",
};

/** What is said where the message would show something of the value. */
const unshown = "is not allowed (why is not shown, as it would show what is set)";

/**
 * @param texts The texts that the value was made of.
 * @param declared What the schema says itself, and may be said.
 */
export function wordsFor(
  { type, msg, input }: Problem,
  texts: readonly string[],
  declared: ReadonlySet<string>,
): string {
  if (Object.hasOwn(instead, type)) return instead[type]!;
  // What is wrong with an address is told in pieces of it.
  if (msg.startsWith("value is not a valid email address")) return "should be a valid email address";
  const plain = msg
    .replace(/^(?:Input|Value error, Input|[A-Z]\w*) should /, "should ")
    .replace(/^Value error, /, "")
    .split(/, unable to (?:parse|interpret) /, 1)[0]!;
  if (ofSchema.test(type)) return plain;
  const all = [...texts, ...textsIn(input)].filter((text) => !declared.has(text));
  return all.some((text) => shows(plain, text)) ? unshown : plain;
}

/** The texts and numbers inside a value, keys included. */
export function textsIn(value: unknown, seen = new Set<unknown>()): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number" || typeof value === "bigint") return [String(value)];
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  const parts = value instanceof Map || value instanceof Set ? [...value] : Object.entries(value).flat();
  return parts.flatMap((part) => textsIn(part, seen));
}

/** As many characters in a row may be the same by chance. */
const chance = 3;

/** Whether a message holds a piece of a text, or the whole of a short one as a word. */
function shows(message: string, text: string): boolean {
  const said = message.toLowerCase();
  const value = text.trim().toLowerCase();
  if (value === "") return false;
  const number = String(Number(value));
  if (wordsIn(said).has(value) || wordsIn(said).has(number)) return true;
  const pieces = new Set<string>();
  for (let i = 0; i + chance < said.length; i++) pieces.add(said.slice(i, i + chance + 1));
  for (let i = 0; i + chance < value.length; i++) if (pieces.has(value.slice(i, i + chance + 1))) return true;
  return false;
}

const wordsIn = (text: string): Set<string> =>
  new Set(text.split(/[^\p{L}\p{N}.+-]+/u).flatMap((word) => [word, word.replace(/\.$/, "")]));
