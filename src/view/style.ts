import type { Mark } from '../compare/compare.ts'

export interface Style {
  readonly color: boolean
}

export type Tone = 'good' | 'bad' | 'warn' | 'dim' | 'bold'

const codes: Readonly<Record<Tone, readonly [number, number]>> = {
  good: [32, 39],
  bad: [31, 39],
  warn: [33, 39],
  dim: [2, 22],
  bold: [1, 22],
}

/** A printable text in the colour of its tone, or as it is. */
export function paint(text: string, tone: Tone | undefined, { color }: Style): string {
  if (!color || !tone || text === '') return text
  const [on, off] = codes[tone]
  return `\x1b[${on}m${text}\x1b[${off}m`
}

const tones: Readonly<Record<Mark, Tone>> = { '=': 'dim', '≠': 'warn', '~': 'warn', '!': 'bad', '·': 'dim' }

export const markTone = (mark: Mark): Tone => tones[mark]
