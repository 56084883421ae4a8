/**
 * Why a text is no email address, in the words of the library that pydantic's `EmailStr` asks (email-validator), for
 * addresses of the usual form: no quotes, no display names. Whether it is one at all zod has decided before.
 */
import { repr } from "../problem.ts";

const longest = 254;
const longestDomain = 253;
const longestLabel = 63;
/** Names that no mail is delivered to (RFC 6761 and its like). */
const reserved = ["arpa", "invalid", "local", "localhost", "onion", "test"];

const atom = /[\w!#$%&'*+\-/=?^`{|}~.\u0080-\u{10ffff}]/u;
const hostname = /[A-Za-z0-9.\-\u0080-\u{10ffff}]/u;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;
const letters = /^[\p{L}\p{N}\p{P}\p{S}\p{M}]$/u;

/** The reason, or undefined where that library would not have any. */
export function emailReason(given: string): string | undefined {
  if (given.length > 2048) return "Length must not exceed 2048 characters";
  const text = given.trim();
  const at = unquoted(text);
  if (at < 0) return withoutAt(text);
  if (text[at] === "<" && !text.endsWith(">")) {
    return "An open angle bracket at the start of the email address has to be followed by a close angle bracket at the end.";
  }
  const local = text.slice(0, at);
  if (local.startsWith('"') && local !== '""') return "Quoting the part before the @-sign is not allowed here.";
  return localReason(local) ?? domainReason(text.slice(at + 1)) ?? lengthReason(text);
}

/** Where the first `@` or `<` stands that is not in quotes. */
function unquoted(text: string): number {
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') inside = !inside;
    else if (char === "\\" && inside) i++;
    else if ((char === "@" || char === "<") && !inside) return i;
  }
  return -1;
}

function withoutAt(text: string): string {
  if (text.includes("\uff20")) {
    return 'The email address has the "full-width" at-sign (@) character instead of a regular at-sign.';
  }
  return text.includes("\ufe6b")
    ? 'The email address has the "small commercial at" character instead of a regular at-sign.'
    : "An email address must have an @-sign.";
}

function localReason(local: string): string | undefined {
  if (local === "" || local === '""') return "There must be something before the @-sign.";
  const wrong = charactersBeside(local, atom);
  if (wrong !== undefined) return `The email address contains invalid characters before the @-sign: ${wrong}.`;
  return (
    periodReason(
      local,
      "An email address cannot start with a period.",
      "An email address cannot have a period immediately before the @-sign.",
    ) ?? unsafeReason(local)
  );
}

function domainReason(domain: string): string | undefined {
  if (domain === "") return "There must be something after the @-sign.";
  if (domain.startsWith("[") && domain.endsWith("]")) {
    return "A bracketed IP address after the @-sign is not allowed here.";
  }
  const length = [...domain].length;
  if (length > longestDomain) {
    return `The email address is too long after the @-sign ${tooMany(length - longestDomain)}.`;
  }
  const wrong = charactersBeside(domain, hostname);
  if (wrong !== undefined) return `The part after the @-sign contains invalid characters: ${wrong}.`;
  return (
    unsafeReason(domain) ??
    periodReason(
      domain,
      "An email address cannot have a period immediately after the @-sign.",
      "An email address cannot end with a period.",
    ) ??
    hyphenReason(domain) ??
    labelReason(domain)
  );
}

function periodReason(text: string, first: string, last: string): string | undefined {
  if (text.endsWith(".")) return last;
  if (text.startsWith(".")) return first;
  return text.includes("..") ? "An email address cannot have two periods in a row." : undefined;
}

function hyphenReason(domain: string): string | undefined {
  if (domain.endsWith("-")) return "An email address cannot end with a hyphen.";
  if (domain.startsWith("-")) return "An email address cannot have a hyphen immediately after the @-sign.";
  return /\.-|-\./.test(domain) ? "An email address cannot have a period and a hyphen next to each other." : undefined;
}

function labelReason(domain: string): string | undefined {
  const labels = domain.split(".");
  if (labels.some((label) => /^(?!xn)..--/i.test(label))) {
    return "An email address cannot have two letters followed by two dashes immediately after the @-sign or after a period, except Punycode.";
  }
  const long = labels.find((label) => label.length > longestLabel);
  if (long !== undefined) {
    return `After the @-sign, periods cannot be separated by so many characters ${tooMany(long.length - longestLabel)}.`;
  }
  if (labels.length < 2) return "The part after the @-sign is not valid. It should have a period.";
  if (/[^A-Za-z\u0080-\uffff]$/.test(domain)) {
    return "The part after the @-sign is not valid. It is not within a valid top-level domain.";
  }
  return reserved.includes(labels.at(-1)!)
    ? "The part after the @-sign is a special-use or reserved name that cannot be used with email."
    : undefined;
}

function lengthReason(text: string): string | undefined {
  const bytes = new TextEncoder().encode(text).length;
  return bytes > longest ? `The email address is too long ${tooMany(bytes - longest)}.` : undefined;
}

const tooMany = (count: number): string => `(${count} character${count === 1 ? "" : "s"} too many)`;

/** The characters that do not belong, each once, sorted; undefined where all do. */
function charactersBeside(text: string, allowed: RegExp): string | undefined {
  const wrong = new Set([...text].filter((char) => !allowed.test(char)).map(shown));
  return wrong.size === 0 ? undefined : [...wrong].sort(inCodePoints).join(", ");
}

function unsafeReason(text: string): string | undefined {
  const wrong = new Set([...text].filter((char, i) => !letters.test(char) || (i === 0 && /\p{M}/u.test(char))));
  if (wrong.size === 0) return undefined;
  return `The email address contains unsafe characters: ${[...wrong].sort(inCodePoints).map(shown).join(", ")}.`;
}

const inCodePoints = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Names of what is most often pasted along with an address. */
const names: Readonly<Record<string, string>> = {
  " ": "SPACE",
  "\u00a0": "NO-BREAK SPACE",
  "\u00ad": "SOFT HYPHEN",
  "\u200b": "ZERO WIDTH SPACE",
  "\u200c": "ZERO WIDTH NON-JOINER",
  "\u200d": "ZERO WIDTH JOINER",
  "\u200e": "LEFT-TO-RIGHT MARK",
  "\u200f": "RIGHT-TO-LEFT MARK",
  "\u2028": "LINE SEPARATOR",
  "\u3000": "IDEOGRAPHIC SPACE",
  "\ufeff": "ZERO WIDTH NO-BREAK SPACE",
};

/** In quotes where it can be seen, else by its name or number. */
function shown(char: string): string {
  if (char === "\\") return '"\\"';
  if (visible.test(char)) return repr(char);
  const name = names[char];
  if (name !== undefined) return name;
  const code = char.codePointAt(0)!;
  return `U+${code.toString(16).padStart(code < 0xffff ? 4 : 8, "0")}`.toUpperCase();
}
