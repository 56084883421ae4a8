/**
 * Multipart bodies against RFC 2046, section 5.1, read as one text, and against themselves cut into other pieces: what is found does
 * not depend on where a packet ends. Limits are small, so that they are met.
 */
import { FormError, readMultipart, usualLimits, type MultipartForm } from "../../../src/multipart/index.ts";
import type { Random } from "../random.ts";
import { holds, same, type Target } from "../target.ts";
import { isTokenByRule } from "../unicode.ts";

interface Body {
  readonly type: string;
  /** Bytes as Latin-1 characters. */
  readonly body: string;
  /** How long the pieces are that it comes in; it is also read as one. */
  readonly pieces: number;
}

type Entry = readonly [name: string, value: string, file: boolean];
type Form = readonly Entry[] | { readonly refused: string };

const limits = { ...usualLimits, maxFiles: 3, maxFields: 4, maxPartSize: 60, maxFieldsSize: 120, maxFileSize: 80, maxPartHeaderSize: 200 }; // prettier-ignore

const boundaries = ["b", "xyz", "----WebKitFormBoundary7MA4YWxk", "a-b", "--", "0", "b'()+_,-./:=?"];
const tokens = ["\r\n", "\r", "\n", "--", "--b", "\r\n--b", "\r\n--b--", "\r\n--b\r\n", "\r\n--bx", "\r\n--b \r\n", ":", ";", '"', "\\", 'name="a"', "filename=", "Content-Disposition: form-data", "content-type: text/plain", "\r\n\r\n", "=", "a", "\u00e9", "\0"]; // prettier-ignore
const contents = [
  "",
  "1",
  "abc",
  "\r\n",
  "\r",
  "--",
  "\r\n--",
  "\u00c3\u00a9",
  "\u00ff",
  "\r\n--x",
  "a".repeat(61),
  "b".repeat(90),
  "\0",
];
const dispositions = ['name="a"', 'name="b"; filename="f.txt"', "name=a", 'name="a;b"', 'name="a\\"b"', 'filename="x"; name="f"', 'name="f"; filename=""', 'name="f"; filename*=utf-8\'\'x', "", 'name="f"; filename="..\\\\..\\\\x"', 'name="\u00c3\u00a9"', "NAME=x"]; // prettier-ignore

function part(random: Random): string {
  const lines = [`Content-Disposition: form-data; ${random.pick(dispositions)}`];
  if (random.oneIn(3)) lines.push(random.pick(["Content-Type: text/plain", "X-Y: z", "content-disposition: form-data", "a", "x:  y", `x: ${"y".repeat(200)}`])); // prettier-ignore
  if (random.oneIn(6)) lines.reverse();
  return `${lines.join("\r\n")}\r\n\r\n${random.oneIn(4) ? random.latin1(12) : random.pick(contents)}`;
}

function body(random: Random): Body {
  const boundary = random.oneIn(3) ? "b" : random.pick(boundaries);
  const parts = random.list(6, () => part(random));
  const whole = `--${boundary}\r\n${parts.join(`\r\n--${boundary}\r\n`)}\r\n--${boundary}--\r\n`;
  const quoted = random.oneIn(2) ? `"${boundary}"` : boundary;
  const type = `multipart/form-data; boundary=${quoted}${random.oneIn(9) ? "; charset=latin-1" : ""}`;
  return {
    type: random.oneIn(20) ? random.mutated(type, [";", "=", '"', "boundary", " "]) : type,
    body: random.oneIn(2) ? random.mutated(whole, tokens) : random.oneIn(9) ? random.written(["--b--"], tokens) : whole,
    pieces: 1 + random.size(12),
  };
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  // The same memory again and again: a parser that keeps a view of it keeps somebody else's bytes.
  const chunk = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    chunk.set(piece);
    yield chunk.subarray(0, piece.length);
  }
}

async function reading({ type, body: text }: Body, size: number): Promise<Form> {
  let form: MultipartForm;
  try {
    form = await readMultipart(pieces(Uint8Array.from(Buffer.from(text, "latin1")), size), type, limits);
  } catch (error) {
    if (error instanceof FormError) return { refused: `${error.status} ${error.message}` };
    throw error;
  }
  const entries: Entry[] = [];
  for (let i = 0; i < form.pairs.length; i += 2) {
    const [name, value] = [form.pairs[i] as string, form.pairs[i + 1]!];
    if (typeof value === "string") entries.push([name, value, false]);
    else entries.push([name, Buffer.from(await value.arrayBuffer()).toString("latin1"), true]);
  }
  return entries;
}

/** Parameters behind the first semicolon; quotes protect semicolons. */
function parametersByRule(header: string): Map<string, string> {
  const parts: string[] = [""];
  let quoted = false;
  [...header].forEach((char, i) => {
    if (char === '"' && header[i - 1] !== "\\") quoted = !quoted;
    if (char === ";" && !quoted) parts.push("");
    else parts[parts.length - 1] += char;
  });
  const blank = (text: string): string => text.replace(/^[ \t]+/, "").replace(/[ \t]+$/, "");
  const found = new Map<string, string>();
  for (const each of parts.slice(1)) {
    const [name = "", ...rest] = each.split("=");
    const value = blank(rest.join("="));
    const bare = /^".*"$/s.test(value) && value.length > 1 ? value.slice(1, -1).split("\\\\").join("\\").split('\\"').join('"') : value; // prettier-ignore
    if (!name.includes("*")) found.set(blank(name).toLowerCase(), bare);
  }
  return found;
}

/** The whole body at once. The text of a refusal is told only where it does not depend on what comes first. */
function formByRule({ type, body: text }: Body): Form {
  const parameters = parametersByRule(type);
  const boundary = parameters.get("boundary");
  const invalid = { refused: "400 There was an error parsing the body" };
  if (boundary === undefined) return { refused: "400 Missing boundary in multipart." };
  if (boundary === "" || boundary.length > 256) return invalid;
  if (text === "") return [];
  let at = 0;
  if (/^[\r\n]/.test(text)) {
    at = text.indexOf("-");
    if (at < 0) return [];
  }
  if (!text.startsWith(`--${boundary}`, at)) return invalid;
  at += boundary.length + 2;
  if (text.startsWith("--", at)) return [];
  if (!text.startsWith("\r\n", at)) return invalid;
  at += 2;
  const decode = (bytes: string): string => {
    const charset = parameters.get("charset") ?? "utf-8";
    // The web's decoder takes other names of Latin-1 for windows-1252.
    if (charset === "latin-1") return bytes;
    try {
      return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, "latin1"));
    } catch {
      return bytes;
    }
  };
  const entries: Entry[] = [];
  for (let [fields, files, size] = [0, 0, 0]; ;) {
    const block = headersByRule(text.slice(at, at + limits.maxPartHeaderSize));
    if (block === undefined) return invalid;
    const disposition = block.headers.filter(([name]) => name === "content-disposition");
    if (disposition.length > 1) return invalid;
    const said = parametersByRule(disposition[0]?.[1] ?? "");
    const name = said.get("name");
    if (name === undefined) return { refused: '400 The Content-Disposition header field "name" must be provided.' };
    const file = said.has("filename");
    if (file && ++files > limits.maxFiles) return { refused: "400 Too many files. Maximum number of files is 3." };
    if (!file && ++fields > limits.maxFields) return { refused: "400 Too many fields. Maximum number of fields is 4." };
    at += block.length;
    const end = delimiterAfter(text, at, boundary);
    const content = text.slice(at, end?.start);
    if (file && content.length > limits.maxFileSize && end !== undefined) return { refused: "413" };
    if (!file && end !== undefined && (content.length > limits.maxPartSize || (size += content.length) > limits.maxFieldsSize)) return { refused: "4" }; // prettier-ignore
    if (end === undefined) return { refused: "4" };
    entries.push([decode(name), file ? content : decode(content), file]);
    if (end.last) return entries;
    if (end.next === undefined) return invalid;
    at = end.next;
  }
}

function headersByRule(text: string): { headers: [string, string][]; length: number } | undefined {
  const headers: [string, string][] = [];
  for (let at = 0; ;) {
    const end = text.indexOf("\r", at);
    if (end < 0 || text[end + 1] !== "\n") return undefined;
    if (end === at) return headers.length > 8 ? undefined : { headers, length: at + 2 };
    const [name = "", ...rest] = text.slice(at, end).split(":");
    const value = rest.join(":").replace(/^ +/, "");
    if (rest.length === 0 || !isTokenByRule(name)) return undefined;
    if (![...value].every((char) => char === "\t" || (char >= " " && char !== "\u007f"))) return undefined;
    headers.push([name.toLowerCase(), value]);
    at = end + 2;
  }
}

/** The next delimiter: its place, and where what follows it begins, or whether it is the last. */
function delimiterAfter(
  text: string,
  from: number,
  boundary: string,
): { start: number; next?: number; last: boolean } | undefined {
  const delimiter = `\r\n--${boundary}`;
  for (let start = text.indexOf(delimiter, from); start >= 0; start = text.indexOf(delimiter, start + 1)) {
    const rest = text.slice(start + delimiter.length);
    const at = start + delimiter.length;
    if (rest.startsWith("--")) return { start, last: true };
    if (rest.startsWith("\r\n")) return { start, next: at + 2, last: false };
    const padding = /^[ \t]+/.exec(rest)?.[0].length ?? 0;
    if (padding > 0)
      return { start, last: false, ...(rest.startsWith("\r\n", padding) ? { next: at + padding + 2 } : {}) };
  }
  return undefined;
}

export const multipart: Target<Body, Promise<readonly Form[]>> = {
  name: "multipart",
  make: body,
  async read(input) {
    const forms: Form[] = [];
    for (const size of [Math.max(input.body.length, 1), Math.max(input.pieces, 1)])
      forms.push(await reading(input, size));
    return forms;
  },
  judge(input, [whole, ...others]) {
    const expected = formByRule(input);
    if ("refused" in expected) {
      holds(`what is refused is taken: ${expected.refused}`, "refused" in whole!);
      holds(`refused for another reason: ${JSON.stringify(whole)}`, (whole as { refused: string }).refused.startsWith(expected.refused)); // prettier-ignore
    } else same("the form", whole, expected);
    // A limit of content may be met before or after a fault behind it, as it is cut; that it is refused stays.
    for (const other of others) same("the form in other pieces", "refused" in other ? "refused" : other, "refused" in whole! ? "refused" : whole); // prettier-ignore
  },
  series: [
    (size) => ({ type: "multipart/form-data; boundary=b", body: "-".repeat(size), pieces: size }),
    (size) => ({ type: "multipart/form-data; boundary=b", body: `--b\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\n${"\r\n--".repeat(size / 4)}`, pieces: size }), // prettier-ignore
    (size) => ({ type: "multipart/form-data; boundary=b", body: "\r".repeat(size), pieces: size }),
    (size) => ({ type: `multipart/form-data; boundary=${";".repeat(size)}`, body: "--b--", pieces: 9 }),
    (size) => ({ type: `multipart/form-data; boundary=${'"\\'.repeat(size / 2)}`, body: "--b--", pieces: 9 }),
    (size) => ({ type: "multipart/form-data; boundary=b", body: `--b--${"\r\n--b".repeat(size / 5)}`, pieces: size }),
  ],
};
