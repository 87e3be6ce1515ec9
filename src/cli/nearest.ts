/** The word that was probably meant: at most a third of its letters differ; undefined where none is that near. */
export function nearest(typed: string, words: readonly string[]): string | undefined {
  const [best] = words
    .map(word => ({ word, distance: distanceOf(typed.toLowerCase(), word) }))
    .toSorted((a, b) => a.distance - b.distance)
  return best && best.distance <= Math.max(1, Math.ceil(best.word.length / 3)) ? best.word : undefined
}

/** Letters to put in, take out, replace or swap with their neighbour. */
function distanceOf(a: string, b: string): number {
  let [before, last]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before![j - 2]! + 1 : Infinity
      row[j] = Math.min(last![j]! + 1, row[j - 1]! + 1, last![j - 1]! + Number(a[i - 1] !== b[j - 1]), swapped)
    }
    ;[before, last] = [last!, row]
  }
  return last![b.length]!
}
