// Columns for a terminal, aligned, without colours: what a person reads and other programs can cut.
import { printable, widthOf } from "./printable.ts";

/** Lines of a table without borders, one for each row whatever its texts hold. A column in which nothing stands is left out, its heading too. */
export function tableLines(headings: readonly string[], rows: readonly (readonly string[])[], indent = ""): string[] {
  const used = headings.map((_, i) => i).filter((i) => rows.some((row) => (row[i] ?? "") !== ""));
  const all = (headings.some((heading) => heading !== "") ? [headings, ...rows] : rows).map((row) =>
    used.map((i) => {
      const text = printable(row[i] ?? "");
      return { text, width: widthOf(text) };
    }),
  );
  const widths = used.map((_, at) => Math.max(...all.map((row) => row[at]!.width)));
  const padded = ({ text, width }: { text: string; width: number }, at: number): string =>
    text + " ".repeat(widths[at]! - width);
  return all.map((row) => (indent + row.map(padded).join("  ")).trimEnd());
}
