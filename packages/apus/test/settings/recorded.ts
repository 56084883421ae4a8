/**
 * What pydantic-settings 2.16.3 (pydantic 2.14.3, python-dotenv 1.2.4) made of 822 environments, recorded from the live library,
 * and the same settings declared here. Its fields are `items_per_user`, ours `itemsPerUser`.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "apus";
import { settings, SettingsError, type SettingsOptions, type SettingsProblem } from "apus/settings";
import { types } from "apus/types";
import { z } from "zod";

type Values = Readonly<Record<string, unknown>>;

/** One environment, and what came of it: the values that are not the defaults, or the fields that are wrong. */
export interface RecordedCase {
  readonly model: keyof typeof models;
  readonly options?: SettingsOptions;
  readonly env?: Readonly<Record<string, string>>;
  readonly dotenv?: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly args?: Values;
  readonly value?: Values;
  readonly wrong?: readonly string[];
  /** What we answer where that differs, and why: a heading of docs/settings.md. */
  readonly apus?: Values;
  readonly because?: string;
}

const Db = z.object({
  url: z.string().default("u"),
  poolSize: z.int().default(5),
  opts: z.record(z.string(), z.string()).default({}),
  replicas: z.array(z.string()).default([]),
});

const models = {
  Scalars: z.object({
    flag: z.boolean().default(false),
    count: z.int().default(0),
    smallCount: z.int().min(1).max(9).default(1),
    ratio: z.number().default(0),
    appName: z.string().max(20).default("x"),
    pattern: z
      .string()
      .regex(/^[a-z]+$/)
      .default("a"),
    day: types.date().nullable().default(null),
    at: types.datetime().nullable().default(null),
    clock: types.time().nullable().default(null),
    span: types.duration().nullable().default(null),
    amount: types.decimal().nullable().default(null),
    ident: z.guid().nullable().default(null),
    level: z.literal(["low", "high"]).default("low"),
    color: z.enum(["red", "blue"]).default("red"),
    homePage: types.httpUrl().nullable().default(null),
    token: types.secret().nullable().default(null),
    portOrPath: z.union([z.int(), z.string()]).default("p"),
    maybeCount: z.int().nullable().default(null),
  }),
  Nested: z.object({
    tags: z.array(z.string()).default([]),
    ports: z.array(z.int()).default([]),
    pair: z.tuple([z.int(), z.string()]).nullable().default(null),
    marks: types.set(z.string()).default(new Set<string>()),
    limits: z.record(z.string(), z.int()).default({}),
    db: Db.prefault({}),
    maybeTags: z.array(z.int()).nullable().default(null),
    tagsOrText: z.union([z.array(z.string()), z.string()]).default("d"),
    groups: z.record(z.string(), Db).default({}),
    extraDb: Db.nullable().default(null),
  }),
  Required: z.object({
    adminEmail: z.string(),
    itemsPerUser: z.int().default(50),
    apiKey: z.string().default("k"),
    tags: z.array(z.string()).default([]),
    db: Db.prefault({}),
  }),
  Group: z.object({ db: z.object({ url: z.string(), poolSize: z.int().default(5) }), app: z.string().default("a") }),
  Texts: z.object({
    a: z.string().nullable().default(null),
    b: z.string().nullable().default(null),
    c: z.string().nullable().default(null),
    aB: z.string().nullable().default(null),
  }),
};

const table = JSON.parse(readFileSync(new URL("pydantic-settings.json", import.meta.url), "utf8")) as {
  readonly defaults: Readonly<Record<string, Values>>;
  readonly cases: readonly RecordedCase[];
};

export const recordedCases = table.cases;

export function defaultsOf({ model }: RecordedCase): Values {
  return table.defaults[model]!;
}

/** What pydantic-settings answered, in full. */
export function recorded(entry: RecordedCase): Values {
  return entry.wrong === undefined ? { ...defaultsOf(entry), ...entry.value } : { wrong: entry.wrong };
}

/** What we answer, in pydantic's names. */
export function ours({ model, options = {}, env = {}, dotenv, secrets, args }: RecordedCase): unknown {
  const withFiles = dotenv !== undefined || secrets !== undefined;
  const folder = withFiles ? mkdtempSync(join(tmpdir(), "apus-settings-")) : join(tmpdir(), "apus-no-settings");
  try {
    const given: SettingsOptions = {
      ...options,
      ...(model === "Required" ? { alias: { apiKey: ["KEY", "SERVICE_KEY"] } } : {}),
      env,
    };
    const files = { envFile: join(folder, ".env"), secretsDir: join(folder, "secrets") };
    if (dotenv !== undefined) writeFileSync(files.envFile, dotenv);
    if (secrets !== undefined) mkdirSync(files.secretsDir);
    for (const [name, text] of Object.entries(secrets ?? {})) writeFileSync(join(files.secretsDir, name), text);
    const schema: z.ZodType = models[model];
    const read = settings(schema, { ...given, ...files });
    return renamed(encode(read.read(renamed(args ?? {}, camelCase)), schema), (key) =>
      key === "A" ? key : snakeCase(key),
    );
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const fieldOf = ({ names: [name], message }: SettingsProblem): string => {
      if (name!.startsWith(folder)) return "?";
      if (message.startsWith("is no setting") && !name!.includes("__")) return name!.toLowerCase();
      const own = options.envPrefix === undefined ? name! : name!.replace(/^app_/i, "");
      const field = snakeCase(camelCase(own.split("__")[0]!));
      return field === "key" ? "KEY" : field;
    };
    return { wrong: [...new Set(error.problems.map(fieldOf))].toSorted() };
  } finally {
    if (withFiles) rmSync(folder, { recursive: true });
  }
}

const snakeCase = (key: string): string => key.replaceAll(/(?<=[a-z])[A-Z]/g, "_$&").toLowerCase();
const camelCase = (key: string): string => key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A value with the keys of its objects renamed. */
function renamed(value: unknown, name: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, name));
  // What JSON cannot say is told as Python prints it.
  if (typeof value === "number" && !Number.isFinite(value))
    return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [name(key), renamed(each, name)]));
}
