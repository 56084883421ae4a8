// Shows what a module threw while it was loaded or started: the person's own file and line first, then the error without Node's insides.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";

/** The application's own failure, as opposed to a wrong command line. */
export class LoadFailure extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = "LoadFailure";
  }
}

/** A place in the person's code. */
interface Place {
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

const packageFolder = fileURLToPath(new URL("../..", import.meta.url));

/** Whether a file is the person's, and not Node's, a dependency's or this package's. */
function isOwn(file: string): boolean {
  if (file.startsWith("node:") || /[\\/]node_modules[\\/]/.test(file)) return false;
  return !["src", "dist", "bin"].some((folder) => file.startsWith(packageFolder + folder));
}

function place(file: string, line?: string | number, column?: string | number): Place {
  return {
    file: file.startsWith("file:") ? fileURLToPath(file) : file,
    line: line === undefined ? undefined : Number(line),
    column: column === undefined ? undefined : Number(column),
  };
}

/** Where in the person's own code an error comes from, as far as the error tells. */
export function placeOf(error: unknown): Place | undefined {
  if (!(error instanceof Error)) return undefined;
  const stack = error.stack ?? "";
  // a syntax error, as Node writes it: "file:///app/main.ts:3" above the line itself
  const marked = /^(\S.*?):(\d+)\n/.exec(stack);
  if (marked?.[1] !== undefined && !marked[1].includes(" ") && isOwn(marked[1])) {
    return place(marked[1], marked[2], markedColumn(stack));
  }
  // a syntax error, as tsx writes it: "/app/main.ts:3:25: ERROR: …"
  const transformed = /^(\S.*?):(\d+):(\d+): ERROR: /m.exec(error.message);
  if (transformed?.[1] !== undefined) {
    return place(transformed[1], transformed[2], Number(transformed[3]) + 1); // it counts columns from 0
  }
  // a module that is not there: "Cannot find package 'x' imported from /app/main.ts"
  const importer = /^Cannot find (?:module|package) '(.+?)'.* imported from (.+?)$/m.exec(error.message);
  if (importer?.[1] !== undefined && importer[2] !== undefined && isOwn(importer[2])) {
    return place(importer[2], lineNaming(importer[2], importer[1]));
  }
  for (const line of stack.split("\n")) {
    const frame = /^\s+at (?:async )?(?:.* \()?((?:file:\/\/|[A-Za-z]:[\\/]|\/).+?):(\d+):(\d+)\)?$/.exec(line);
    if (frame?.[1] === undefined) continue;
    const found = place(frame[1], frame[2], frame[3]);
    if (isOwn(found.file)) return found;
  }
  return error.cause === undefined ? undefined : placeOf(error.cause);
}

/** The column that the carets under the line begin at. */
function markedColumn(stack: string): number | undefined {
  const carets = stack.split("\n", 8).find((line) => /^ *\^+ *$/.test(line));
  return carets === undefined ? undefined : carets.indexOf("^") + 1;
}

/** The first line of a file that holds the last part of a module's name between quotes. */
function lineNaming(file: string, specifier: string): number | undefined {
  const last = specifier.split(/[\\/]/).at(-1) ?? specifier;
  try {
    const lines = readFileSync(file, "utf8").split("\n");
    const index = lines.findIndex((line) => line.includes(`${last}"`) || line.includes(`${last}'`));
    return index === -1 ? undefined : index + 1;
  } catch {
    return undefined;
  }
}

/** Frames that say nothing to a person: Node's own, the TypeScript loader's and this command line's. */
function isNoise(line: string): boolean {
  if (!/^\s+at /.test(line)) return false;
  if (/[( ]node:|[\\/]node_modules[\\/](tsx|esbuild|citty)[\\/]/.test(line)) return true;
  return ["dist/node/cli", "dist/node/app-process", "src/cli/"].some((own) => line.includes(packageFolder + own));
}

/** Frames of the framework, of this copy or of the one that the project has installed, and those that name no file. */
function isFramework(line: string): boolean {
  if (!/^\s+at /.test(line)) return false;
  return (
    line.endsWith("(<anonymous>)") ||
    /[\\/]node_modules[\\/]apus[\\/]/.test(line) ||
    line.includes(`${packageFolder}dist/`) ||
    line.includes(`${packageFolder}src/`)
  );
}

/** An error with its causes, as text without noise. */
function written(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return inspect(error);
  const lines = (error.stack ?? String(error)).split("\n");
  // what the framework says of a declaration, it says of the person's code: where it noticed says nothing
  const declared = /^APUS_\w+: /.test(error.message);
  const own = lines.filter((line) => !isNoise(line) && !(declared && isFramework(line)));
  const inner = error instanceof AggregateError ? error.errors : error.cause === undefined ? [] : [error.cause];
  const causes = depth > 8 ? [] : inner.map((cause: unknown) => `caused by ${written(cause, depth + 1)}`);
  return [...own, ...causes].join("\n");
}

/**
 * The text for a person: the place, then the error.
 *
 * @param shown How to write a file's path.
 */
export function describeFailure(failure: LoadFailure, shown: (file: string) => string): string {
  const found = placeOf(failure.cause);
  const head = [failure.message];
  if (found !== undefined) {
    head.push(`  at ${[shown(found.file), found.line, found.column].filter((part) => part !== undefined).join(":")}`);
  }
  return [...head, "", written(failure.cause), ...hintFor(failure.cause)].join("\n");
}

/** What JavaScript's own words do not say: why a name that is there is not there yet. */
function hintFor(cause: unknown): string[] {
  if (!(cause instanceof ReferenceError) || !cause.message.endsWith(" before initialization")) return [];
  return [
    "",
    "Most likely two modules import each other, and one of them ran before the other was there. Put what both need into a third.",
  ];
}
