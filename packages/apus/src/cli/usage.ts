// The help of a command: what it is for, how it is called, its arguments and options. Without colours, so that it reads alike everywhere.
import type { ArgsDef } from "citty";

/** Lines are broken before this column. */
const width = 100;

type Row = readonly [left: string, description: string];

interface Command {
  readonly name: string;
  readonly description: string;
  readonly args: ArgsDef;
}

/** The help of one command. */
export function commandUsage({ name, description, args }: Command): string {
  const positionals: Row[] = [];
  const options: Row[] = [];
  for (const [key, argument] of Object.entries(args)) {
    const text = [argument.description ?? "", defaultOf(argument.default)].filter(Boolean).join(" ");
    if (argument.type === "positional") {
      positionals.push([key.toUpperCase(), text]);
    } else if (argument.type !== "boolean") {
      options.push([named(argument, `--${key} <${argument.valueHint ?? key}>`), text]);
    } else {
      // what is on by itself can only be turned off
      if (argument.default !== true) options.push([named(argument, `--${key}`), argument.description ?? ""]);
      if (argument.negativeDescription !== undefined) {
        options.push([named({}, `--no-${key}`), argument.negativeDescription]);
      }
    }
  }
  options.push(["-h, --help", "Show this"]);
  const places = positionals.map(([each]) => ` [${each}]`).join("");
  return [
    description,
    "",
    `Usage: apus ${name} [options]${places}`,
    ...(positionals.length === 0 ? [] : ["", "Arguments:", ...table(positionals)]),
    "",
    "Options:",
    ...table(options),
  ].join("\n");
}

/** The help of the program. */
export function programUsage(commands: readonly Row[]): string {
  return [
    "Serves and describes Apus applications",
    "",
    "Usage: apus <command> [options] [PATH]",
    "",
    "Commands:",
    ...table(commands),
    "",
    "Options:",
    ...table([
      ["    --version", "Show the version of the package"],
      ["-h, --help", "Show this; after a command, its options"],
    ]),
  ].join("\n");
}

function named(argument: object, long: string): string {
  const alias: unknown = "alias" in argument ? argument.alias : undefined;
  return `${typeof alias === "string" ? `-${alias},` : "   "} ${long}`;
}

function defaultOf(value: unknown): string {
  return typeof value === "string" ? `Default: ${value}` : "";
}

/** Two columns; what is long goes on below itself. */
function table(rows: readonly Row[]): string[] {
  const column = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.flatMap(([left, description]) =>
    wrapped(description, width - column - 2).map((line, i) =>
      `  ${(i === 0 ? left : "").padEnd(column)}${line}`.trimEnd(),
    ),
  );
}

function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
