/** How components are made and named, and what schemas of other libraries say of themselves. */
import { ApusError } from "../../diagnostic/index.ts";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Components } from "./json-schema.ts";
import type { Direction, JsonSchema } from "./json-schema-types.ts";
import type { AnySchema } from "../types.ts";

/** The schema of one value, with the components it refers to. */
function described(schema: AnySchema, direction: Direction = "input"): { document: JsonSchema; schemas: object } {
  const components = new Components();
  return components.finish(components.describe(schema, direction));
}

const isoDate = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

describe("components", () => {
  test("one entry where both directions are equal, sorted by name", () => {
    const components = new Components();
    const B = z.object({ at: isoDate.default(new Date(0)) }).meta({ id: "B", title: "Bee" });
    const A = z.object({ b: B }).meta({ id: "A" });
    const document = [
      components.describe(A, "input"),
      components.describe(A, "output"),
      components.describe(B.optional(), "input"),
    ];
    const found = components.finish(document);
    const wireDate = { type: "string", format: "date-time", default: "1970-01-01T00:00:00.000Z" };
    expect(found.document).toEqual([ref("A"), ref("A"), ref("B")]);
    expect(found.schemas).toEqual({
      A: { type: "object", properties: { b: ref("B") }, required: ["b"] },
      B: { type: "object", properties: { at: wireDate }, title: "Bee" },
    });
    expect(Object.keys(found.schemas)).toEqual(["A", "B"]);
  });

  test("two where they differ, and for what refers to those", () => {
    const components = new Components();
    const Inner = z
      .object({ a: z.string().catch("x").optional(), b: z.preprocess(String, z.string()).optional() })
      .meta({ id: "Inner" });
    const Differs = z
      .object({ n: z.codec(z.string(), z.string().optional(), { decode: (s) => s, encode: (s) => s ?? "" }) })
      .meta({ id: "Differs" });
    const Outer = z.object({ differs: Differs, inner: Inner }).meta({ id: "Outer" });
    const found = components.finish([components.describe(Outer, "input"), components.describe(Outer, "output")]);
    expect(found.document).toEqual([ref("Outer-Input"), ref("Outer-Output")]);
    expect(Object.keys(found.schemas)).toEqual([
      "Differs-Input",
      "Differs-Output",
      "Inner",
      "Outer-Input",
      "Outer-Output",
    ]);
    expect(found.schemas["Outer-Output"]).toMatchObject({
      properties: { differs: ref("Differs-Output"), inner: ref("Inner") },
    });
    expect(found.schemas["Differs-Input"]).toHaveProperty("required");
    expect(found.schemas["Differs-Output"]).not.toHaveProperty("required");
  });

  test("recursion, with an id and without", () => {
    const Node = z.object({
      get children() {
        return z.array(Node);
      },
    });
    const expected = {
      type: "object",
      properties: { children: { type: "array", items: ref("Recursive1") } },
      required: ["children"],
    };
    const components = new Components();
    const all = [
      components.describe(Node, "input"),
      components.describe(Node, "output"),
      components.describe(z.array(Node), "input"),
    ];
    expect(components.finish(all)).toEqual({
      document: [ref("Recursive1"), ref("Recursive1"), { type: "array", items: ref("Recursive1") }],
      schemas: { Recursive1: expected },
    });
    const Other = z.object({
      get next(): z.ZodOptional<typeof Other> {
        return Other.optional();
      },
    });
    const two = new Components();
    const refs = [two.describe(Node, "input"), two.describe(Other, "input"), two.describe(Node, "input")];
    expect(two.finish(refs).document).toEqual([ref("Recursive1"), ref("Recursive2"), ref("Recursive1")]);
    const back = new Components();
    const other = [back.describe(Other, "input"), back.describe(Node, "input")];
    expect(back.finish(other).document).toEqual([ref("Recursive2"), ref("Recursive1")]); // whichever is met first
    const Taken = z.string().meta({ id: "Recursive1" });
    const three = new Components();
    const taken = [three.describe(Node, "input"), three.describe(Taken, "input")];
    expect(three.finish(taken).document).toEqual([ref("Recursive2"), ref("Recursive1")]);
    const Named: z.ZodType = z.object({ next: z.lazy(() => Named).optional() }).meta({ id: "Named" });
    expect(described(Named)).toEqual({
      document: ref("Named"),
      schemas: { Named: { type: "object", properties: { next: ref("Named") } } },
    });
  });

  test("a schema made from one with an id is that component with something beside it", () => {
    const Name = z.string().meta({ id: "Name", description: "d" });
    const parts = [
      Name,
      Name.min(3),
      Name.describe("own").max(4),
      Name.refine(() => true),
      Name.optional().meta({ title: "T" }),
    ];
    expect(described(z.tuple(parts as unknown as [typeof Name])).document).toMatchObject({
      prefixItems: [
        ref("Name"),
        { ...ref("Name"), minLength: 3 },
        { ...ref("Name"), maxLength: 4, description: "own" },
        ref("Name"),
        { ...ref("Name"), title: "T" },
      ],
    });
    const Item = z.object({ a: z.int() }).meta({ id: "Item" });
    const Narrow = Item.refine(() => true).meta({ id: "Narrow" });
    expect(described(z.tuple([Item.extend({}), Narrow])).document).toMatchObject({
      prefixItems: [{ type: "object", properties: { a: { type: "integer" } } }, ref("Narrow")],
    });
  });

  test("two schemas that differ cannot share an id, and the error names both places", () => {
    const components = new Components();
    components.place = 'POST /items, body "item"';
    components.describe(z.object({}).meta({ id: "Same" }), "input");
    components.place = "GET /items, answer";
    const clash = /APUS_DUPLICATE_COMPONENT.*"Same".*in POST \/items, body "item", and in GET \/items, answer/;
    expect(() => components.describe(z.string().meta({ id: "Same" }), "input")).toThrow(clash);
    expect(() => components.describe(z.strictObject({}).meta({ id: "Same" }), "output")).toThrow(clash);
  });

  test("nor take the framework's, nor a name that a split has made", () => {
    const components = new Components();
    components.describe(z.object({}).meta({ id: "Same" }), "input");
    expect(components.fix("HTTPValidationError", { type: "object" })).toEqual(ref("HTTPValidationError"));
    expect(() => components.describe(z.string().meta({ id: "HTTPValidationError" }), "input")).toThrow(/another id/);
    expect(() => components.fix("Same", {})).toThrow(ApusError);
    expect(components.finish(null).schemas).toEqual({ HTTPValidationError: { type: "object" } });
    const differs = z.codec(z.string(), z.string().optional(), { decode: (s) => s, encode: (s) => s ?? "" });
    const Split = z.object({ differs }).meta({ id: "Split" });
    const Taken = z.string().meta({ id: "Split-Input" });
    const two = new Components();
    const document = [two.describe(Split, "input"), two.describe(Split, "output"), two.describe(Taken, "input")];
    expect(() => two.finish(document)).toThrow(/APUS_DUPLICATE_COMPONENT.*"Split".*"Split-Input"/);
  });

  test("schemas of one meaning share an id: a generic model is made anew by each call", () => {
    const page = (item: z.ZodType, name: string): z.ZodType =>
      z.object({ items: z.array(item), total: z.int() }).meta({ id: `Page[${name}]` });
    const Item = z.object({ a: z.int() }).meta({ id: "Item" });
    const components = new Components();
    const document = [
      components.describe(page(page(Item, "Item"), "Page[Item]"), "input"),
      components.describe(page(Item, "Item"), "output"),
      components.describe(page(page(Item, "Item"), "Page[Item]"), "output"),
    ];
    const found = components.finish(document);
    expect(found.document).toEqual([ref("Page_Page_Item__"), ref("Page_Item_"), ref("Page_Page_Item__")]);
    expect(Object.keys(found.schemas)).toEqual(["Item", "Page_Item_", "Page_Page_Item__"]);
    expect(() => components.describe(page(z.string(), "Item"), "input")).toThrow(
      /APUS_DUPLICATE_COMPONENT.*Page_Item_/,
    );
    const tree = (): z.ZodType => {
      const Tree: z.ZodType = z.object({ next: z.lazy(() => Tree).optional() }).meta({ id: "Tree" });
      return Tree;
    };
    expect(described(z.tuple([tree(), tree()])).schemas).toEqual({
      Tree: { type: "object", properties: { next: ref("Tree") } },
    });
  });

  test("what compares schemas leaves nothing behind", () => {
    const differs = z.codec(z.string(), z.string().optional(), { decode: (s) => s, encode: (s) => s ?? "" });
    const Inner = z.object({ differs }).meta({ id: "Inner" });
    const outer = (): z.ZodType => z.object({ inner: Inner }).meta({ id: "Outer" });
    expect(Object.keys(described(z.tuple([outer(), outer()])).schemas)).toEqual(["Inner", "Outer"]);
  });

  test("deep schemas, and schemas without end", () => {
    let deep: z.ZodType = z.int();
    for (let i = 0; i < 200; i++) deep = z.object({ a: deep });
    expect(JSON.stringify(described(deep).document)).toHaveLength(
      200 * JSON.stringify(described(z.object({ a: z.never() })).document).length -
        200 * '{"not":{}}'.length +
        '{"type":"integer"}'.length,
    );
    let chain: z.ZodType = z.codec(z.string(), z.string().optional(), { decode: (s) => s, encode: (s) => s ?? "" });
    for (let i = 0; i < 200; i++) chain = z.object({ a: chain }).meta({ id: `C${i}` });
    const components = new Components();
    const both = [components.describe(chain, "input"), components.describe(chain, "output")];
    expect(Object.keys(components.finish(both).schemas)).toHaveLength(400);
    const endless = (): z.ZodType => z.object({ next: z.lazy(endless) });
    const twins = (): z.ZodType => z.object({ next: z.lazy(twins) }).meta({ id: "Twin" });
    expect(() => described(endless())).toThrow(/APUS_SCHEMA.*nested deeper/);
    expect(() => described(twins())).toThrow(/APUS_SCHEMA.*nested deeper/);
  });

  test("keys and metadata of any name", () => {
    const Odd = z.object({ ["__proto__"]: z.int(), constructor: z.int() });
    const found = described(z.object({ a: Odd }).meta({ id: "constructor" }));
    expect(JSON.stringify(found)).toContain('"__proto__":{"type":"integer"}');
    expect(Object.keys(found.schemas)).toEqual(["constructor"]);
    expect(described(z.int().meta({ examples: [5n, new Set([1])], a: null })).document).toEqual({
      type: "integer",
      examples: [5, [1]],
    });
    expect(() => described(z.int().meta({ examples: [() => 1] }))).toThrow(/APUS_SCHEMA.*examples/);
  });

  test("a discriminator maps tags to final names", () => {
    const differs = z.codec(z.string(), z.string().optional(), { decode: (s) => s, encode: (s) => s ?? "" });
    const Cat = z.object({ kind: z.literal("cat"), n: differs }).meta({ id: "Cat" });
    const Dog = z.object({ kind: z.literal(["dog", "wolf"]) }).meta({ id: "Dog" });
    const Pet = z.discriminatedUnion("kind", [Cat, Dog, z.object({ kind: z.literal("none") })]);
    const components = new Components();
    const both = [components.describe(Pet, "input"), components.describe(Pet, "output")];
    const { document } = components.finish(both);
    expect(document[0]).toEqual({
      oneOf: [
        ref("Cat-Input"),
        ref("Dog"),
        { type: "object", properties: { kind: { type: "string", const: "none" } }, required: ["kind"] },
      ],
      discriminator: {
        propertyName: "kind",
        mapping: {
          cat: "#/components/schemas/Cat-Input",
          dog: "#/components/schemas/Dog",
          wolf: "#/components/schemas/Dog",
        },
      },
    });
    expect(document[1]).toMatchObject({ discriminator: { mapping: { cat: "#/components/schemas/Cat-Output" } } });
  });
});
