// Columns for a terminal, aligned, without colours: what a person reads and other programs can cut.

/** Lines of a table without borders. A column in which nothing stands is left out, its heading too. */
export function tableLines(headings: readonly string[], rows: readonly (readonly string[])[], indent = ""): string[] {
  const used = headings.map((_, i) => i).filter((i) => rows.some((row) => (row[i] ?? "") !== ""));
  const all = headings.some((heading) => heading !== "") ? [headings, ...rows] : rows;
  const widths = used.map((i) => Math.max(...all.map((row) => (row[i] ?? "").length)));
  return all.map((row) => (indent + used.map((i, at) => (row[i] ?? "").padEnd(widths[at]!)).join("  ")).trimEnd());
}
