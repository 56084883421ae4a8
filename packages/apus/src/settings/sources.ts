/** Where variables are found: the environment, `.env` files and directories of secret files, each seen as names with texts. */
import { expanded, readEnvFile } from "./env-file.ts";
import { mostBytes, pathOf, readDirectory, readInside, readText, shownInside } from "./files.ts";
import { exactly, ignoringCase, type Fold } from "./names.ts";
import { listOf, type SettingsOptions } from "./options.ts";
import type { FoundProblem } from "./settings-error.ts";

/** A variable that is set. */
export interface Variable {
  /** As it is written where it was found. */
  readonly name: string;
  readonly where: string;
  /** Its text, or what is wrong with it. Secret files are read when this is asked. */
  readonly read: () => { readonly text: string } | { readonly fault: string };
}

/** Variables of one kind, by folded name. */
export interface Source {
  readonly kind: "environment" | "env file" | "secrets";
  readonly fold: Fold;
  readonly variables: ReadonlyMap<string, Variable>;
  /** Folded names that others refer to: they need not be settings. */
  readonly references: ReadonlySet<string>;
}

/** The variables of the process, where there is one. */
function processVariables(): Readonly<Record<string, unknown>> {
  return (globalThis as { readonly process?: Partial<NodeJS.Process> }).process?.env ?? {};
}

/** To Windows the variables of a process have no case, so there is none that could count. */
function onWindows(): boolean {
  return (globalThis as { readonly process?: Partial<NodeJS.Process> }).process?.platform === "win32";
}

/**
 * All sources, the strongest first.
 * @param problems What is wrong with the files themselves is added here.
 */
export function sourcesOf(options: SettingsOptions, problems: FoundProblem[]): readonly Source[] {
  const fold = options.caseSensitive === true ? exactly : ignoringCase;
  const { env } = options;
  const given = env ?? processVariables();
  const environment = environmentOf(given, env === undefined && onWindows() ? ignoringCase : fold);
  return [environment, envFiles(options, fold, given, problems), secretFiles(options, fold, problems)];
}

function environmentOf(given: Readonly<Record<string, unknown>>, fold: Fold): Source {
  const variables = new Map<string, Variable>();
  for (const [name, text] of Object.entries(given)) {
    // The `env` of Workers holds bindings as well.
    if (typeof text !== "string") continue;
    const key = fold(name);
    // Of names that differ in case alone, the one in capitals is what everybody means.
    if (variables.get(key)?.name === name.toUpperCase()) continue;
    variables.set(key, { name, where: "environment", read: () => ({ text }) });
  }
  return { kind: "environment", fold, variables, references: new Set() };
}

function envFiles(
  { envFile }: SettingsOptions,
  fold: Fold,
  environment: Readonly<Record<string, unknown>>,
  problems: FoundProblem[],
): Source {
  const references = new Set<string>();
  const variables = new Map<string, Variable>();
  for (const each of listOf(envFile)) {
    const { path, shown } = pathOf(each);
    const found = readText(path, false);
    if (found === undefined) continue;
    if ("fault" in found) {
      problems.push({ setting: undefined, names: [shown], where: undefined, says: found.fault });
      continue;
    }
    const { lines, malformed } = readEnvFile(found.text);
    for (const line of malformed) {
      problems.push({
        setting: undefined,
        names: [`${shown} line ${line}`],
        where: undefined,
        says: "is no line of the form NAME=value",
      });
    }
    const set = new Map<string, string | null>();
    const valueOf = (name: string): string | null | undefined => {
      if (set.has(name)) references.add(fold(name));
      const outside = Object.hasOwn(environment, name) ? environment[name] : undefined;
      return set.has(name) ? set.get(name) : typeof outside === "string" ? outside : undefined;
    };
    // What references make of the file is held to what a file may be: a few lines that double each other would fill the memory.
    let left = mostBytes;
    for (const { name, value, line, expands } of lines) {
      const text = expands ? expanded(value, valueOf, left) : value;
      if (text !== undefined) set.set(name, text);
      left -= text?.length ?? 0;
      variables.set(fold(name), {
        name,
        where: `${shown} line ${line}`,
        // Which name it is stays untold: it may be a part of a password that was not meant as one.
        read: () => (typeof text === "string" ? { text } : { fault: text === null ? longReference : unsetReference }),
      });
    }
  }
  return { kind: "env file", fold, variables, references };
}

const unsetReference =
  "refers with ${…} to a variable that is set neither above it nor in the environment; `${NAME:-}` allows that, and in single quotes it is text";

const longReference = `refers with \${…} to so much that the file would be larger than ${mostBytes / 1024} KiB`;

function secretFiles({ secretsDir }: SettingsOptions, fold: Fold, problems: FoundProblem[]): Source {
  const variables = new Map<string, Variable>();
  for (const each of listOf(secretsDir)) {
    const { path, shown } = pathOf(each);
    const found = readDirectory(path);
    if (found === undefined) continue;
    if ("fault" in found) {
      problems.push({ setting: undefined, names: [shown], where: undefined, says: found.fault });
      continue;
    }
    for (const name of found.names) {
      const read = (): ReturnType<Variable["read"]> => {
        const inside = readInside(path, name);
        return "fault" in inside ? inside : { text: inside.text.trim() };
      };
      variables.set(fold(name), { name, where: `secrets file ${shownInside(shown, name)}`, read });
    }
  }
  return { kind: "secrets", fold, variables, references: new Set() };
}
