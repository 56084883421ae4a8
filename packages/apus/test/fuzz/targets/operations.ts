/**
 * Random operations with random requests, through the whole of an App: the values that the handler gets, or the problems that the
 * client is told, are those of a simple reading of the declaration. Nothing that is sent is answered 500.
 */
import { App, operation } from "apus";
import { exchangeOf, type Sent } from "../incoming.ts";
import type { Random } from "../random.ts";
import { smaller } from "../smaller.ts";
import { holds, same, type Target } from "../target.ts";
import { field, inputOf, model, names, scalar, value, type Input, type Kind, type Place } from "./declaration.ts";
import { readRequest } from "./declaration-rule.ts";

interface Ask extends Sent {
  readonly pathValues: Record<string, string>;
}

interface Case {
  readonly inputs: Input[];
  readonly asks: Ask[];
}

type Answers = readonly { readonly status: number; readonly body: string }[];

const texts = ["", "a", "b", "x", "1", "7", "-3", "1.0", "1.5", " 5 ", "true", "off", "abc", "abcdef", "1e3", "nan", "0", "null", "\u00e9", "1_0", "__proto__", "[1]", "a,b", "99999999999999999999", "\u0661"]; // prettier-ignore

/** A list of scalars, which a parameter may be; or a scalar. */
function parameterKind(random: Random, place: Place): Kind {
  if (place !== "path" && random.oneIn(4)) return { kind: "list", of: scalar(random), min: random.int(3) };
  const of = random.oneIn(4) ? value(random, 0) : scalar(random);
  return place !== "path" && random.oneIn(9) ? { kind: "nullable", of } : of;
}

function inputsOf(random: Random): Input[] {
  const places: Place[] = ["path", "query", "header", "cookie", random.oneIn(3) ? "form" : "body"];
  const free = names.toSorted(() => random.int(3) - 1);
  const take = (): string => free.pop()!;
  return places.flatMap((place) => {
    if (random.oneIn(2)) return [];
    const isModel = place !== "path" && place !== "body" && random.oneIn(4);
    if (isModel) {
      const of = model(random, () => parameterKind(random, place));
      const kept = place === "header" ? { ...of, extra: "ignore" as const } : of;
      return [{ ...field(random, take(), kept), absent: "required" as const, place }];
    }
    const many = place === "body" && random.oneIn(2) ? 1 : 1 + random.int(2);
    return Array.from({ length: many }, () => {
      const of = place === "body" ? value(random, 2) : parameterKind(random, place);
      const made = { ...field(random, take(), of), place };
      return place === "path" ? { ...made, absent: "required" as const } : made;
    });
  });
}

const dashed = (name: string): string => name.replaceAll(/[A-Z]/g, "-$&").replaceAll("_", "-").toLowerCase();

/** A value that may fit. */
function valueFor(random: Random, of: Kind, depth = 3): unknown {
  if (random.oneIn(12) || depth === 0)
    return random.pick([null, true, 0, 1, 2.5, "1", "x", "", [], {}, [1], { a: 1 }, 1e20]);
  switch (of.kind) {
    case "str":
      return random.pick(["a", "ab", "abc", "abcdefg", ""]);
    case "int":
      return random.pick([0, 1, 7, -2, 100, "5", true, 1.5]);
    case "float":
      return random.pick([0.5, -1, "1.5", 3, "nan"]);
    case "bool":
      return random.pick([true, false, 0, "yes", 2]);
    case "enum":
      return random.pick([...of.values, "other"]);
    case "list":
      return random.list(4, () => valueFor(random, of.of, depth - 1));
    case "dict":
      return Object.fromEntries(random.list(3, () => [random.pick(names), valueFor(random, of.of, depth - 1)]));
    case "union":
      return valueFor(random, random.pick(of.of), depth);
    case "nullable":
      return random.oneIn(3) ? null : valueFor(random, of.of, depth);
    case "model": {
      const pairs = of.fields
        .filter(() => !random.oneIn(5))
        .map((each) => [each.name, valueFor(random, each.of, depth - 1)]);
      return Object.fromEntries(random.oneIn(4) ? [...pairs, [random.pick(["more", "z"]), 1]] : pairs);
    }
  }
}

/** Name and value in turn, for the inputs of one location: now and then missing, repeated, or beside others. */
function pairsFor(random: Random, inputs: readonly Input[], place: Place): string[] {
  const fields = inputs
    .filter((each) => each.place === place)
    .flatMap((each) => (each.of.kind === "model" ? each.of.fields : [each]));
  const pairs = fields.flatMap(({ name, of }) =>
    Array.from({ length: random.oneIn(6) ? 0 : of.kind === "list" ? random.int(4) : random.oneIn(6) ? 2 : 1 }, () => {
      const fitting = valueFor(random, of.kind === "list" ? of.of : of);
      const text = typeof fitting === "object" || random.oneIn(3) ? random.pick(texts) : String(fitting);
      return [name, text];
    }).flat(),
  );
  return random.oneIn(4) ? [...pairs, random.pick(["more", "z", "a"]), random.pick(texts)] : pairs;
}

function encoded(random: Random, pairs: readonly string[]): string {
  const parts: string[] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    const [name, text] = [encodeURIComponent(pairs[i]!), encodeURIComponent(pairs[i + 1]!)];
    parts.push(
      text === "" && random.oneIn(2) ? name : `${name}=${random.oneIn(3) ? text.replaceAll("%20", "+") : text}`,
    );
  }
  const text = parts.join("&");
  return random.oneIn(12) ? random.mutated(text, ["&", "=", "%", "+", ";", "a"]).replaceAll(/[^!-~]|#/g, "") : text;
}

const latin1 = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

function ask(random: Random, inputs: readonly Input[]): Ask {
  const pathValues: Record<string, string> = {};
  for (const { name, place } of inputs) {
    if (place === "path") pathValues[name] = random.pick(texts.filter((each) => each !== ""));
  }
  const path = Object.values(pathValues).map((each) => `/${encodeURIComponent(each)}`).join(""); // prettier-ignore
  const query = encoded(random, pairsFor(random, inputs, "query"));
  const sendable = (text: string): boolean => /^[!-~]*$/.test(text);
  const headers = pairsFor(random, inputs, "header").map((each, i) => (i % 2 === 0 ? dashed(each) : each)).map((each) => latin1(each)); // prettier-ignore
  const cookies = pairsFor(random, inputs, "cookie").map((each) => (sendable(each) ? each : "x"));
  const crumbs = cookies.flatMap((each, i) => (i % 2 === 0 ? [`${each}=${cookies[i + 1]}`] : []));
  const sent = bodyOf(random, inputs);
  return {
    method: "POST",
    target: `/op${path}${query === "" ? "" : `?${query}`}`,
    headers: [...headers, ...(crumbs.length > 0 ? ["cookie", crumbs.join("; ")] : []), ...sent.headers],
    body: sent.body,
    pathValues,
  };
}

function bodyOf(random: Random, inputs: readonly Input[]): Required<Pick<Sent, "headers" | "body">> {
  const types = ["application/json", "application/json", "application/json; charset=utf-8", "application/problem+json", "text/plain", ""]; // prettier-ignore
  const typed = (type: string): string[] => (type === "" ? [] : ["content-type", type]);
  if (inputs.some(({ place }) => place === "form")) {
    const type = random.oneIn(8) ? random.pick(types) : "application/x-www-form-urlencoded";
    return { headers: typed(type), body: latin1(encoded(random, pairsFor(random, inputs, "form"))) };
  }
  const inBody = inputs.filter(({ place }) => place === "body");
  if (inBody.length === 0) return { headers: [], body: "" };
  const whole =
    inBody.length === 1
      ? valueFor(random, inBody[0]!.of)
      : Object.fromEntries(inBody.filter(() => !random.oneIn(6)).map((each) => [each.name, valueFor(random, each.of)]));
  const text = random.oneIn(15) ? "" : JSON.stringify(random.oneIn(20) ? random.pick([null, [], "x", 1]) : whole);
  const broken = random.oneIn(15)
    ? random.mutated(text, ["{", "}", ",", '"', "1", ":"]).replaceAll(/[^ -~]/g, "")
    : text;
  return { headers: typed(random.oneIn(6) ? random.pick(types) : "application/json"), body: latin1(broken) };
}

async function answers({ inputs, asks }: Case): Promise<Answers> {
  const app = new App({ report: () => {}, docsUrl: null, redocUrl: null, openapiUrl: null });
  const path = `/op${inputs.filter(({ place }) => place === "path").map(({ name }) => `/{${name}}`).join("")}`; // prettier-ignore
  app.include({
    op: operation(["POST"], path as "/op", { input: inputOf(inputs) } as object, (values: unknown) => JSON.parse(JSON.stringify(values)) as object), // prettier-ignore
  });
  const all: { status: number; body: string }[] = [];
  for (const each of asks) {
    const answer = await app.handle(exchangeOf(each));
    all.push({ status: answer.status, body: String(answer.body) });
  }
  return all;
}

export const operations: Target<Case, Promise<Answers>> = {
  name: "operations",
  cost: 500,
  make(random) {
    const inputs = inputsOf(random);
    return { inputs, asks: Array.from({ length: 30 }, () => ask(random, inputs)) };
  },
  read: answers,
  smaller: smallerCases,
  judge({ inputs, asks }, all) {
    for (const [i, each] of asks.entries()) {
      const { status, body } = all[i]!;
      holds(`answered ${status}: ${body}`, status === 200 || status === 422);
      const rule = readRequest(inputs, each, each.pathValues);
      const told = JSON.parse(body) as { detail?: { type: string; loc: unknown[] }[] };
      if (rule.status === 422) {
        const problems = told.detail?.map(({ type, loc }) => ({
          type,
          loc: type === "json_invalid" ? loc.slice(0, 1) : loc,
        }));
        same("the answer", [status, problems], [422, rule.problems]);
      } else same("the answer", [status, sorted(told)], [200, sorted(JSON.parse(JSON.stringify(rule.values)))]);
    }
  },
};

/** Fewer requests, fewer inputs, less in the request; what the path says stays. */
function* smallerCases({ inputs, asks }: Case): Iterable<Case> {
  if (asks.length > 1) for (const each of asks) yield { inputs, asks: [each] };
  for (const [i, { place }] of inputs.entries()) if (place !== "path") yield { inputs: inputs.toSpliced(i, 1), asks };
  const [only] = asks;
  if (only === undefined || asks.length > 1) return;
  for (let i = 0; i < only.headers.length; i += 2)
    yield { inputs, asks: [{ ...only, headers: only.headers.toSpliced(i, 2) }] };
  for (const body of smaller(only.body) as Iterable<string>) yield { inputs, asks: [{ ...only, body }] };
  const [path = "", query = ""] = only.target.split("?");
  for (const less of smaller(query) as Iterable<string>)
    yield { inputs, asks: [{ ...only, target: `${path}?${less}` }] };
}

/** With keys in one order: integer-like ones come first in JavaScript, and the order is judged elsewhere. */
function sorted(each: unknown): unknown {
  if (Array.isArray(each)) return each.map(sorted);
  if (typeof each !== "object" || each === null) return each;
  return Object.entries(each).toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]); // prettier-ignore
}
