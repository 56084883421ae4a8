// Settings as a user meets them: by name, in an app, in tests, in scripts.
import { App, depends, get } from "apus";
import { settings } from "apus/settings";
import { testClient } from "apus/testing";
import { types } from "apus/types";
import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { complaints } from "./complaints.ts";

const Settings = z.object({
  appName: z.string().default("Awesome API"),
  adminEmail: z.email(),
  itemsPerUser: z.int().default(50),
});
const env = { ADMIN_EMAIL: "admin@example.com" };

afterEach(() => vi.unstubAllEnvs());

describe("reading", () => {
  test("is from the process where nothing else is said, at the time of reading", () => {
    const config = settings(Settings);
    vi.stubEnv("ADMIN_EMAIL", "first@example.com");
    expect(config.read().adminEmail).toBe("first@example.com");
    vi.stubEnv("ADMIN_EMAIL", "second@example.com");
    vi.stubEnv("ITEMS_PER_USER", "7");
    expect(config.read()).toEqual({ appName: "Awesome API", adminEmail: "second@example.com", itemsPerUser: 7 });
  });

  test("takes only texts of an env that holds other things, as that of Workers does", () => {
    const bindings = { ...env, ITEMS_PER_USER: { get: () => 1 }, APP_NAME: undefined };
    expect(settings(Settings, { env: bindings }).read().itemsPerUser).toBe(50);
  });

  test("prefers capitals where names differ in case alone", () => {
    for (const both of [
      { ITEMS_PER_USER: "1", items_per_user: "2" },
      { items_per_user: "2", ITEMS_PER_USER: "1" },
    ]) {
      expect(settings(Settings, { env: { ...env, ...both } }).read().itemsPerUser).toBe(1);
    }
  });

  test("knows no case on Windows, where the process has none", () => {
    const config = settings(Settings, { caseSensitive: true });
    vi.stubEnv("admin_email", "a@example.com");
    expect(complaints(() => config.read())).toEqual(["  ADMIN_EMAIL: is missing"]);
    const real = Object.getOwnPropertyDescriptor(process, "platform")!;
    try {
      Object.defineProperty(process, "platform", { ...real, value: "win32" });
      expect(config.read().adminEmail).toBe("a@example.com");
      // A record of one's own is no environment of Windows.
      expect(
        complaints(() => settings(Settings, { caseSensitive: true, env: { admin_email: "x" } }).read()),
      ).toHaveLength(1);
    } finally {
      Object.defineProperty(process, "platform", real);
    }
  });

  test("gives a value that nobody can change, and leaves alone what the schema's own functions hand out", () => {
    const levels = { loud: { volume: 11 } };
    const Schema = z.object({
      tags: z.array(z.string()),
      db: z.object({ url: types.secret() }),
      level: z.literal("loud").transform((name) => levels[name]),
      since: z.date().default(new Date(0)),
    });
    const read = settings(Schema, { env: { TAGS: '["a"]', DB: '{"url": "x"}', LEVEL: "loud" } }).read();
    expect([read, read.tags, read.db, read.level].every(Object.isFrozen)).toBe(true);
    expect(() => read.tags.push("b")).toThrow(TypeError);
    expect(Object.isFrozen(levels.loud)).toBe(false);
    expect(read.since).toEqual(new Date(0));
  });

  test("shows no secret", () => {
    const config = settings(z.object({ token: types.secret() }), { env: { TOKEN: "hush-hush" } });
    const values = config.read();
    expect(`${inspect(values)} ${JSON.stringify(values)} ${String(values.token)} ${inspect(config)}`).not.toContain(
      "hush",
    );
    expect(values.token.value).toBe("hush-hush");
  });

  test("splits lists that are not JSON", () => {
    const Schema = z.object({
      hosts: z.array(z.string().min(1)),
      ports: z.array(z.int()).default([]),
      ids: types.set(z.int()).optional(),
    });
    const read = (variables: Record<string, string>): unknown =>
      settings(Schema, { env: variables, split: { hosts: ",", ports: " ", ids: "," } }).read();
    expect(read({ HOSTS: "a, b,c", PORTS: "1 2", IDS: "1,1" })).toEqual({
      hosts: ["a", "b", "c"],
      ports: [1, 2],
      ids: new Set([1]),
    });
    expect(read({ HOSTS: "" })).toEqual({ hosts: [], ports: [] });
    expect(read({ HOSTS: '["a"]' })).toEqual({ hosts: ['["a"]'], ports: [] });
    expect(complaints(() => read({ HOSTS: "a,,b", PORTS: "1 x" }))).toEqual([
      "  HOSTS (environment): should have at least 1 character, at [1]",
      "  PORTS (environment): should be a valid integer, at [1]",
    ]);
  });

  test("hands a preprocess step and a transform the text as it is", () => {
    const Schema = z.object({
      before: z.preprocess((text) => String(text).split(":"), z.array(z.string())),
      after: z.string().transform((text) => text.split(":")),
      keys: types.json(z.array(z.int())),
    });
    expect(settings(Schema, { env: { BEFORE: "a:b", AFTER: "c:d", KEYS: "[1]" } }).read()).toEqual({
      before: ["a", "b"],
      after: ["c", "d"],
      keys: [1],
    });
  });

  test("keeps the digits of numbers in JSON", () => {
    const Schema = z.object({ prices: z.array(types.decimal()), ids: z.array(types.bigint()) });
    const env = { PRICES: '["0.1000000000000000000000001", 1]', IDS: "[9007199254740993]" };
    const { prices, ids } = settings(Schema, { env }).read();
    expect(prices.map(String)).toEqual(["0.1000000000000000000000001", "1"]);
    expect(ids).toEqual([9007199254740993n]);
  });

  test("finds parts by name where the delimiter stands in names too", () => {
    const Schema = z.object({
      db: z.object({ pool: z.object({ size: z.int() }).optional(), poolSize: z.int(), url: z.string().default("u") }),
      quotas: z.record(z.enum(["freeTier", "paid"]), z.int()).optional(),
    });
    const env = { DB_POOL_SIZE: "5", DB_URL: "x", DB_URL_FILE: "/y", QUOTAS_FREE_TIER: "1", QUOTAS_PAID: "2" };
    expect(settings(Schema, { env, envNestedDelimiter: "_" }).read()).toEqual({
      db: { poolSize: 5, url: "x" },
      quotas: { freeTier: 1, paid: 2 },
    });
  });

  test("reads an object of which nothing is set as an empty one, without end for none that holds itself", () => {
    const Schema = z.object({ db: z.object({ pool: z.object({ size: z.int().default(3) }) }) });
    expect(settings(Schema, { env: {} }).read()).toEqual({ db: { pool: { size: 3 } } });
    const Node = z.object({
      get next() {
        return Node;
      },
    });
    expect(complaints(() => settings(z.object({ node: Node }), { env: {} }).read())).toEqual([
      "  NODE: is missing, at next",
    ]);
  });

  test("takes names that every object has", () => {
    const Schema = z.object({
      constructor: z.string(),
      toString: z.string().default("x"),
      db: z.object({ valueOf: z.int() }),
    });
    const env = { CONSTRUCTOR: "c", DB__VALUE_OF: "1" };
    expect(settings(Schema, { env, envNestedDelimiter: "__", alias: {}, split: {} }).read()).toEqual({
      constructor: "c",
      toString: "x",
      db: { valueOf: 1 },
    });
    expect(complaints(() => settings(Schema, { env: { DB: "{}" } }).read())).toEqual([
      "  CONSTRUCTOR: is missing",
      "  DB (environment): is missing, at valueOf",
    ]);
  });

  test("does not pollute prototypes", () => {
    const Schema = z.object({ limits: z.record(z.string(), z.unknown()), open: z.looseObject({}) });
    const env = { LIMITS: '{"__proto__": {"polluted": 1}}', LIMITS____PROTO__: "2", OPEN____PROTO____POLLUTED: "3" };
    settings(Schema, { env, envNestedDelimiter: "__" }).read();
    settings(Schema, { env, envNestedDelimiter: "__" }).read(
      JSON.parse('{"limits": {"__proto__": {"polluted": 1}}}') as object,
    );
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});

describe("as a dependency", () => {
  const config = settings(Settings);
  const app = (): App => new App().include(get("/info", { input: { config } }, ({ config }) => config));

  test("is read when the app starts, once", async () => {
    vi.stubEnv("ADMIN_EMAIL", "first@example.com");
    const client = testClient(app());
    await client.start();
    vi.stubEnv("ADMIN_EMAIL", "second@example.com");
    expect((await client.get("/info")).json()).toEqual({
      appName: "Awesome API",
      adminEmail: "first@example.com",
      itemsPerUser: 50,
    });
    await client.close();
  });

  test("stops a start that lacks something", async () => {
    await expect(app().startup()).rejects.toThrow(
      /^APUS_SETTINGS: one thing is missing or wrong.*\n {2}ADMIN_EMAIL: is missing/,
    );
  });

  test("is overridden in tests by identity, and then not read", async () => {
    const fake = depends(() => ({ appName: "Test", adminEmail: "t@example.com", itemsPerUser: 1 }));
    const client = testClient(app(), { overrides: [[config, fake]] });
    await client.start();
    expect((await client.get("/info")).json()).toMatchObject({ appName: "Test" });
    await client.close();
  });

  test("is used by other dependencies of the app", async () => {
    vi.stubEnv("ADMIN_EMAIL", "a@example.com");
    const mailer = depends({ config }, ({ config }) => `to ${config.adminEmail}`, { scope: "app" });
    const client = testClient(new App().include(get("/", { input: { mailer } }, ({ mailer }) => mailer)));
    expect((await client.get("/")).json()).toBe("to a@example.com");
    await client.close();
  });

  test("may hold anything, what looks like a promise or a wrapped value included", async () => {
    const keys = ["next", "then", "kind", "return"];
    const odd = settings(z.object(Object.fromEntries(keys.map((key) => [key, z.string()]))), {
      env: Object.fromEntries(keys.map((key) => [key.toUpperCase(), "provide"])),
    });
    const client = testClient(new App().include(get("/", { input: { odd } }, ({ odd }) => odd)));
    expect((await client.get("/")).json()).toEqual(Object.fromEntries(keys.map((key) => [key, "provide"])));
    await client.close();
  });
});
