/** Which lines of Node get no security fixes any more. */

/** The last day of each line, from Node's release schedule. Those before 18 have all ended. */
const lastDays: Readonly<Record<number, string>> = {
  18: "2025-04-30",
  19: "2023-06-01",
  20: "2026-04-30",
  21: "2024-06-01",
  22: "2027-04-30",
  23: "2025-06-01",
  24: "2028-04-30",
  25: "2026-06-01",
  26: "2029-04-30",
};

/**
 * A sentence for who runs a line without fixes.
 * @param version As in `process.versions.node`: `20.19.0`.
 * @returns undefined for a line that gets fixes, and for one that is newer than this table.
 */
export function endOfLife(version: string, today: Date): string | undefined {
  const line = Number.parseInt(version, 10);
  const last = line < 18 ? "2023-09-11" : lastDays[line];
  if (last === undefined || today.toISOString().slice(0, 10) <= last) return undefined;
  return `Node ${line} has had no security fixes since ${last}; this is Node ${version}. Run a line that gets them: https://nodejs.org/en/about/previous-releases`;
}
