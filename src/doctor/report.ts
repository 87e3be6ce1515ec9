import { printable } from '../view/printable.ts'
import { paint, type Style, type Tone } from '../view/style.ts'
import { pad, width, wrap } from '../view/width.ts'
import { type FindingGroup, isWell, type Level } from './finding.ts'

const tones: Readonly<Record<Level, Tone>> = { ok: 'good', note: 'warn', trouble: 'bad' }
const widestLevel = 'trouble'.length
const widestWhat = 28

/** The findings as a person reads them: grouped, in columns, what mends it below each. */
export function reportLines(groups: readonly FindingGroup[], columns: number, style: Style): readonly string[] {
  const names = groups.flatMap(({ findings }) => findings.map(({ what }) => width(printable(what))))
  const second = Math.min(widestWhat, Math.max(0, ...names))
  const start = 2 + widestLevel + 2 + second + 2
  const room = Math.max(30, columns - start)
  const lines = groups.flatMap(({ title, findings }) => [
    paint(title, 'bold', style),
    ...findings.flatMap(({ level, what, says, remedy }) => {
      const [first = '', ...more] = wrapped(says, room)
      const head = `  ${paint(level.padEnd(widestLevel), tones[level], style)}  ${pad(printable(what), second)}  ${first}`
      const mend = remedy === undefined ? [] : [`${' '.repeat(start)}→ ${printable(remedy)}`]
      return [head.trimEnd(), ...more.map(line => ' '.repeat(start) + line), ...mend]
    }),
    '',
  ])
  return [...lines, summary(groups)]
}

/** Words longer than a line, as paths are, stand out over it rather than being cut: they are to be copied. */
function wrapped(text: string, room: number): readonly string[] {
  const whole = printable(text)
  return whole.split(' ').some(word => width(word) > room) ? [whole] : wrap(whole, room)
}

function summary(groups: readonly FindingGroup[]): string {
  const count = (level: Level): number =>
    groups.flatMap(({ findings }) => findings).filter(f => f.level === level).length
  const [troubles, notes] = [count('trouble'), count('note')]
  const said = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`
  if (troubles > 0) return `${said(troubles, 'trouble')}, ${said(notes, 'note')}`
  return notes > 0 ? `all is well, with ${said(notes, 'note')}` : 'all is well'
}

/** The same for programs: doctor.schema.json describes every member. */
export const reportJson = (groups: readonly FindingGroup[]): string =>
  `${JSON.stringify({ version: 1, well: isWell(groups), groups }, null, 2)}\n`
