/** The JSON body: content types, single and embedded inputs, null, and what cannot be read. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Exchange, WebIncoming } from "../exchange/index.ts";
import type { AnySchema, Problem } from "../schema/index.ts";
import { compileBody } from "./body.ts";
import type { BodyOptions, BodyPlan } from "./body-plan.ts";
import { locate } from "./locate.ts";
import { body } from "./markers.ts";
import type { Located } from "./types.ts";

type Inputs = Record<string, AnySchema | Located>;
type Sent = string | Uint8Array | null;

/** An adapter that makes text of bytes in its own, lenient way. */
class Decoding extends WebIncoming {
  utf8(bytes: Uint8Array): string {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  }
}

/**
 * What the handler gets; or the status with `loc type` and input of each problem, or with a sentence. The same from adapters
 * that decode and that do not, and whether the bytes are waited for or there already.
 */
async function read(
  inputs: Inputs,
  sent: Sent,
  type: string | null = "application/json",
  options: Partial<BodyOptions> = {},
): Promise<unknown> {
  const found = await readFrom(WebIncoming, inputs, sent, type, options);
  expect(await readFrom(Decoding, inputs, sent, type, options)).toEqual(found);
  return found;
}

async function readFrom(
  Adapter: typeof WebIncoming,
  inputs: Inputs,
  sent: Sent,
  type: string | null,
  options: Partial<BodyOptions>,
): Promise<unknown> {
  const fields = Object.entries(inputs).map(([name, entry]) => locate(name, entry, [], "POST /"));
  const plan = compileBody(fields, {
    operation: "POST /",
    limit: 2 ** 21,
    strictContentType: true,
    mode: "lax",
    ...options,
  });
  const bytes = typeof sent === "string" ? new TextEncoder().encode(sent) : sent;
  const headers = type === null ? {} : { "content-type": type };
  // Bytes carry no type of their own; a text would bring text/plain.
  const request = new Request("http://host/", { method: "POST", body: bytes as BodyInit | null, headers });
  const exchange = new Exchange(new Adapter(request));
  const parsed =
    Adapter === WebIncoming ? await plan.parse(exchange) : await taken(plan, exchange, options.limit ?? 2 ** 21);
  if ("status" in parsed) return parsed.status === 422 ? [422, parsed.problems] : [parsed.status, parsed.detail];
  const into: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const field of fields) plan.read(field, parsed, into, problems);
  return problems.length === 0 ? into : problems.map((each) => [[...each.loc, each.type].join(" "), each.input]);
}

/** What reads the bytes itself keeps their limit itself. */
async function taken(plan: BodyPlan, exchange: Exchange, limit: number): ReturnType<BodyPlan["parse"]> {
  const bytes = await exchange.body(limit).catch(() => undefined);
  return bytes === undefined ? plan.parse(exchange) : plan.take!(exchange, bytes);
}

const Item = z.object({ name: z.string() });
const whole = { item: Item };
const unparsable = [400, "There was an error parsing the body"];

describe("one input is the whole body", () => {
  test.each<[Sent, unknown]>([
    ['{"name": "a", "x": 1}', { item: { name: "a" } }],
    ["{}", [["body name missing", {}]]],
    ["null", [["body missing", null]]],
    ["", [["body missing", null]]],
    [null, [["body missing", null]]],
    ["[]", [["body model_attributes_type", []]]],
    ["5", [["body model_attributes_type", 5]]],
    ['"x"', [["body model_attributes_type", "x"]]],
    ['{"__proto__": {"name": "a"}}', [["body name missing", JSON.parse('{"__proto__": {"name": "a"}}')]]],
  ])("%j", async (sent, expected) => expect(await read(whole, sent)).toEqual(expected));

  test("lists, scalars and defaults", async () => {
    expect(await read({ all: z.array(Item) }, '[{"name": "a"}, {}]')).toEqual([["body 1 name missing", {}]]);
    expect(await read({ n: body(z.int()) }, '"5"')).toEqual({ n: 5 });
    expect(await read({ n: body(z.int()) }, '"5"', undefined, { mode: "strict" })).toEqual([["body int_type", "5"]]);
    expect(await read({ n: body(z.int().nullable()) }, "null")).toEqual([["body missing", null]]);
    for (const absent of ["null", "", null]) {
      expect(await read({ n: body(z.int().default(7)) }, absent)).toEqual({ n: 7 });
      expect(await read({ item: Item.optional() }, absent)).toEqual({ item: undefined });
      expect(await read({ item: Item.nullable().default(null) }, absent)).toEqual({ item: null });
    }
    expect(await read({ item: body(Item, { alias: "other" }) }, '{"name": "a"}')).toEqual({ item: { name: "a" } });
  });
});

describe("several, or one that is embedded, are keys", () => {
  const both = { item: Item, user: z.object({ id: z.int() }).optional() };
  const embedded = { item: body(Item, { embed: true }) };

  test.each<[Inputs, Sent, unknown]>([
    [both, '{"item": {"name": "a"}, "user": {"id": "1"}}', { item: { name: "a" }, user: { id: 1 } }],
    [both, '{"item": {"name": "a"}}', { item: { name: "a" }, user: undefined }],
    [both, '{"item": null, "user": null}', [["body item missing", null]]],
    [
      both,
      '{"item": {}, "user": 5}',
      [
        ["body item name missing", {}],
        ["body user model_attributes_type", 5],
      ],
    ],
    [
      both,
      "[]",
      [
        ["body item missing", null],
        ["body user missing", null],
      ],
    ],
    [
      both,
      '"x"',
      [
        ["body item missing", null],
        ["body user missing", null],
      ],
    ],
    [both, "null", [["body item missing", null]]],
    [both, null, [["body item missing", null]]],
    [both, '{"__proto__": 1}', [["body item missing", null]]],
    [embedded, '{"item": {"name": "a"}}', { item: { name: "a" } }],
    [embedded, '{"name": "a"}', [["body item missing", null]]],
    [{ a: body(Item, { alias: "b", embed: true }) }, '{"b": {"name": 1}}', [["body b name string_type", 1]]],
    [{ a: body(z.string(), { alias: "q" }), b: body(z.int(), { alias: "q" }) }, '{"q": "5"}', { a: "5", b: 5 }],
    [{ constructor: body(z.object({}), { embed: true }) }, "{}", [["body constructor missing", null]]],
  ])("%# %j", async (inputs, sent, expected) => expect(await read(inputs, sent)).toEqual(expected));

  test("a body that is no JSON lacks every required key", async () => {
    expect(await read(both, '{"item": {}}', "text/plain")).toEqual([["body item missing", null]]);
  });
});

describe("content types", () => {
  const sent = '{"name": "a"}';
  const asText = [["body model_attributes_type", sent]];

  test.each<[string | null, boolean]>([
    ["application/json", true],
    ["Application/JSON; charset=latin-1", true],
    ["application/vnd.api+json", true],
    ["application/geo+json-seq", false],
    ["application/x-www-form-urlencoded", false],
    ["text/plain", false],
    ["text/json", false],
    ["garbage", false],
    [null, false],
  ])("%s is JSON: %s", async (type, json) =>
    expect(await read(whole, sent, type)).toEqual(json ? { item: { name: "a" } } : asText),
  );

  test("without a content type the operation decides; an empty one is none", async () => {
    for (const none of [null, ""]) {
      expect(await read(whole, sent, none, { strictContentType: false })).toEqual({ item: { name: "a" } });
      expect(await read(whole, sent, none)).toEqual(asText);
    }
    expect(await read(whole, sent, "text/plain", { strictContentType: false })).toEqual(asText);
  });

  test("text reaches scalars", async () => {
    expect(await read({ n: body(z.int()) }, " 5 ", "text/plain")).toEqual({ n: 5 });
    expect(await read({ s: body(z.string()) }, "héllo", "text/plain")).toEqual({ s: "héllo" });
    expect(await read({ s: body(z.string()) }, new Uint8Array([65, 255]), "text/plain")).toEqual({ s: "A\ufffd" });
  });
});

describe("what cannot be read", () => {
  test("malformed JSON is one problem with its place", async () => {
    expect(await read(whole, '{"é😀":}')).toEqual([
      422,
      [
        {
          type: "json_invalid",
          loc: ["body", 6],
          msg: "JSON decode error",
          input: {},
          ctx: { error: "Expecting value" },
        },
      ],
    ]);
  });

  test.each<[string, Sent]>([
    ["invalid UTF-8", new Uint8Array([0x22, 0xff, 0x22])],
    ["a lone surrogate in UTF-8", new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ["too deep", "[".repeat(2000)],
    ["too deep, but whole", "[".repeat(2000) + "]".repeat(2000)],
    ["a mebibyte of depth", "[".repeat(2 ** 19) + "]".repeat(2 ** 19)],
  ])("%s", async (_, sent) => expect(await read({ all: z.array(z.unknown()) }, sent)).toEqual(unparsable));

  test("too large", async () => {
    expect(await read(whole, '{"name": "a"}', undefined, { limit: 12 })).toEqual([
      413,
      "The request body is larger than 12 bytes",
    ]);
    expect(await read(whole, '{"name": "a"}', undefined, { limit: 13 })).toEqual({ item: { name: "a" } });
  });

  test("a byte order mark is skipped, a lone surrogate escape and NaN are read", async () => {
    expect(await read(whole, '\ufeff{"name": "\\ud800"}')).toEqual({ item: { name: "\ud800" } });
    expect(await read(whole, '{"name": "\ufffd \ufeff"}')).toEqual({ item: { name: "\ufffd \ufeff" } });
    expect(await read({ n: body(z.number()) }, "NaN")).toEqual([["body finite_number", Number.NaN]]);
    expect(await read(whole, '{"name": NaN}')).toEqual([["body name string_type", Number.NaN]]);
  });

  test("a client that left", async () => {
    const stream = new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
    const request = new Request("http://host/", { method: "POST", body: stream, duplex: "half" } as RequestInit);
    const plan = compileBody([locate("item", Item, [], "POST /")], {
      operation: "POST /",
      limit: 9,
      strictContentType: true,
      mode: "lax",
    });
    expect(await plan.parse(new Exchange(new WebIncoming(request)))).toEqual({ status: 400, detail: unparsable[1] });
  });

  test("a recursive schema reads the deepest body", async () => {
    const Deep: z.ZodType = z.lazy(() => z.union([z.int(), z.array(Deep)]));
    const at = (leaf: string): string => "[".repeat(1000) + leaf + "]".repeat(1000);
    expect(await read({ deep: body(Deep) }, at("1"))).toHaveProperty("deep");
    expect(await read({ deep: body(Deep) }, at('"x"'))).toHaveLength(1000);
  });
});
