/**
 * Requests read by a description, slowly and by the words of FastAPI's contract: the raw values of each location (1.3), parameter
 * models (1.5), bodies (1.6, 1.7), forms (1.8), what a value may be (2.1, 2.2) and in which order problems come (3.3).
 */
import type { Sent } from "../incoming.ts";
import type { Input, Kind } from "./declaration.ts";
import { pairsByRule } from "./query.ts";

interface Problem {
  readonly type: string;
  readonly loc: readonly (string | number)[];
}

/** What a value comes to, and whether it had to be changed for it. */
type Found = { readonly value: unknown; readonly changed: boolean } | { readonly problems: Problem[] };

export type Reading =
  | { readonly status: 200; readonly values: Record<string, unknown> }
  | { readonly status: 422; readonly problems: Problem[] };

const fail = (type: string, ...loc: (string | number)[]): Found => ({ problems: [{ type, loc }] });
const as = (value: unknown, changed = false): Found => ({ value, changed });
const within = (found: Found, ...loc: (string | number)[]): Found =>
  "problems" in found ? { problems: found.problems.map((each) => ({ ...each, loc: [...loc, ...each.loc] })) } : found;

/** Reads what was sent, a text or what JSON has. */
export function read(of: Kind, sent: unknown): Found {
  switch (of.kind) {
    case "str": {
      if (typeof sent !== "string") return fail("string_type");
      const length = [...sent].length;
      if (length < of.min) return fail("string_too_short");
      return length > of.max ? fail("string_too_long") : as(sent);
    }
    case "int":
      return integer(of.ge ?? -Infinity, of.le ?? Infinity, sent);
    case "float":
      return float(sent);
    case "bool":
      return bool(sent);
    case "enum":
      return of.values.includes(sent as string) ? as(sent) : fail("enum");
    case "nullable":
      return sent === null ? as(null) : read(of.of, sent);
    case "union":
      return union(of.of, sent);
    case "list": {
      if (!Array.isArray(sent)) return fail("list_type");
      const all = together(sent.map((each, i) => [i, read(of.of, each)]));
      if ("problems" in all) return all;
      return sent.length < of.min ? fail("too_short") : as(all.values, all.changed);
    }
    case "dict": {
      if (!isObject(sent)) return fail("dict_type");
      const all = together(Object.entries(sent).map(([key, each]) => [key, read(of.of, each)]));
      return "problems" in all
        ? all
        : as(Object.fromEntries(Object.keys(sent).map((key, i) => [key, all.values[i]])), all.changed);
    }
    case "model":
      return object(of, sent);
  }
}

const isObject = (sent: unknown): sent is Record<string, unknown> =>
  typeof sent === "object" && sent !== null && !Array.isArray(sent);

function together(
  all: readonly (readonly [string | number, Found])[],
): { values: unknown[]; changed: boolean } | { problems: Problem[] } {
  const problems = all.flatMap(([at, found]) => {
    const placed = within(found, at);
    return "problems" in placed ? placed.problems : [];
  });
  if (problems.length > 0) return { problems };
  const found = all.map(([, each]) => each as { value: unknown; changed: boolean });
  return { values: found.map((each) => each.value), changed: found.some((each) => each.changed) };
}

function bounded(ge: number, le: number, value: number, changed: boolean): Found {
  if (value > 2 ** 53 - 1) return fail("less_than_equal");
  if (value < 1 - 2 ** 53) return fail("greater_than_equal");
  if (value > le) return fail("less_than_equal");
  return value < ge ? fail("greater_than_equal") : as(value + 0, changed);
}

/** What Python and Rust trim, as far as it is sent here. */
const trimmed = (text: string): string =>
  text.replace(/^[\t-\r \u0085\u00a0]+/, "").replace(/[\t-\r \u0085\u00a0]+$/, "");

function integer(ge: number, le: number, sent: unknown): Found {
  if (typeof sent === "boolean") return bounded(ge, le, Number(sent), true);
  if (typeof sent === "number") {
    if (!Number.isFinite(sent)) return fail("finite_number");
    return Number.isInteger(sent) ? bounded(ge, le, sent, false) : fail("int_from_float");
  }
  if (typeof sent !== "string") return fail("int_type");
  const text = trimmed(sent);
  return /^[+-]?[0-9]+(?:_[0-9]+)*(?:\.0+)?$/.test(text)
    ? bounded(ge, le, Number(text.replaceAll("_", "")), true)
    : fail("int_parsing");
}

function float(sent: unknown): Found {
  if (typeof sent === "boolean") return as(Number(sent), true);
  if (typeof sent === "number") return Number.isFinite(sent) ? as(sent) : fail("finite_number");
  if (typeof sent !== "string") return fail("float_type");
  const text = sent.includes("_") ? (/^_|__|_$/.test(sent) ? "" : sent.replaceAll("_", "")) : trimmed(sent);
  if (/^[+-]?(?:inf|infinity|nan)$/i.test(text)) return fail("finite_number");
  if (!/^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?$/i.test(text)) return fail("float_parsing");
  return Number.isFinite(Number(text)) ? as(Number(text), true) : fail("finite_number");
}

function bool(sent: unknown): Found {
  if (typeof sent === "boolean") return as(sent);
  if (sent === 0 || sent === 1) return as(sent === 1, true);
  if (typeof sent === "number" && Number.isInteger(sent) && Math.abs(sent) < 2 ** 63) return fail("bool_parsing");
  if (typeof sent !== "string") return fail("bool_type");
  if (["1", "true", "t", "y", "yes", "on"].includes(sent.toLowerCase())) return as(true, true);
  return ["0", "false", "f", "n", "no", "off"].includes(sent.toLowerCase()) ? as(false, true) : fail("bool_parsing");
}

/** The first member that takes the value as it is, else the first that can change it. */
function union(members: readonly Kind[], sent: unknown): Found {
  const found = members.map((each) => read(each, sent));
  const taken = found.find((each) => "value" in each && !each.changed) ?? found.find((each) => "value" in each);
  if (taken !== undefined) return taken;
  return { problems: found.flatMap((each, i) => (within(each, members[i]!.kind) as { problems: Problem[] }).problems) };
}

function object(of: Extract<Kind, { kind: "model" }>, sent: unknown): Found {
  if (!isObject(sent)) return fail("model_attributes_type");
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  let changed = false;
  for (const { name, of: kind, absent, standIn } of of.fields) {
    if (!Object.hasOwn(sent, name)) {
      if (absent === "required") problems.push({ type: "missing", loc: [name] });
      if (absent === "default") values[name] = standIn;
      continue;
    }
    const found = within(read(kind, sent[name]), name);
    if ("problems" in found) problems.push(...found.problems);
    else {
      values[name] = found.value;
      changed ||= found.changed;
    }
  }
  for (const key of Object.keys(sent)) {
    if (of.fields.some(({ name }) => name === key)) continue;
    if (of.extra === "forbid") problems.push({ type: "extra_forbidden", loc: [key] });
    if (of.extra === "allow") values[key] = sent[key];
  }
  return problems.length > 0 ? { problems } : as(values, changed);
}

const wireName = ({ name, place }: Input): string =>
  place === "header" ? name.replaceAll(/[A-Z]/g, "-$&").replaceAll("_", "-").toLowerCase() : name;

/** A path, cookie, header, query or form value, all mentions in order. */
function mentions(input: Input, sent: Sent, pathValues: Readonly<Record<string, string>>): string[] {
  const wanted = wireName(input);
  const of = (pairs: readonly string[]): string[] => pairs.filter((_, i) => i % 2 === 1 && pairs[i - 1] === wanted);
  switch (input.place) {
    case "path":
      return [pathValues[input.name]!];
    case "header":
      return of(sent.headers);
    case "cookie":
      return of(cookiePairs(sent));
    default:
      return of(input.place === "query" ? queryPairs(sent) : formPairs(sent));
  }
}

const queryPairs = ({ target }: Sent): string[] => pairsByRule(target.split("?").slice(1).join("?"));

function cookiePairs({ headers }: Sent): string[] {
  const lines = headers.filter((_, i) => i % 2 === 1 && headers[i - 1] === "cookie");
  return lines.flatMap((line) => line.split("; ").flatMap((each) => each.split(/=(.*)/s).slice(0, 2)));
}

function formPairs(sent: Sent): string[] {
  const type = contentType(sent)?.split(";")[0]!.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") return [];
  return pairsByRule(Buffer.from(sent.body ?? "", "latin1").toString("utf8"));
}

const contentType = ({ headers }: Sent): string | undefined =>
  headers.find((_, i) => i % 2 === 1 && headers[i - 1] === "content-type");

const isList = ({ of }: Pick<Input, "of">): boolean => of.kind === "list";

function single(input: Input, sent: Sent, pathValues: Readonly<Record<string, string>>): Found | undefined {
  const all = mentions(input, sent, pathValues);
  let raw: unknown = input.place === "header" ? all[0] : all.at(-1);
  if (isList(input) && input.place !== "cookie") raw = all.length > 0 ? all : undefined;
  if (input.place === "form" && raw === "") raw = undefined;
  return orAbsent(input, raw, [input.place === "form" ? "body" : input.place, wireName(input)]);
}

/** The value or what stands for it; undefined where that is nothing. */
function orAbsent(input: Input, raw: unknown, loc: (string | number)[]): Found | undefined {
  if (raw !== undefined) return within(read(input.of, raw), ...loc);
  if (input.absent === "required") return within(fail("missing"), ...loc);
  return input.absent === "optional" ? undefined : as(input.standIn);
}

/** All keys of a location as one object, for a model. */
function whole(input: Input, sent: Sent): Found {
  const fields = input.of.kind === "model" ? input.of.fields : [];
  const pairs = input.place === "query" ? queryPairs(sent) : input.place === "form" ? formPairs(sent) : input.place === "cookie" ? cookiePairs(sent) : [...sent.headers]; // prettier-ignore
  const all = new Map<string, string[]>();
  for (let i = 0; i < pairs.length; i += 2) all.set(pairs[i]!, [...(all.get(pairs[i]!) ?? []), pairs[i + 1]!]);
  const taken = new Map<string, unknown>();
  for (const each of fields) {
    const values = all.get(wireName({ ...each, place: input.place }));
    if (values === undefined) continue;
    const first = input.place === "header";
    taken.set(each.name, isList(each) && input.place !== "cookie" ? values : first ? values[0] : values.at(-1));
  }
  for (const [key, values] of all) {
    const known = fields.some((each) => each.name === key || wireName({ ...each, place: input.place }) === key);
    if (!known) taken.set(key, values.length > 1 ? values : values[0]);
  }
  return within(read(input.of, Object.fromEntries(taken)), input.place === "form" ? "body" : input.place);
}

/** What the JSON body comes to for each input, or the one problem of a text that is no JSON. */
function bodies(inputs: readonly Input[], sent: Sent): (Found | undefined)[] | Problem[] {
  const bytes = Buffer.from(sent.body ?? "", "latin1");
  const type = contentType(sent)?.split(";")[0]!.trim().toLowerCase() ?? "";
  const isJson = type === "application/json" || /^application\/.*\+json$/.test(type);
  let parsed: unknown;
  if (isJson && bytes.length > 0) {
    try {
      parsed = JSON.parse(bytes.toString("utf8"));
    } catch {
      return [{ type: "json_invalid", loc: ["body"] }];
    }
  }
  if (inputs.length === 1) {
    const [input] = inputs as [Input];
    const raw = isJson || bytes.length === 0 ? (parsed ?? undefined) : bytes.toString("utf8");
    return [orAbsent(input, raw, ["body"])];
  }
  const wrong = parsed !== undefined && parsed !== null && !isObject(parsed);
  return inputs.map((input) => {
    if (wrong) return fail("missing", "body", input.name);
    const object = isObject(parsed) ? parsed : {};
    const raw = Object.hasOwn(object, input.name) ? object[input.name] : undefined;
    return orAbsent(input, raw ?? undefined, ["body", input.name]);
  });
}

/** The whole request. */
export function readRequest(
  inputs: readonly Input[],
  sent: Sent,
  pathValues: Readonly<Record<string, string>>,
): Reading {
  const order = ["path", "query", "header", "cookie"];
  const parameters = order.flatMap((place) => inputs.filter((each) => each.place === place));
  const found = new Map<string, Found | undefined>();
  for (const input of [...parameters, ...inputs.filter((each) => each.place === "form")]) {
    found.set(input.name, input.of.kind === "model" ? whole(input, sent) : single(input, sent, pathValues));
  }
  const inBody = inputs.filter((each) => each.place === "body");
  const body = inBody.length === 0 ? [] : bodies(inBody, sent);
  if (body.length > 0 && body[0] !== undefined && "loc" in body[0]) return { status: 422, problems: body as Problem[] };
  for (const [i, input] of inBody.entries()) found.set(input.name, body[i] as Found | undefined);
  const problems = [...found.values()].flatMap((each) =>
    each !== undefined && "problems" in each ? each.problems : [],
  );
  if (problems.length > 0) return { status: 422, problems };
  const values = inputs.flatMap(({ name }) => {
    const each = found.get(name);
    return each !== undefined && "value" in each ? [[name, each.value] as const] : [];
  });
  return { status: 200, values: Object.fromEntries(values) };
}
