import type { Mark } from '../compare/compare.ts'
import type { Tone } from './style.ts'

const tones: Readonly<Record<Mark, Tone>> = { '=': 'dim', '≠': 'warn', '~': 'warn', '!': 'bad', '·': 'dim' }

export const markTone = (mark: Mark): Tone => tones[mark]
