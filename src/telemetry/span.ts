export type AttributeValue = string | number | boolean | readonly string[]
/** What is undefined is left out. */
export type Attributes = Readonly<Record<string, AttributeValue | undefined>>

/** A span before it has an id. Times in ms since the epoch. */
export interface SpanNode {
  readonly name: string
  readonly kind: 'server' | 'client' | 'internal'
  readonly start: number
  readonly end: number
  readonly attributes: Attributes
  /** Why it failed, in a sentence. */
  readonly error?: string
  readonly children: readonly SpanNode[]
}

/** A span from one time to another; undefined where either is not known, or they are the wrong way round. */
export function spanBetween(
  name: string,
  start: number | undefined,
  end: number | undefined,
  more: Partial<Omit<SpanNode, 'name' | 'start' | 'end'>> = {},
): SpanNode | undefined {
  if (start === undefined || end === undefined || end < start) return undefined
  return { name, kind: 'internal', attributes: {}, children: [], ...more, start, end }
}

export const present = <T>(values: readonly (T | undefined)[]): readonly T[] =>
  values.filter((value): value is T => value !== undefined)
