// Rules "generated", "name", "length" and "any": what each single file has to keep to.
import { productFiles } from "./source-tree.mjs";

/** @typedef {import("./source-tree.mjs").SourceTree} SourceTree */
/** @typedef {import("./source-tree.mjs").Finding} Finding */
/**
 * @typedef {object} FileLimits
 * @property {{ warning: number, error: number }} lines
 * @property {number} any
 * @property {readonly string[]} forbiddenNames
 */

/**
 * @param {SourceTree} tree
 * @param {FileLimits} limits
 * @returns {Finding[]}
 */
export function files(tree, limits) {
  /** @type {Finding[]} */
  const findings = [];
  for (const file of tree.generated)
    findings.push({
      severity: "error",
      rule: "generated",
      file,
      line: 1,
      message: "compiler output among the source. Remove it; `npm run build` writes to dist.",
    });
  for (const { path, lines } of tree.files.values()) {
    const vague = path
      .split("/")
      .map((part) => part.replace(/\..*$/, ""))
      .find((part) => limits.forbiddenNames.includes(part.toLowerCase()));
    if (vague !== undefined)
      findings.push({
        severity: "error",
        rule: "name",
        file: path,
        line: 1,
        message: `"${vague}" does not say what is inside. Name the file after what it defines.`,
      });
    if (lines > limits.lines.warning)
      findings.push({
        severity: lines > limits.lines.error ? "error" : "warning",
        rule: "length",
        file: path,
        line: lines,
        message: `${lines} lines (aim for ${limits.lines.warning}, at most ${limits.lines.error}). Move one of its ideas into a file of its own.`,
      });
  }
  return [...findings, ...anyBudget(tree, limits.any)];
}

/**
 * @param {SourceTree} tree
 * @param {number} budget
 * @returns {Finding[]}
 */
function anyBudget(tree, budget) {
  const places = productFiles(tree).flatMap(({ path, anys }) => anys.map((line) => ({ path, line })));
  if (places.length === budget) return [];
  const [first] = places;
  if (places.length < budget)
    return [
      {
        severity: "error",
        rule: "any",
        file: "scripts/rooms.mjs",
        line: 1,
        message: `\`any\` stands ${places.length} times, the budget is ${budget}: lower it to ${places.length}, so that the gain is kept.`,
      },
    ];
  return [
    {
      severity: "error",
      rule: "any",
      file: first?.path ?? "",
      line: first?.line ?? 1,
      message: `\`any\` stands ${places.length} times, the budget is ${budget}: ${places.map(({ path, line }) => `${path}:${line}`).join(", ")}. Use unknown, or a type parameter.`,
    },
  ];
}
