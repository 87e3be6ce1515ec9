/** The first line to show so that lines [start, end) are seen, with as little movement as can be. */
export function reveal(top: number, start: number, end: number, height: number): number {
  if (start < top) return start
  if (end > top + height) return Math.min(start, end - height)
  return top
}

/** A first line that leaves no room empty below while there is something above. */
export const clampTop = (top: number, lines: number, height: number): number =>
  Math.max(0, Math.min(top, lines - height))

/** By how many lines a movement goes; undefined for a command that is none. */
export function distanceOf(command: string, height: number): number | undefined {
  switch (command) {
    case 'down':
      return 1
    case 'up':
      return -1
    case 'page-down':
      return Math.max(1, height - 1)
    case 'page-up':
      return -Math.max(1, height - 1)
    case 'half-down':
      return Math.max(1, height >> 1)
    case 'half-up':
      return -Math.max(1, height >> 1)
    case 'top':
      return Number.NEGATIVE_INFINITY
    case 'bottom':
      return Number.POSITIVE_INFINITY
    default:
      return undefined
  }
}
