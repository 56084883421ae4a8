// What `apus routes` shows a person: the table of operations, and one operation's plan.
import type { serve } from "../server/index.ts";
import { said } from "./printable.ts";
import { tableLines } from "./table.ts";

export type AppDescription = ReturnType<Parameters<typeof serve>[0]["describe"]>;
type Operation = AppDescription["operations"][number];
type Socket = AppDescription["sockets"][number];
type Mount = AppDescription["mounts"][number];

/** One line per operation, in the order of declaration, then the sockets, then what is mounted, each with what is in it. */
export function routesTable({ operations, sockets, mounts }: AppDescription): string {
  const named = [...operationsIn({ operations, mounts }), ...sockets].some(({ id, name }) => id !== name);
  const rowOf = (each: Operation | Socket, around: readonly string[]): string[] => [
    "methods" in each ? each.methods.join("|") : "WEBSOCKET",
    each.path,
    each.id,
    named ? each.name : "",
    each.tags.join(", "),
    [...around, ...guardsOf(each)].join(", "),
    flagsOf(each).join(", "),
  ];
  const rowsOfMount = (mount: Mount, outside: readonly string[]): string[][] => {
    const around = [...outside, ...guardsOf(mount)];
    return [
      ["ANY", mount.prefix, "", "", "", around.join(", "), isFiles(mount) ? mount.kind : "mount"],
      ...[...mount.operations, ...mount.sockets].map((each) => rowOf(each, around)),
      ...mount.mounts.flatMap((each) => rowsOfMount(each, around)),
    ];
  };
  const rows = [
    ...[...operations, ...sockets].map((each) => rowOf(each, [])),
    ...mounts.flatMap((each) => rowsOfMount(each, [])),
  ];
  if (rows.length === 0) return "The app has no operations.\n";
  return `${tableLines(["METHODS", "PATH", "ID", "NAME", "TAGS", "GUARDS", "FLAGS"], rows).join("\n")}\n`;
}

function isFiles({ kind }: Mount): boolean {
  return kind === "files" || kind === "frontend";
}

/** The operations of an app and of all that are mounted in it, its own first. */
export function operationsIn({ operations, mounts }: Pick<AppDescription, "operations" | "mounts">): Operation[] {
  return [...operations, ...mounts.flatMap((each) => operationsIn(each))];
}

/** The guards by name, and the schemes that are asked without being listed as guards. */
function guardsOf({ guards, security }: Pick<Operation, "guards" | "security">): string[] {
  const schemes = security.flatMap(({ anyOf, optional, scopes }) => {
    const name = anyOf.join(" or ");
    if (scopes.length === 0 && guards.includes(name)) return [];
    return [name + (scopes.length === 0 ? "" : `[${scopes.join(" ")}]`) + (optional ? "?" : "")];
  });
  return [...guards, ...schemes];
}

function flagsOf({ deprecated, includeInSchema }: Operation | Socket): string[] {
  return [...(deprecated ? ["deprecated"] : []), ...(includeInSchema ? [] : ["hidden"])];
}

/** All that is decided about one operation. */
export function planText(operation: Operation): string {
  const { inputs, dependencies, middleware, errors, limits, output } = operation;
  const flags = flagsOf(operation).join(", ");
  return [
    said`${operation.methods.join("|")} ${operation.path}`,
    ...tableLines(
      ["", ""],
      [
        ["Id", operation.id],
        ["Name", operation.name],
        ["Summary", operation.summary],
        ["Tags", operation.tags.join(", ")],
        ["Guards", guardsOf(operation).join(", ")],
        ["Flags", flags],
      ].filter(([, value]) => value !== ""),
      "  ",
    ),
    ...section(
      "Middleware, outermost first",
      middleware.map(({ name, of }) => [name, `of the ${of}`]),
    ),
    ...section("Phase 1, before the body: inputs", rowsOf(inputs, 1)),
    ...section("Phase 1, before the body: dependencies", stepsOf(dependencies, 1)),
    ...section(
      `Phase 2, ${operation.body === null ? "no body" : `the body as ${operation.body}`}: inputs`,
      rowsOf(inputs, 2),
    ),
    ...section("Phase 3, after the body: dependencies", stepsOf(dependencies, 3)),
    ...section("Phase 4: the handler answers", [
      [String(output.status), output.mediaType ?? "no media type", output.type ?? "as it is returned"],
    ]),
    ...section("Errors", [
      ...errors.map(({ status, title }) => [String(status), title]),
      ...(inputs.length === 0 ? [] : [["422", "inputs that are not valid"]]),
    ]),
    ...section(
      "Limits",
      [
        ["body", operation.body === null ? "" : `${limits.bodyLimit.toLocaleString("en")} bytes`],
        ["body to arrive", operation.body === null ? "" : time(limits.bodyTimeout)],
        ["answer", time(limits.timeout)],
        ["types", operation.strictTypes ? "strict" : ""],
        ["errors", operation.errorShape === "problem" ? "as problem details" : ""],
      ].filter(([, value]) => value !== ""),
    ),
    ...codeLines(operation),
    "",
  ].join("\n");
}

function section(heading: string, rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const columns = Math.max(...rows.map((row) => row.length));
  return [
    "",
    heading,
    ...tableLines(
      Array.from({ length: columns }, () => ""),
      rows,
      "  ",
    ),
  ];
}

function rowsOf(inputs: Operation["inputs"], phase: 1 | 2): string[][] {
  return inputs
    .filter((each) => each.phase === phase)
    .map(({ location, alias, name, type, required, dependency }) => [
      location,
      alias,
      type,
      required ? "required" : "optional",
      name === alias ? "" : `as ${name}`,
      dependency === null ? "" : `for ${dependency}`,
    ]);
}

function stepsOf(dependencies: Operation["dependencies"], phase: 1 | 3): string[][] {
  return dependencies
    .filter((each) => each.phase === phase)
    .map(({ name, kind, scope, securityScopes, needs }) => [
      name,
      kind === "dependency" ? "" : kind,
      `scope ${scope}`,
      securityScopes.length === 0 ? "" : `asked for ${securityScopes.join(" ")}`,
      needs.length === 0 ? "" : `after ${needs.join(", ")}`,
    ]);
}

function time(milliseconds: number | null): string {
  return milliseconds === null ? "no limit" : `${milliseconds.toLocaleString("en")} ms`;
}

function codeLines({ inputs, output }: Operation): string[] {
  const all = [
    ...inputs.map(({ name, code }) => ({ what: `reads ${name}`, code })),
    { what: "writes the answer", code: output.code },
  ];
  const lines = all.flatMap(({ what, code }) => {
    if (code === undefined) return [];
    if (code.kind === "interpreted") return [said`  ${what}: no code is generated, ${code.reason}`];
    return [
      said`  ${what}:`,
      ...code.source
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => said`    ${line}`),
    ];
  });
  return lines.length === 0 ? [] : ["", "Code", ...lines];
}
