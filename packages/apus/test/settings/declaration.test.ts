// Declarations of settings that cannot be meant are refused where they are made.
import { settings, type SettingsOptions } from "apus/settings";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const Settings = z.object({
  appName: z.string().default("Awesome API"),
  adminEmail: z.email(),
  itemsPerUser: z.int().default(50),
});
const env = { ADMIN_EMAIL: "admin@example.com" };

describe("a wrong declaration", () => {
  const hole = z.object({ a: z.array(undefined as unknown as z.ZodType) });
  test.each<[string, unknown, unknown, string]>([
    ["no schema", undefined, {}, "it takes an object schema"],
    ["no object", z.string(), {}, "it takes an object schema"],
    ["an optional object", Settings.optional(), {}, "it takes an object schema"],
    ["a union", z.union([Settings, Settings]), {}, "it takes an object schema"],
    ["a hole in the schema", hole, {}, "is no schema"],
    ["pydantic's spelling", Settings, { env_file: ".env" }, "did you mean `envFile`?"],
    ["an alias of nothing", Settings, { alias: { nothing: "X" } }, 'alias names "nothing"'],
    ["an alias without a name", Settings, { alias: { appName: [] } }, "alias.appName is a name"],
    ["a split of no list", Settings, { split: { appName: "," } }, '"appName" is no list'],
    [
      "a split at nothing",
      z.object({ a: z.array(z.string()) }),
      { split: { a: "" } },
      "split.a is what stands between",
    ],
    ["an empty delimiter", Settings, { envNestedDelimiter: "" }, "envNestedDelimiter is a text"],
    ["a prefix that is no text", Settings, { envPrefix: 1 }, "envPrefix is a text"],
    ["a text for a flag", Settings, { caseSensitive: "no" }, "caseSensitive is true or false"],
    ["an extra that there is not", Settings, { extra: "allow" }, 'extra is "forbid" or "ignore"'],
    ["a path that is none", Settings, { envFile: [""] }, "envFile is a path"],
    ["no environment", Settings, { env: null }, "env is a record"],
    ["one variable for two", z.object({ aB: z.string(), a_b: z.string() }), {}, '"aB" and "a_b" would be read'],
    ["one alias for two", Settings, { alias: { appName: "admin_email" } }, '"appName" and "adminEmail" would be read'],
  ])("%s", (_, schema, options, message) => {
    const declare = (): unknown => settings(schema as typeof Settings, options as SettingsOptions<typeof Settings>);
    expect(declare).toThrow(message);
    expect(declare).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^APUS_(SETTINGS_DECLARATION|OPTIONS)$/) as string }),
    );
  });

  test("arguments that are no record", () => {
    expect(() => settings(Settings, { env }).read("x" as never)).toThrow("read() takes a record");
  });

  test("files where there are none", () => {
    const real = Object.getOwnPropertyDescriptor(process, "getBuiltinModule")!;
    try {
      Object.defineProperty(process, "getBuiltinModule", { ...real, value: undefined });
      expect(settings(Settings, { env }).read().itemsPerUser).toBe(50);
      expect(() => settings(Settings, { env, envFile: ".env" }).read()).toThrow("there are no files here");
    } finally {
      Object.defineProperty(process, "getBuiltinModule", real);
    }
  });
});
