/**
 * Normalised discounted cumulative gain at 10 (Järvelin and Kekäläinen, 2002) with the gain
 * 2^grade − 1. Unjudged products count as irrelevant; with `judgedOnly` they are taken out first.
 */
export function ndcgAt10(
  ranked: readonly string[],
  grades: ReadonlyMap<string, number>,
  { judgedOnly = false } = {},
): number {
  const shown = judgedOnly ? ranked.filter((id) => grades.has(id)) : ranked
  const ideal = gainOf([...grades.values()].sort((a, b) => b - a))
  return ideal === 0 ? 0 : gainOf(shown.map((id) => grades.get(id) ?? 0)) / ideal
}

const gainOf = (grades: readonly number[]) =>
  grades.slice(0, 10).reduce((sum, grade, rank) => sum + (2 ** grade - 1) / Math.log2(rank + 2), 0)
