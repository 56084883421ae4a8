// Writes the results: a table by folder, the failures with what was expected and what came, and the line at the end.
import { absent } from "./match.ts";
import type { Mismatch } from "./match.ts";
import type { FileResult, RunResult } from "./run.ts";
import type { StepResult, Verdict } from "./run-case.ts";

export type Counts = Readonly<Record<Verdict, number>>;

/** How many steps passed, differ by a rule, and failed. */
export function count(steps: readonly StepResult[]): Counts {
  const of = (verdict: Verdict) => steps.filter((step) => step.verdict === verdict).length;
  return { passed: of("passed"), differing: of("differing"), failed: of("failed") };
}

/** The counts of a whole run. */
export function total({ files }: RunResult): Counts {
  return count(files.flatMap((file) => file.steps));
}

/** The last line of every run; scripts may read it. */
export function lastLine(result: RunResult): string {
  const { passed, differing, failed } = total(result);
  return `conformance: ${passed} passed, ${differing} differing, ${failed} failed`;
}

/** The table by folder, with the rules that were applied, and the vector files without an application. */
export function table(result: RunResult): string {
  const folders = [...new Set(result.files.map((file) => file.folder))];
  const line = (name: string, files: readonly FileResult[]) => {
    const steps = files.flatMap((file) => file.steps);
    const { passed, differing, failed } = count(steps);
    return [name, String(files.length), String(passed), String(differing), String(failed), rulesOf(steps).join(", ")];
  };
  const rows = [
    ["folder", "files", "passed", "differing", "failed", "rules"],
    ...folders.map((folder) =>
      line(
        folder,
        result.files.filter((file) => file.folder === folder),
      ),
    ),
    line("total", result.files),
  ];
  const all = result.files.length + result.missing.length;
  return `${aligned(rows)}\n\n${result.missing.length} of ${all} vector files have no application yet.`;
}

/** Every failed step; with `verbose` each difference in full, otherwise the first ones in short. */
export function failures(result: RunResult, verbose: boolean): string {
  const lines = result.files.flatMap((file) =>
    file.steps
      .filter((step) => step.verdict === "failed")
      .map((step) => `FAILED ${file.vector} ${step.name}\n  ${step.request}\n${reasons(step, verbose)}`),
  );
  return lines.join("\n");
}

/** The run as JSON, for other programs. */
export function asJson(result: RunResult): string {
  const plain = (_key: string, value: unknown) => (value === absent ? "(absent)" : value);
  return JSON.stringify({ ...result, total: total(result) }, plain, 2);
}

function rulesOf(steps: readonly StepResult[]): string[] {
  return [...new Set(steps.filter((step) => step.verdict === "differing").flatMap((step) => step.rules))].sort();
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const isNumber = (text: string) => /^\d+$/.test(text);
  const cell = (text: string, column: number) =>
    isNumber(text) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join("  ").trimEnd()).join("\n");
}

function reasons(step: StepResult, verbose: boolean): string {
  const rules = step.rules.length > 0 ? [`  expected after ${step.rules.join(", ")}`] : [];
  const shown = verbose ? step.mismatches : step.mismatches.slice(0, 3);
  const more = step.mismatches.length - shown.length;
  return [
    ...rules,
    ...(step.error === undefined ? [] : [indent(verbose ? step.error : firstLine(step.error))]),
    ...shown.map((mismatch) => difference(mismatch, verbose)),
    ...(verbose ? step.printed.map((text) => indent(`printed: ${text}`)) : []),
    ...(more > 0 ? [`  and ${more} more; --verbose shows all`] : []),
  ].join("\n");
}

function difference({ at, expected, actual }: Mismatch, verbose: boolean): string {
  return `  ${at}\n    - expected ${show(expected, verbose)}\n    + actual   ${show(actual, verbose)}`;
}

function show(value: unknown, verbose: boolean): string {
  if (value === absent) return "(absent)";
  const text = JSON.stringify(value, undefined, verbose ? 2 : undefined) ?? String(value);
  if (!verbose) return text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return text.replaceAll("\n", "\n      ");
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}
