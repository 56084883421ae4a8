// Finds what a person most likely meant by a word that does not exist.

/** The fewest letters to insert, leave out, exchange or swap with their neighbour that make `b` of `a`. */
function distance(a: string, b: string): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}

/** The words nearest to one, nearest first: those with few differences, and those that contain it. */
export function nearest(word: string, words: readonly string[], most = 3): string[] {
  const asked = word.slice(0, 100).toLowerCase();
  const allowed = Math.max(1, Math.floor(asked.length / 4));
  return words
    .map((each) => {
      const candidate = each.slice(0, 100).toLowerCase();
      const away = distance(asked, candidate);
      return { each, away: asked.length > 2 && candidate.includes(asked) ? Math.min(away, allowed) : away };
    })
    .filter(({ away }) => away <= allowed)
    .toSorted((a, b) => a.away - b.away)
    .slice(0, most)
    .map(({ each }) => each);
}
