// Whatever is wrong with it: nothing of what was set is in the error, neither in its text nor in anything that hangs on it.
import { settings, SettingsError } from "apus/settings";
import { types } from "apus/types";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";

const folder = mkdtempSync(join(tmpdir(), "apus-settings-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What must not be seen; no message says such a thing by itself. */
const hidden = "Zx9qQ7-geheim";
const inside = JSON.stringify({ [hidden]: hidden, list: [hidden, { [hidden]: hidden }] });

/** Everything that can be seen of what is thrown. */
function seen(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    const { message, stack, cause } = error as Error;
    expect(cause).toBeUndefined();
    const all = inspect(error, { depth: 20, showHidden: true });
    return [message, stack, all, JSON.stringify(error), String(error)].join("\n");
  }
  throw new Error("nothing was thrown");
}

/** Pieces of four characters and more. */
const pieces = [hidden, hidden.toLowerCase(), "Zx9q", "x9qQ", "9qQ7", "gehe", "heim"];
/** Which pieces can be seen of what is thrown. */
function leaksOf(read: () => unknown): string[] {
  const text = seen(read);
  return pieces.filter((piece) => text.includes(piece));
}

const careless = (value: unknown): string => `${String(value)} will not do`;

const schemas: Readonly<Record<string, z.ZodType>> = {
  integer: z.int(),
  number: z.number(),
  boolean: z.boolean(),
  email: z.email(),
  uuid: z.uuid(),
  zodUrl: z.url(),
  url: types.httpUrl(),
  date: types.date(),
  datetime: types.datetime(),
  time: types.time(),
  duration: types.duration(),
  decimal: types.decimal(),
  base64: types.base64(),
  ip: types.ip(),
  json: types.json(z.int()),
  bigint: z.bigint(),
  coerced: z.coerce.number(),
  enumeration: z.enum(["a", "b"]),
  literal: z.literal([1, 2]),
  pattern: z.string().regex(/^\d+$/),
  short: z.string().max(2),
  secret: types.secret({ max: 2 }),
  list: z.array(z.int()),
  set: types.set(z.int()),
  tuple: z.tuple([z.int()]),
  map: z.map(z.string(), z.int()),
  record: z.record(z.string(), z.int()),
  keys: z.record(z.string().max(3), z.unknown()),
  object: z.object({ name: z.string() }),
  strict: z.strictObject({ list: z.array(z.int()) }),
  union: z.union([z.int(), z.boolean(), z.array(z.int())]),
  tagged: z.discriminatedUnion("kind", [z.object({ kind: z.literal("a") }), z.object({ kind: z.literal("b") })]),
  intersection: z.intersection(z.object({ a: z.int() }), z.object({ b: z.int() })),
  refined: z.string().refine(() => false, { error: ({ input }) => careless(input) }),
  refinedPart: z.string().refine(() => false, { error: ({ input }) => careless(String(input).slice(3, 9)) }),
  custom: z.custom(() => false, { error: ({ input }) => careless(input) }),
  checked: z.string().superRefine((value, context) => context.addIssue(careless(value))),
  transformed: z.string().transform((value, context) => (context.addIssue(careless(value.toUpperCase())), z.NEVER)),
  thrown: z.string().transform((value) => {
    throw new Error(careless(value));
  }),
  parsed: z.string().transform((value): unknown => JSON.parse(`{${value}`)),
  preprocessed: z.preprocess((value) => {
    throw new TypeError(careless(value));
  }, z.string()),
  piped: z
    .string()
    .transform((value) => [value])
    .pipe(z.array(z.string().refine(() => false, { error: ({ input }) => careless(input) }))),
};

describe.each(Object.entries(schemas))("a wrong %s", (_, schema) => {
  const Settings = z.object({ value: schema });
  const values = [` ${hidden} `, inside, `[${JSON.stringify(hidden)}]`, `{"kind": "${hidden}"}`, `{"${hidden}`];

  test.each(values)("as %s", (value) => {
    expect(leaksOf(() => settings(Settings, { env: { VALUE: value } }).read())).toEqual([]);
    expect(leaksOf(() => settings(Settings, { env: {} }).read({ value }))).toEqual([]);
    writeFileSync(join(folder, ".env"), `VALUE='${value}'\n`);
    expect(leaksOf(() => settings(Settings, { env: {}, envFile: join(folder, ".env") }).read())).toEqual([]);
    mkdirSync(join(folder, "secrets"), { recursive: true });
    writeFileSync(join(folder, "secrets", "value"), value);
    expect(leaksOf(() => settings(Settings, { env: {}, secretsDir: join(folder, "secrets") }).read())).toEqual([]);
  });
});

test.each([
  ["a line without a name", `${hidden}\n`],
  ["a quote that is not closed", `VALUE="${hidden}\n`],
  ["a reference", "VALUE=${" + hidden + "}\n"],
  ["a value that breaks over lines", `VALUE=1\n${hidden}==\n`],
  ["a line behind a quote", `VALUE='1' ${hidden}\n`],
  ["bytes that are no UTF-8", Buffer.concat([Buffer.from(hidden), Buffer.from([0xff, 0xfe])])],
  ["UTF-16", Buffer.from(`\uFEFFVALUE=${hidden}`, "utf16le")],
])("a .env file with %s", (_, text) => {
  writeFileSync(join(folder, "broken.env"), text);
  const Settings = z.object({ value: z.string().default("x") });
  expect(leaksOf(() => settings(Settings, { env: {}, envFile: join(folder, "broken.env") }).read())).toEqual([]);
});

test("a check of all settings together", () => {
  const Settings = z
    .object({ user: z.string(), password: z.string() })
    .refine(() => false, { error: ({ input }) => careless(JSON.stringify(input)) });
  expect(leaksOf(() => settings(Settings, { env: { USER: "me", PASSWORD: hidden } }).read())).toEqual([]);
});

test("words of the schema's author are shown where they show nothing", () => {
  const port = z.int().refine((value) => value % 2 === 0, "choose an even port");
  expect(seen(() => settings(z.object({ port }), { env: { PORT: "8081" } }).read())).toContain(
    "PORT (environment): choose an even port",
  );
  const named = z.int().refine(() => false, { error: ({ input }) => `${String(input)} is taken` });
  for (const value of ["80", "8.1e3", " 7 "]) {
    const text = seen(() => settings(z.object({ port: named }), { env: { PORT: value } }).read());
    expect(text).toContain("PORT (environment): ");
    expect(text).not.toContain("is taken");
  }
});
