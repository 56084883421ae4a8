/** What is wrong with a setting, in words that hold nothing of its value. */
import type { Problem } from "../schema/index.ts";

/** Types of problems whose messages are made of the schema alone. All others are an author's, or zod's own. */
const ofSchema =
  /^(?:(?:bool|bytes|date|datetime|decimal|float|int|ip|json|string|time|time_delta|timezone|url)_\w+|(?:dict|list|path|set|tuple|uuid)_type|(?:greater|less)_than(?:_equal)?|too_(?:short|long)|multiple_of|finite_number|enum|literal_error|none_required|uuid_version|union_tag_not_found)$/;

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

const expectedTypes = ["string", "number", "bigint", "boolean", "date", "file", "nan", "never", "symbol"];
const receivedTypes = ["string", "number", "bigint", "boolean", "null", "undefined", "NaN", "Date", "array", "object"];

/** What Apus itself says of a value, and zod where it converts one by itself: names of types, and nothing of what was set. */
const ownWords = new Set([
  "Invalid input",
  "several alternatives accept the value",
  "the two halves of an intersection disagree",
  ...expectedTypes.flatMap((expected) =>
    receivedTypes.map((received) => `Invalid input: expected ${expected}, received ${received}`),
  ),
]);

/**
 * @param constant The texts that stand in the schema as they are. An author's function is given the value, and whatever it says
 *   may be made of it, reversed or encoded: no search would find that. So it is never shown.
 * @param rule The setting that the rule is about, as the schema calls it.
 */
export function wordsFor({ type, msg }: Problem, constant: ReadonlySet<string>, rule: string): string {
  if (Object.hasOwn(instead, type)) return instead[type]!;
  // What is wrong with an address is told in pieces of it.
  if (msg.startsWith("value is not a valid email address")) return "should be a valid email address";
  const said = msg.replace(/^Value error, /, "");
  if (!ofSchema.test(type) && !ownWords.has(said) && !constant.has(said)) {
    return `is refused by a rule that the schema has for ${rule}; its message is made by a function and could show the value, so it is not shown (a text is: { error: "…" })`;
  }
  return msg
    .replace(/^(?:Input|Value error, Input|[A-Z]\w*) should /, "should ")
    .replace(/^Value error, /, "")
    .split(/, unable to (?:parse|interpret) /, 1)[0]!;
}
