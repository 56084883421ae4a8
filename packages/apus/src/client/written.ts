/** Values as text: of the address, of headers and forms, and of JSON. */

/** One value of the address, a header or a form. A `Date` is ISO 8601 text. */
export function textOf(what: string, name: string, value: unknown): string {
  let text: string | undefined;
  try {
    if (value instanceof Date) text = value.toISOString();
    // Whatever has a text of its own says it: numbers, bigints, URLs, Temporal's types.
    else if ((value as object).toString !== Object.prototype.toString) text = String(value);
  } catch {
    // said below
  }
  // Half of a character has no bytes in UTF-8: some platforms refuse it, others send another character.
  if (text !== undefined && !/\p{Cs}/u.test(text)) return text;
  throw new TypeError(
    `APUS_CLIENT_VALUE: ${what}: "${name}" is an object that no text stands for, a date that is none, or a text with half a character (a lone surrogate).`,
  );
}

/** Lists and sets become repeated names; what is null or undefined is left out. */
export function pairsOf(what: string, values: Readonly<Record<string, unknown>>): URLSearchParams {
  const pairs = new URLSearchParams();
  for (const [name, value] of each(values)) pairs.append(name, textOf(what, name, value));
  return pairs;
}

/** The same as a multipart form, in which a file is one: under its name, or as "blob" where it has none. */
export function formDataOf(what: string, values: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const [name, value] of each(values)) {
    if (value instanceof Blob) form.append(name, value);
    else form.append(name, textOf(what, name, value));
  }
  return form;
}

export function holdsFiles(values: Readonly<Record<string, unknown>>): boolean {
  return [...each(values)].some(([, value]) => value instanceof Blob);
}

function* each(values: Readonly<Record<string, unknown>>): Generator<[name: string, value: unknown]> {
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) || value instanceof Set ? (value as Iterable<unknown>) : [value]) {
      if (one !== undefined && one !== null) yield [name, one];
    }
  }
}

/**
 * Puts the values into a template. Everything that is not unreserved is encoded, and dot segments are refused, so that a
 * value can never become another path; only `{name:path}` takes slashes.
 */
export function pathOf(what: string, template: string, values: Readonly<Record<string, unknown>>): string {
  const refuse = (fault: string): never => {
    throw new TypeError(`APUS_CLIENT_PATH: ${what}: ${fault}.`);
  };
  const valueOf = (inside: string): string => {
    const [name = "", convertor] = inside.split(":");
    const value = Object.hasOwn(values, name) ? (values[name] ?? undefined) : undefined;
    const text = value === undefined ? "" : textOf(what, name, value);
    const fault =
      value === undefined
        ? "is missing"
        : convertor === "path"
          ? undefined
          : text === ""
            ? "is empty"
            : text.includes("/")
              ? "holds a slash, which only {name:path} takes"
              : undefined;
    if (fault !== undefined) refuse(`the path parameter "${name}" ${fault}`);
    return text.split("/").map(encodeURIComponent).join("/");
  };
  // Every second part is what stands in braces.
  const path = template
    .split(/\{([^{}]*)\}/)
    .map((part, i) => (i % 2 === 1 ? valueOf(part) : encodeURI(part).replace(/[?#]/g, encodeURIComponent)))
    .join("");
  if (/\/\.\.?(?:\/|$)/.test(path)) refuse(`the path ${path} has a segment "." or "..", which leads elsewhere`);
  return path;
}

const deepest = 2000;

/** What `Object("s")` and its like are: JSON has the value in them. */
const boxes = [Number, String, Boolean, BigInt];

/**
 * JSON text; undefined for what JSON leaves out. It has no word for sets and maps, which are sent as lists and objects, and
 * the platform has none for integers of any length, which are sent digit by digit.
 */
export function jsonOf(what: string, value: unknown, depth = 0): string | undefined {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fault =
    depth > deepest
      ? `is nested deeper than ${deepest} levels, or contains itself`
      : isBinary(value)
        ? "holds bytes, which have no form in JSON: send them as text, such as base64"
        : undefined;
  if (fault !== undefined) throw new TypeError(`APUS_CLIENT_BODY: ${what}: the body ${fault}.`);
  if ("toJSON" in value && typeof value.toJSON === "function") return jsonOf(what, value.toJSON(), depth + 1);
  if (boxes.some((box) => value instanceof box)) return jsonOf(what, value.valueOf(), depth + 1);
  if (Array.isArray(value) || value instanceof Set) {
    return `[${Array.from(value as Iterable<unknown>, (each) => jsonOf(what, each, depth + 1) ?? "null").join()}]`;
  }
  const members: string[] = [];
  for (const [key, each] of value instanceof Map ? (value as Map<unknown, unknown>) : Object.entries(value)) {
    const text = jsonOf(what, each, depth + 1);
    if (text !== undefined) members.push(`${JSON.stringify(String(key))}:${text}`);
  }
  return `{${members.join()}}`;
}

/** Whether a body is bytes already. */
export function isBinary(value: unknown): value is Blob | ArrayBuffer | Uint8Array<ArrayBuffer> {
  return value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

/** The media type of a Content-Type, without parameters. */
export function mediaTypeOf(contentType: string | null): string {
  return (contentType ?? "").split(";", 1)[0]!.trim().toLowerCase();
}

/** Whether a Content-Type is JSON of any kind. */
export function isJson(contentType: string | null): boolean {
  return /[/+]json$/.test(mediaTypeOf(contentType));
}
