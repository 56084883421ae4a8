// What is said of settings that are missing or wrong: every one, by the name to set, with the place where it stands.
import { settings, type SettingsOptions } from "apus/settings";
import { types } from "apus/types";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { complaints } from "./complaints.ts";

describe("what is wrong", () => {
  const Schema = z
    .object({
      adminEmail: z.email(),
      itemsPerUser: z.int(),
      apiKey: types.secret(),
      db: z.object({
        url: z.string(),
        poolSize: z.int().max(9).default(5),
        hosts: z.array(z.object({ name: z.string() })).default([]),
      }),
      limits: z.record(z.string(), z.int()).default({}),
      port: z.union([z.int(), z.boolean()]).default(80),
      broken: z.int().default(0.5),
    })
    .refine(({ port }) => port !== 1, "port and the rest do not agree");
  const read = (env: Record<string, string>, options: SettingsOptions<typeof Schema> = {}): string[] =>
    complaints(() => settings(Schema, { env, alias: { apiKey: ["KEY", "API_KEY"] }, ...options }).read());

  test("is told at once, in the order of the schema", () => {
    expect(
      read({ ITEMS_PER_USER: "many", LIMITS: '{"a": 1, "b": "x"}', port: "x" }, { envNestedDelimiter: "__" }),
    ).toEqual([
      "  ADMIN_EMAIL: is missing",
      "  ITEMS_PER_USER (environment): should be a valid integer",
      "  KEY or API_KEY: is missing",
      "  DB__URL: is missing",
      "  LIMITS (environment): should be a valid integer",
      "  port (environment): should be a valid integer",
      "  port (environment): should be true or false",
      "  BROKEN (its default): should be a valid integer, got a number with a fractional part",
    ]);
  });

  test.each<[Record<string, string>, SettingsOptions<typeof Schema>, string]>([
    [{ DB: '{"poolSize": 10}' }, { envNestedDelimiter: "__" }, "  DB__URL: is missing"],
    [{ DB: '{"poolSize": 10}' }, {}, "  DB (environment): is missing, at url"],
    [{ DB: '{"url": 1}' }, {}, "  DB (environment): should be a valid string, at url"],
    [{ DB: '{"hosts": [{"name": "a"}, {}]}' }, {}, "  DB (environment): is missing, at hosts[1].name"],
    [
      { DB__POOL_SIZE: "10" },
      { envNestedDelimiter: "__" },
      "  DB__POOL_SIZE (environment): should be less than or equal to 9",
    ],
    [{ MY_DB: "x" }, { envPrefix: "my_" }, '  MY_DB (environment): should be JSON, such as {"key": "value"}'],
    [{ DB: "[]" }, {}, "  DB (environment): should be an object, as JSON"],
    [{ API_KEY: "1" }, { envIgnoreEmpty: true }, "  ITEMS_PER_USER: is missing"],
    [{ LIMITS__A: "x" }, { envNestedDelimiter: "__" }, "  LIMITS__A (environment): should be a valid integer"],
  ])("%j with %j", (env, options, line) => expect(read(env, options)).toContain(line));

  test("is told of several variables together", () => {
    const Range = z
      .object({ low: z.int(), high: z.int() })
      .refine(({ low, high }) => low < high, "low is not below high");
    const env = { RANGE__LOW: "2", RANGE__HIGH: "1" };
    expect(complaints(() => settings(z.object({ range: Range }), { env, envNestedDelimiter: "__" }).read())).toEqual([
      "  RANGE__LOW with RANGE__HIGH: low is not below high",
    ]);
    expect(complaints(() => settings(Range.meta({}), { env: { LOW: "2", HIGH: "1" } }).read())).toEqual([
      "  the settings as a whole: low is not below high",
    ]);
  });

  test("is told of arguments as well", () => {
    const config = settings(Schema, { env: {} });
    expect(
      complaints(() => config.read({ db: { url: "u", poolSize: 10 }, nothing: 1, itemsPerUser: "x" } as object)),
    ).toEqual(
      expect.arrayContaining([
        "  itemsPerUser (argument): should be a valid integer",
        "  db.poolSize (argument): should be less than or equal to 9",
        "  nothing (argument): is no setting",
      ]),
    );
  });

  test("can be read by a program", () => {
    let caught: unknown;
    try {
      settings(z.object({ adminEmail: z.email(), itemsPerUser: z.int() }), { env: { ITEMS_PER_USER: "x" } }).read();
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({
      name: "SettingsError",
      code: "APUS_SETTINGS",
      problems: [
        { names: ["ADMIN_EMAIL"], source: undefined, message: "is missing" },
        { names: ["ITEMS_PER_USER"], source: "environment", message: "should be a valid integer" },
      ],
    });
    expect((caught as Error).message).toMatch(/^APUS_SETTINGS: 2 things are missing or wrong/);
    expect((caught as Error).message).toMatch(/What is missing is set in env\.$/);
  });
});
