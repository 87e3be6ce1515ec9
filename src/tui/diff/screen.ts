import type { Exchange, Side } from '../../model/exchange.ts'
import { openBody, showBody } from '../../view/body/choose.ts'
import { indented } from '../../view/body/fold.ts'
import { changedPart } from '../../view/diff/changed-part.ts'
import type { DiffLine } from '../../view/diff/diff.ts'
import { type DiffSide, diffFlows } from '../../view/diff/flow-diff.ts'
import { printable } from '../../view/printable.ts'
import { aspectTable } from '../connection/compare-tab.ts'
import { partBytes } from '../flow/body.ts'
import { keepLast } from '../kept.ts'
import { blank, chopLine, type Line, line, span } from '../line.ts'
import type { FlowSource } from '../ports.ts'
import { titleBar } from '../shell/title.ts'
import { type Scrolled, textScreen } from '../state/scrolled.ts'
import { push, type State, type World } from '../state/state.ts'

export interface DiffScreen extends Scrolled {
  readonly kind: 'diff'
  readonly of: 'flow' | 'connection'
  readonly left: number
  readonly right: number
}

export const enterDiff = (state: State, what: Pick<DiffScreen, 'of' | 'left' | 'right'>): State =>
  push<DiffScreen>(state, { kind: 'diff', ...what, top: 0 })

/** Two flows, or two connections, beside each other. */
export const diffScreen = textScreen<DiffScreen>(
  'two beside each other',
  (screen, world) => [
    titleBar(line(span(` ${diffTitle(screen, world)}`, 'bold')), world),
    line(span(' what differs', 'dim')),
  ],
  diffLinesOf,
)

const around = 3 // equal lines shown before and after one that differs
const mostBodyLines = 5000

/** Two flows or two connections beside each other. The last answer is kept. */
export function diffLinesOf(screen: DiffScreen, world: World): readonly Line[] {
  const { source, columns } = world
  const key = [screen.of, screen.left, screen.right, columns].join(' ')
  const make = () => ({ key, lines: screen.of === 'flow' ? flowDiff(screen, world) : connectionDiff(screen, world) })
  return keepLast(source, 'lines of a diff', last => last.key === key, make).lines
}

const gone = [blank, line('  One of the two is not in the capture.')]

function flowDiff({ left, right }: DiffScreen, { source, columns }: World): readonly Line[] {
  const [ours, theirs] = [sideOf(source, left), sideOf(source, right)]
  if (!ours || !theirs) return gone
  const { rows, request, response } = diffFlows(ours, theirs)
  return [
    ...aspectTable(rows, [`#${left}`, `#${right}`], columns),
    ...bodyLines('Request bodies', request, columns),
    ...bodyLines('Response bodies', response, columns),
  ]
}

function connectionDiff({ left, right }: DiffScreen, { source, columns }: World): readonly Line[] {
  const rows = source.compareConnections(left, right)
  return rows ? aspectTable(rows, [`c${left}`, `c${right}`], columns) : gone
}

function sideOf(source: FlowSource, id: number): DiffSide | undefined {
  const exchange = source.exchange(id)
  if (!exchange) return undefined
  const connection = source.record(exchange.connection)
  return {
    exchange,
    ...(connection && { connection }),
    request: bodyOf(source, exchange, 'request'),
    response: bodyOf(source, exchange, 'response'),
  }
}

function bodyOf(source: FlowSource, exchange: Exchange, side: Side): readonly string[] {
  const bytes = source.body(exchange.id, side, 0, partBytes)
  const loss = source.bodyProblem(exchange.id, side)
  if (bytes.length === 0) return loss ? [printable(`#${exchange.id}: ${loss.message}`)] : []
  const body = openBody(bytes, exchange[side]?.head.headers ?? [], source.bodyLength(exchange.id, side))
  return showBody(body, undefined, { maxLines: mostBodyLines }).lines.map(indented)
}

/** What differs with a few lines around it; the rest is counted. */
function bodyLines(title: string, lines: readonly DiffLine[], columns: number): readonly Line[] {
  if (lines.every(({ mark }) => mark === '=')) return []
  const shown = new Set<number>()
  for (const [i, { mark }] of lines.entries())
    if (mark !== '=') for (let at = i - around; at <= i + around; at++) shown.add(at)
  const drawn: Line[] = [blank, line(span(` ${title}, as shown`, 'bold'))]
  let hidden = 0
  for (const [i, each] of lines.entries()) {
    if (!shown.has(i)) hidden++
    else {
      if (hidden > 0) drawn.push(equalLines(hidden))
      hidden = 0
      drawn.push(...chopLine(bodyLine(each, counterpart(lines, i)), columns - 1))
    }
  }
  return hidden > 0 ? [...drawn, equalLines(hidden)] : drawn
}

const equalLines = (count: number): Line => line(span(`   … ${count} equal lines`, 'dim'))

/** The line that stands for this one on the other side, where one was replaced by one. */
function counterpart(lines: readonly DiffLine[], i: number): string | undefined {
  const mark = (at: number): string => lines[at]?.mark ?? '='
  if (mark(i) === '-' && mark(i - 1) === '=' && mark(i + 1) === '+' && mark(i + 2) === '=') return lines[i + 1]!.text
  if (mark(i) === '+' && mark(i + 1) === '=' && mark(i - 1) === '-' && mark(i - 2) === '=') return lines[i - 1]!.text
  return undefined
}

function bodyLine({ mark, text }: DiffLine, other: string | undefined): Line {
  if (mark === '=') return line(span('   ', 'dim'), span(text, 'dim'))
  const tone = mark === '-' ? 'bad' : 'good'
  if (other === undefined) return line(span(` ${mark} `, tone), span(text, tone))
  const { start, left: end } = changedPart(text, other)
  return line(
    span(` ${mark} ${text.slice(0, start)}`, tone),
    span(text.slice(start, end), tone, 'lit'),
    span(text.slice(end), tone),
  )
}

/** `#12 GET /a │ #14 GET /b` */
export function diffTitle({ of, left, right }: DiffScreen, { source }: World): string {
  const nameOf = (id: number): string => {
    if (of === 'connection') return `c${id} ${source.connection(id)?.connection.target?.host ?? ''}`
    const { method = '', path = '' } = source.exchange(id)?.request.head ?? {}
    return `#${id} ${method} ${path}`
  }
  return printable(`${nameOf(left)}  │  ${nameOf(right)}`)
}
