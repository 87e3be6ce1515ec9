/** The first line to show so that lines [start, end) are seen, with as little movement as can be. */
export function reveal(top: number, start: number, end: number, height: number): number {
  if (start < top) return start
  if (end > top + height) return Math.min(start, end - height)
  return top
}

/** A first line that leaves no room empty below while there is something above. */
export const clampTop = (top: number, lines: number, height: number): number =>
  Math.max(0, Math.min(top, lines - height))
