// Shows where two texts differ: the lines that went and those that came, with a few around them.

/**
 * @param {string} before
 * @param {string} after
 * @param {number} [around] How many equal lines to show before and after each change.
 * @returns {string[]} Lines that begin with "- ", "+ " or two spaces, and "…" for what is left out.
 */
export function lineDifference(before, after, around = 2) {
  const [old, now] = [before.split("\n"), after.split("\n")];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const middle = changes(old.slice(start, old.length - end), now.slice(start, now.length - end));
  const lines = [
    ...old.slice(0, start).map((line) => `  ${line}`),
    ...middle,
    ...old.slice(old.length - end).map((line) => `  ${line}`),
  ];
  /** @type {string[]} */
  const shown = [];
  let left = false;
  for (const [index, line] of lines.entries()) {
    const near = lines.slice(Math.max(0, index - around), index + around + 1).some((each) => !each.startsWith("  "));
    if (near) {
      if (left) shown.push("…");
      shown.push(line);
    }
    left = !near;
  }
  return shown;
}

/**
 * The longest common lines stay, the rest goes and comes.
 *
 * @param {readonly string[]} old
 * @param {readonly string[]} now
 */
function changes(old, now) {
  const width = now.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const [below, right, both] = [
        common[(i + 1) * width + j],
        common[i * width + j + 1],
        common[(i + 1) * width + j + 1],
      ];
      common[i * width + j] = old[i] === now[j] ? (both ?? 0) + 1 : Math.max(below ?? 0, right ?? 0);
    }
  }
  /** @type {string[]} */
  const lines = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push(`  ${old[i]}`);
      i++;
      j++;
    } else if (
      i < old.length &&
      (j === now.length || (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      lines.push(`- ${old[i++]}`);
    } else lines.push(`+ ${now[j++]}`);
  }
  return lines;
}
