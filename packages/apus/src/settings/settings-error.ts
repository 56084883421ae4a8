/** What is thrown for an environment that does not fit the settings: all that is missing or wrong, and never a value. */
import { ApusError } from "../diagnostic/index.ts";

/** One setting that is missing or wrong. */
export interface SettingsProblem {
  /** The variables that set it, any of which may: `["ADMIN", "ADMIN_EMAIL"]`. Where a file is at fault, the file. */
  readonly names: readonly string[];
  /** Where the wrong value was found: `environment`, `.env line 4`. Undefined where it is missing. */
  readonly source: string | undefined;
  /** What is wrong, in words: `should be a valid integer`. */
  readonly message: string;
}

/** A problem before it is told. */
export interface FoundProblem {
  /** The field of the schema; undefined for what concerns a file, or all of them. */
  readonly setting: string | undefined;
  readonly names: readonly string[];
  readonly where: string | undefined;
  readonly says: string;
}

/**
 * Thrown by `read()`, and by the start of an app that uses the settings. Nothing of it holds a value that was set, so it may
 * be logged.
 *
 * @example
 * try { config.read(); } catch (error) {
 *   if (error instanceof SettingsError) console.error(error.problems.map(({ names }) => names[0])); // ["ADMIN_EMAIL"]
 * }
 */
export class SettingsError extends ApusError {
  override readonly name: string = "SettingsError";
  /** All that is missing or wrong, in the order of the schema. */
  readonly problems: readonly SettingsProblem[];

  constructor(problems: readonly SettingsProblem[], hint: string | undefined) {
    const lines = problems.map(({ names, source, message }) => {
      const place = source === undefined ? "" : ` (${source})`;
      return `\n  ${names.join(" or ")}${place}: ${message}`;
    });
    const head = problems.length === 1 ? "one thing is" : `${problems.length} things are`;
    const end = hint === undefined ? "" : `\n${hint}`;
    super(`APUS_SETTINGS: ${head} missing or wrong in the settings:${lines.join("")}${end}`);
    this.problems = problems;
  }
}

/** What was found, once each, in the order of the settings. */
export function ordered(found: readonly FoundProblem[], keys: readonly string[]): SettingsProblem[] {
  const place = ({ setting }: FoundProblem): number => (setting === undefined ? keys.length : keys.indexOf(setting));
  const all = found
    .toSorted((one, other) => place(one) - place(other))
    .map(({ names, where, says }): SettingsProblem => ({ names, source: where, message: says }));
  const once = new Map(all.map((each) => [JSON.stringify([each.names, each.source, each.message]), each]));
  return [...once.values()];
}
