/** The known name nearest to a misspelt one, whatever its case; undefined where none is within `farthest` edits. */
export function suggest(name: string, known: readonly string[], farthest: 1 | 2 = 2): string | undefined {
  const [nearest] = known
    .filter((candidate) => Math.abs(candidate.length - name.length) <= farthest)
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= farthest)
    .toSorted((a, b) => a.distance - b.distance);
  return nearest?.candidate;
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  const letters = Array.from(b);
  let row = Array.from({ length: letters.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a).entries()) {
    let left = i + 1;
    row = row.map((above, j) => {
      if (j > 0) left = Math.min(above + 1, left + 1, Number(row[j - 1]) + (letter === letters[j - 1] ? 0 : 1));
      return left;
    });
  }
  return Number(row.at(-1));
}
