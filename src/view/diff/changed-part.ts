/** Where two lines differ: from the first to the last character that is not common, in each. */
export interface ChangedPart {
  readonly start: number
  /** Exclusive, in the left and in the right line. */
  readonly left: number
  readonly right: number
}

/** The middle that is left when the common beginning and end of two lines are taken away. */
export function changedPart(left: string, right: string): ChangedPart {
  const shorter = Math.min(left.length, right.length)
  let start = 0
  while (start < shorter && left[start] === right[start]) start++
  let end = 0
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++
  return { start, left: left.length - end, right: right.length - end }
}
