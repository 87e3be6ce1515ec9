import { type Line, line, proseOf, span, type Tone } from '../line.ts'
import type { ConnectionView } from '../ports.ts'

type Told = Pick<ConnectionView, 'comparison' | 'problems'>

const tones: Readonly<Record<Told['comparison']['verdict']['agreed'], Tone>> = {
  yes: 'good',
  no: 'bad',
  unknown: 'warn',
}
const mostOfEach = 2 // lines

/** The verdict in a line, and below it what went wrong and what to do about it, in at most so many lines. */
export function summaryLines(
  { comparison: { verdict }, problems }: Told,
  columns: number,
  most: number,
): readonly Line[] {
  const question = ' Agreed without Parley? '
  const [answer = ''] = proseOf(verdict.sentence, columns - question.length - 1, 1)
  const lines = [
    line(span(question, 'dim'), span(answer, tones[verdict.agreed])),
    ...problems.flatMap(({ message, remedy }) => [
      ...part('✗ ', message.trim(), 'bad', columns),
      ...(remedy === undefined ? [] : part('→ ', remedy, 'accent', columns)),
    ]),
  ]
  if (lines.length <= most) return lines
  return [...lines.slice(0, Math.max(1, most - 1)), line(span('   … 2 tells the rest', 'dim'))].slice(0, most)
}

const part = (sign: string, text: string, tone: Tone, columns: number): readonly Line[] =>
  proseOf(text, columns - 4, mostOfEach).map((each, i) =>
    line(span(` ${i === 0 ? sign : '  '}`, tone), span(each, tone)),
  )
