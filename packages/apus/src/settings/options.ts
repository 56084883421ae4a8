/** What can be said about where settings are read, and the refusal of what cannot be meant. */
import { ApusError, checkOptionNames, type OptionNames } from "../diagnostic/index.ts";
import type { In } from "../schema/index.ts";

/** The names of a settings schema's fields. */
type Key<S> = keyof In<S> & string;
/** The names of fields that hold lists or sets. */
type ListKey<S> = {
  [K in Key<S>]-?: NonNullable<In<S>[K]> extends readonly unknown[] | ReadonlySet<unknown> ? K : never;
}[Key<S>];

/** Where settings are read and how; the names are pydantic-settings'. */
export interface SettingsOptions<S = unknown> {
  /** The variables. Default: those of the process, `process.env`; on Workers, the `env` of `cloudflare:workers`. */
  readonly env?: Readonly<Record<string, unknown>> | undefined;
  /**
   * A `.env` file or several, of which the later are stronger; paths are relative to the working directory. The environment
   * is stronger than all of them. One that does not exist is passed over. Default: none is read.
   */
  readonly envFile?: string | URL | readonly (string | URL)[] | undefined;
  /** What the names of all variables begin with, aliases excepted: `"APP_"`. Default: nothing. */
  readonly envPrefix?: string | undefined;
  /**
   * What stands between a setting and a part of it: with `"__"`, DB__POOL_SIZE sets `db.poolSize`. Default: none; what holds
   * other settings is then read from one variable, as JSON.
   */
  readonly envNestedDelimiter?: string | undefined;
  /**
   * A directory of files, one a variable, as Docker and Kubernetes mount secrets, or several, of which the later are stronger.
   * One that does not exist is passed over. Default: none is read.
   */
  readonly secretsDir?: string | URL | readonly (string | URL)[] | undefined;
  /** Other names for settings; they take the place of the own name, without the prefix. The first that is set counts. */
  readonly alias?: { readonly [K in Key<S>]?: string | readonly string[] | undefined } | undefined;
  /** Lists that are not written as JSON, and what stands between their items: `{ hosts: "," }` for `HOSTS=a,b`. */
  readonly split?: { readonly [K in ListKey<S>]?: string | undefined } | undefined;
  /** Whether names count as they are: ITEMS_PER_USER, and not items_per_user. Default: false. Windows knows no such names. */
  readonly caseSensitive?: boolean | undefined;
  /** Whether an empty text counts as not set. Default: false, an empty text is a value. */
  readonly envIgnoreEmpty?: boolean | undefined;
  /** The text that means null: `"null"`. Default: none does. */
  readonly envParseNoneStr?: string | undefined;
  /**
   * What becomes of names in a `.env` file that are no settings: `forbid` refuses them, as most are slips of the pen (where
   * there is a prefix, only those that begin with it), `ignore` passes them over. Default: `forbid`.
   */
  readonly extra?: "forbid" | "ignore" | undefined;
}

const optionNames: OptionNames<SettingsOptions> = {
  env: true,
  envFile: true,
  envPrefix: true,
  envNestedDelimiter: true,
  secretsDir: true,
  alias: true,
  split: true,
  caseSensitive: true,
  envIgnoreEmpty: true,
  envParseNoneStr: true,
  extra: true,
};

/** A wrong declaration of settings, as opposed to a wrong environment. */
export function declarationError(said: string): ApusError {
  return new ApusError(`APUS_SETTINGS_DECLARATION: settings(): ${said}`);
}

/** A list as an option may give it: none, one, or several. */
export function listOf<T>(given: T | readonly T[] | undefined): readonly T[] {
  return given === undefined ? [] : Array.isArray(given) ? (given as readonly T[]) : [given as T];
}

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
const isPath = (value: unknown): boolean => isText(value) || value instanceof URL;

/**
 * @param keys The settings there are, and whether each holds a list.
 * @throws ApusError for an option that there is not, or that has no value that can be meant.
 */
export function checkOptions(options: SettingsOptions, keys: ReadonlyMap<string, boolean>): void {
  checkOptionNames("settings()", options, optionNames);
  const { env, extra, alias, split } = options;
  if (env !== undefined && (typeof env !== "object" || env === null)) {
    throw declarationError('env is a record of variables: { APP_NAME: "Awesome" }.');
  }
  for (const name of ["envFile", "secretsDir"] as const) {
    if (!listOf<unknown>(options[name]).every(isPath)) throw declarationError(`${name} is a path, or a list of paths.`);
  }
  for (const name of ["envPrefix", "envNestedDelimiter", "envParseNoneStr"] as const) {
    const value: unknown = options[name];
    if (value === undefined || (typeof value === "string" && (value !== "" || name !== "envNestedDelimiter"))) continue;
    throw declarationError(
      `${name} is a text, such as "${{ envPrefix: "APP_", envNestedDelimiter: "__", envParseNoneStr: "null" }[name]}".`,
    );
  }
  for (const name of ["caseSensitive", "envIgnoreEmpty"] as const) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== "boolean") throw declarationError(`${name} is true or false.`);
  }
  if (extra !== undefined && extra !== "forbid" && extra !== "ignore") {
    throw declarationError('extra is "forbid" or "ignore".');
  }
  checkKeys("alias", alias, keys, (key, value) => {
    const names = listOf<unknown>(value);
    return names.length > 0 && names.every(isText) ? undefined : `alias.${key} is a name, or a list of names`;
  });
  checkKeys("split", split, keys, (key, value) => {
    if (keys.get(key) !== true) return `split.${key}: "${key}" is no list`;
    return isText(value) ? undefined : `split.${key} is what stands between the items, such as ","`;
  });
}

function checkKeys(
  option: string,
  given: Readonly<Record<string, unknown>> | undefined,
  keys: ReadonlyMap<string, boolean>,
  faultOf: (key: string, value: unknown) => string | undefined,
): void {
  if (given === undefined) return;
  if (typeof given !== "object" || given === null) throw declarationError(`${option} is a record by setting.`);
  for (const [key, value] of Object.entries(given)) {
    if (!keys.has(key)) throw declarationError(`${option} names "${key}", which is no setting of the schema.`);
    const fault = value === undefined ? undefined : faultOf(key, value);
    if (fault !== undefined) throw declarationError(`${fault}.`);
  }
}
