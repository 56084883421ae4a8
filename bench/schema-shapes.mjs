// The shapes that `npm run bench:schemas` reads and writes, each said twice: in zod, and in JSON Schema for ajv and
// fast-json-stringify; with values that fit, and bodies that all validators must refuse.
import { z } from "zod";
import { routes } from "./routes.mjs";

/**
 * @typedef {object} Shape
 * @property {string} name
 * @property {string} what for the reader of the table
 * @property {z.ZodType} zod
 * @property {Record<string, unknown>} json the same as JSON Schema
 * @property {unknown[]} values several of them, so that no engine can know the one
 * @property {unknown[]} refused
 */

const text = (least, most) => ({ type: "string", minLength: least, maxLength: most });
const closed = (properties, required = Object.keys(properties)) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

/** The body of the measured `post` route, except that the URL is a plain text: how a URL is told is a matter of its own. */
const Item = z.object({
  name: z.string().min(1).max(100),
  description: z.string().optional(),
  price: z.number().gt(0),
  tax: z.number().optional(),
  tags: z.array(z.string()).default([]),
  images: z.array(z.object({ url: z.string().max(200), name: z.string() })).optional(),
});
const itemSchema = closed(
  {
    name: text(1, 100),
    description: { type: "string" },
    price: { type: "number", exclusiveMinimum: 0 },
    tax: { type: "number" },
    tags: { type: "array", items: { type: "string" }, default: [] },
    images: { type: "array", items: closed({ url: { type: "string", maxLength: 200 }, name: { type: "string" } }) },
  },
  ["name", "price"],
);
const posted = JSON.parse(routes.find((route) => route.name === "post").answers[0].body);

const Address = z.object({
  street: z.string().min(1).max(100),
  city: z.string().min(1).max(60),
  zip: z.string().regex(/^\d{5}$/),
  country: z.enum(["DE", "FR", "JP", "US"]),
});
const addressSchema = closed({
  street: text(1, 100),
  city: text(1, 60),
  zip: { type: "string", pattern: "^\\d{5}$" },
  country: { type: "string", enum: ["DE", "FR", "JP", "US"] },
});
const Account = z.object({
  id: z.int().min(1),
  email: z.string().min(3).max(200),
  firstName: z.string().min(1).max(50),
  lastName: z.string().min(1).max(50),
  age: z.int().min(0).max(150),
  height: z.number().gt(0),
  active: z.boolean(),
  role: z.enum(["admin", "editor", "reader"]),
  phone: z.string().nullable(),
  language: z.string().length(2),
  newsletter: z.boolean().default(false),
  score: z.number().min(0).max(1),
  visits: z.int().min(0),
  nickname: z.string().max(30).optional(),
  bio: z.string().max(1000).optional(),
  website: z.string().max(200).nullable(),
  tags: z.array(z.string().max(20)).max(10),
  home: Address,
  work: Address.optional(),
  settings: z.object({ theme: z.enum(["dark", "light"]), fontSize: z.int().min(6).max(40), compact: z.boolean() }),
});
const accountSchema = closed(
  {
    id: { type: "integer", minimum: 1 },
    email: text(3, 200),
    firstName: text(1, 50),
    lastName: text(1, 50),
    age: { type: "integer", minimum: 0, maximum: 150 },
    height: { type: "number", exclusiveMinimum: 0 },
    active: { type: "boolean" },
    role: { type: "string", enum: ["admin", "editor", "reader"] },
    phone: { type: ["string", "null"] },
    language: text(2, 2),
    newsletter: { type: "boolean", default: false },
    score: { type: "number", minimum: 0, maximum: 1 },
    visits: { type: "integer", minimum: 0 },
    nickname: { type: "string", maxLength: 30 },
    bio: { type: "string", maxLength: 1000 },
    website: { type: ["string", "null"], maxLength: 200 },
    tags: { type: "array", items: { type: "string", maxLength: 20 }, maxItems: 10 },
    home: addressSchema,
    work: addressSchema,
    settings: closed({
      theme: { type: "string", enum: ["dark", "light"] },
      fontSize: { type: "integer", minimum: 6, maximum: 40 },
      compact: { type: "boolean" },
    }),
  },
  Object.keys(Account.shape).filter((key) => !["newsletter", "nickname", "bio", "work"].includes(key)),
);
const address = (i) => ({ street: `High Street ${i}`, city: "Springfield", zip: String(10000 + i), country: "US" });
const account = (i) => ({
  id: i + 1,
  email: `user${i}@example.com`,
  firstName: "Ada",
  lastName: `Lovelace ${i}`,
  age: 20 + i,
  height: 1.5 + i / 100,
  active: i % 2 === 0,
  role: ["admin", "editor", "reader"][i % 3],
  phone: i % 2 === 0 ? null : "+1 555 0100",
  language: "en",
  newsletter: true,
  score: i / 100,
  visits: i * 7,
  nickname: `ada${i}`,
  bio: "Wrote the first programme for a machine that nobody had built.",
  website: null,
  tags: ["mathematics", "poetry"],
  home: address(i),
  work: address(i + 50),
  settings: { theme: "dark", fontSize: 12, compact: false },
});

const Row = z.object({
  id: z.int(),
  title: z.string(),
  price: z.number(),
  inStock: z.boolean(),
  category: z.enum(["book", "film", "music"]),
  rating: z.number().nullable(),
});
const rowSchema = closed({
  id: { type: "integer" },
  title: { type: "string" },
  price: { type: "number" },
  inStock: { type: "boolean" },
  category: { type: "string", enum: ["book", "film", "music"] },
  rating: { type: ["number", "null"] },
});
const row = (i) => ({
  id: i,
  title: `The title of number ${i}`,
  price: i + 0.99,
  inStock: i % 3 !== 0,
  category: ["book", "film", "music"][i % 3],
  rating: i % 4 === 0 ? null : 4.5,
});

const Record = z.object({
  id: z.int(),
  name: z.string(),
  price: z.number(),
  owner: z.string(),
  active: z.boolean(),
  created: z.string(),
  tags: z.array(z.string()),
  note: z.string().nullable(),
});
const recordSchema = closed({
  id: { type: "integer" },
  name: { type: "string" },
  price: { type: "number" },
  owner: { type: "string" },
  active: { type: "boolean" },
  created: { type: "string" },
  tags: { type: "array", items: { type: "string" } },
  note: { type: ["string", "null"] },
});
/** @param {string} name */
const record = (i, name = `Item number ${i}`) => ({
  id: i,
  name,
  price: 9.5 + i,
  owner: `user${i}`,
  active: i % 2 === 0,
  created: "2026-01-01T00:00:00Z",
  tags: ["a", "b"],
  note: i % 3 === 0 ? null : "a note",
});

const several = (make) => Array.from({ length: 16 }, (_, i) => make(i));

/** @type {Shape[]} */
export const shapes = [
  {
    name: "item",
    what: "six fields with a nested list, the body of the post route",
    zod: Item,
    json: itemSchema,
    values: several((i) => ({ ...posted, name: `Laptop ${i}`, price: posted.price + i })),
    refused: [
      { ...posted, name: "" },
      { ...posted, price: 0 },
      { ...posted, images: [{ url: "x" }] },
      { name: "x" },
      [],
    ],
  },
  {
    name: "account",
    what: "twenty fields with three nested objects",
    zod: Account,
    json: accountSchema,
    values: several(account),
    refused: [
      { ...account(1), age: 151 },
      { ...account(1), home: { ...address(1), zip: "1234x" } },
      { ...account(1), role: "owner" },
      { ...account(1), tags: [1] },
      null,
    ],
  },
  {
    name: "list",
    what: "fifty records of six fields",
    zod: z.array(Row),
    json: { type: "array", items: rowSchema },
    values: several((i) => Array.from({ length: 50 }, (_, j) => row(i * 50 + j))),
    refused: [[{ ...row(1), id: 1.5 }], [row(1), { ...row(2), category: "game" }], {}],
  },
  {
    name: "records",
    what: "fifty records of eight columns, those of the real route",
    zod: z.array(Record),
    json: { type: "array", items: recordSchema },
    values: several((i) => Array.from({ length: 50 }, (_, j) => record(i * 50 + j))),
    refused: [[{ ...record(1), active: "maybe" }], [record(1), { ...record(2), tags: null }], {}],
  },
  {
    name: "texts",
    what: "the same records with names of a hundred characters beyond ASCII",
    zod: z.array(Record),
    json: { type: "array", items: recordSchema },
    values: several((i) =>
      Array.from({ length: 50 }, (_, j) => record(i * 50 + j, `${"日本語のテキスト".repeat(12)}${j}`)),
    ),
    refused: [[{ ...record(1), name: 1 }], {}],
  },
];

/** What a handler may give and no answer may hold: the same value with keys that no schema names. */
export function withMore(value) {
  if (Array.isArray(value)) return value.map(withMore);
  return typeof value === "object" && value !== null ? { ...value, undeclared: { secret: true } } : value;
}
