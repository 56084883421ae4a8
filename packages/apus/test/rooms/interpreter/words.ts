/** The words of the interpreter's problems: numbers and values as Python prints them, and what a union calls its members. */
import { tagsOf, type Description } from "./description.ts";

/** Python's repr of a JSON value. */
export function repr(value: unknown): string {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return numeral(value);
  if (Array.isArray(value)) return `[${value.map(repr).join(", ")}]`;
  return `{${Object.entries(value as object)
    .map(([key, item]) => `${quoted(key)}: ${repr(item)}`)
    .join(", ")}}`;
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = "";
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (char === quote || char === "\\") out += `\\${char}`;
    else if (char === "\n") out += "\\n";
    else if (char === "\r") out += "\\r";
    else if (char === "\t") out += "\\t";
    else if (char === " " || !/[\p{C}\p{Z}]/u.test(char)) out += char;
    else if (code < 0x100) out += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (code < 0x10000) out += `\\u${code.toString(16).padStart(4, "0")}`;
    else out += `\\U${code.toString(16).padStart(8, "0")}`;
  }
  return quote + out + quote;
}

/** A number that came as JSON: what has no fraction and no exponent is an integer there. */
function numeral(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  return String(value).replace(/e([+-])(\d)$/, "e$10$2");
}

/** `'a', 'b' or 3` */
export function choices(values: readonly unknown[]): string {
  const all = values.map(repr);
  const last = all.pop()!;
  return all.length === 0 ? last : `${all.join(", ")} or ${last}`;
}

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

const bounded = (description: object, keys: readonly string[]): boolean => keys.some((key) => key in description);

/** The label of a union's member in `loc`. */
export function label(description: Description): string {
  switch (description.kind) {
    case "int":
    case "float":
      return bounded(description, ["gt", "ge", "lt", "le", "multipleOf"])
        ? `constrained-${description.kind}`
        : description.kind;
    case "str":
      return bounded(description, ["min", "max", "pattern"]) ? "constrained-str" : "str";
    case "null":
      return "none";
    case "bool":
    case "any":
    case "uuid":
      return description.kind;
    case "enum":
      return `enum[${description.name}]`;
    case "intEnum":
      return `int-enum[${description.name}]`;
    case "literal":
      return `literal[${description.values.map(repr).join(",")}]`;
    case "list":
    case "set":
      return `${description.kind}[${label(description.item)}]`;
    case "tuple": {
      const items = description.items.map(label);
      if (description.rest !== undefined) items.push(label(description.rest), "...");
      return `tuple[${items.join(", ")}]`;
    }
    case "dict":
      return `dict[${label(description.key)},${label(description.value)}]`;
    case "model":
    case "ref":
      return description.name;
    case "nullable":
    case "union": {
      const members = flat(description);
      const others = members.filter((member) => member.kind !== "null");
      const name = others.length === 1 ? label(others[0]!) : `union[${others.map(label).join(",")}]`;
      return others.length === 0 ? "none" : others.length < members.length ? `nullable[${name}]` : name;
    }
    case "tagged":
      // A member is told once for each value of its tag.
      return `tagged-union[${description.members
        .flatMap((member) => tagsOf(member, description.tag).map(() => member.name))
        .join(",")}]`;
  }
}

/** A union's members; those of a union inside it are its own, and `nullable` is a union with null. */
export function flat(description: Description): readonly Description[] {
  if (description.kind === "union") return description.members.flatMap(flat);
  if (description.kind === "nullable") return [...flat(description.inner), { kind: "null" }];
  return [description];
}
