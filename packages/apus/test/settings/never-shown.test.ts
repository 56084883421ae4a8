// Whatever is wrong with it: nothing of what was set is in the error, neither in its text nor in anything that hangs on it.
import { ApusError } from "apus";
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

const places = /:\d+:\d+|(?:line|column)["']?: \d+/gi;

/** Everything that can be seen of what is thrown. */
function seen(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    const { message, stack, cause } = error as Error;
    expect(cause).toBeUndefined();
    const all = inspect(error, { depth: 20, showHidden: true });
    // Where in a file something stands are digits as well.
    return [message, stack, all, JSON.stringify(error), String(error)].join("\n").replaceAll(places, "");
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

/** What a message can make of a value without holding a piece of it. */
const disguises: Readonly<Record<string, (value: string) => string>> = {
  reversed: (value) => [...value].toReversed().join(""),
  "as base64": (value) => btoa(value),
  "percent-encoded": (value) => encodeURIComponent(value),
  "letter by letter": (value) => [...value].join(" "),
  "as code points": (value) => [...value].map((letter) => letter.codePointAt(0)).join(","),
  "in a word of the message": (value) => `pin${value}pin`,
};
const leaks = { marked: "leaked " } as const;
let remembered = "";

describe.each(Object.entries(disguises))("a value that an author's message holds %s", (_, disguise) => {
  const say = (value: unknown): string => leaks.marked + disguise(String(value));
  const remember = (value: unknown): boolean => ((remembered = String(value)), false);

  test.each<[string, z.ZodType]>([
    ["a refinement", z.string().refine(() => false, { error: ({ input }) => say(input) })],
    ["one that calls its issue rest", z.string().refine(() => false, { error: (...[issue]) => say(issue?.input) })],
    ["one that remembers", z.string().refine(remember, { error: () => (remembered === "" ? "no" : say(remembered)) })],
    [
      "one with an object for a message",
      z.string().refine(() => false, { error: ({ input }) => ({ message: say(input) }) }),
    ],
    ["superRefine", z.string().superRefine((value, context) => context.addIssue(say(value)))],
    ["a transform", z.string().transform((value, context) => (context.addIssue(say(value)), z.NEVER))],
    ["z.custom", z.custom(() => false, { error: ({ input }) => say(input) })],
    ["the type", z.file({ error: ({ input }) => say(input) })],
    [
      "a part of a list",
      z
        .string()
        .transform((value) => [value])
        .pipe(z.array(z.string().refine(() => false, { error: ({ input }) => say(input) }))),
    ],
    [
      "an error of Apus's that is thrown",
      z.string().transform((value): unknown => {
        throw new ApusError(`APUS_CORS: ${say(value)}`);
      }),
    ],
    [
      "a getter of the result",
      z.string().transform((value) => ({
        get url(): string {
          throw new Error(say(value));
        },
      })),
    ],
    [
      "a getter deep in the result",
      z.string().transform((value) => [
        {
          inner: {
            get url(): string {
              throw new ApusError(`APUS_X: ${say(value)}`);
            },
          },
        },
      ]),
    ],
  ])("of %s", (_where, schema) => {
    remembered = "";
    for (const value of [hidden, "4711", "7"]) {
      const text = seen(() => settings(z.object({ pin: schema }), { env: { PIN: value } }).read());
      expect(text).not.toContain(leaks.marked);
      expect(text).not.toContain(disguise(value));
      expect(text).toMatch(
        / {2}PIN(?: \(environment\))?: (?:is refused by a rule that the schema has for pin(?:\[0\])?;|a function of the schema threw)/,
      );
    }
  });
});

test.each<[z.ZodType, string, string]>([
  [z.int().refine((value) => value % 2 === 0, "choose an even port"), "8081", "choose an even port"],
  [z.int().refine(() => false, { error: "choose 8080, not 8081" }), "8081", "choose 8080, not 8081"],
  [z.int().refine(() => false, { message: "8081" }), "8081", "8081"],
  [z.custom(() => false, "no port"), "8081", "no port"],
  [z.coerce.number().refine(() => false, { error: () => "no number" }), "8081", "no number"],
  [z.lazy(() => z.array(z.string().refine(() => false, "no host"))), '["8081"]', "no host, at [0]"],
  [z.string().startsWith("http"), "8081", "String should start with 'http'"],
  [z.string().lowercase(), "A", "String should be lowercase"],
  [z.jwt(), "8081", "String should be a valid JWT"],
  [z.coerce.date(), "soon", "Invalid input: expected date, received Date"],
])("words that stand in the schema are shown: %#", (schema, value, words) => {
  const text = seen(() => settings(z.object({ port: schema }), { env: { PORT: value } }).read());
  expect(text).toContain(`PORT (environment): ${words}\n`);
});
