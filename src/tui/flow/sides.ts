import type { Exchange, Side } from '../../model/exchange.ts'
import { actsOn, actTexts } from '../../view/acts.ts'
import { type OtherSide, otherSide } from '../../view/diff/both-sides.ts'
import { changedPart } from '../../view/diff/changed-part.ts'
import { nearChanges, type SideRow } from '../../view/diff/side-rows.ts'
import { chop } from '../../view/width.ts'
import { keepLast } from '../kept.ts'
import { chopLine, fill, type Line, line, prose, type Span, span, type Tone } from '../line.ts'
import type { World } from '../state/state.ts'
import { partBytes } from './body.ts'

const leastBeside = 76 // columns
const around = 1 // equal rows shown before and after one that differs

/** What acted on a message, and what it did. */
export const actLines = (exchange: Exchange, side: Side, columns: number): readonly Line[] =>
  actTexts(actsOn(exchange, side)).flatMap(text =>
    prose(text, columns - 4).map((piece, i) => line(span(i === 0 ? ' ✎ ' : '   ', 'key'), span(piece, 'warn'))),
  )

/** What the client has and what the server has beside each other, where that is not the same. */
export function sideLines(exchange: Exchange, side: Side, world: World): readonly Line[] {
  const other = lastOther(exchange, side, world)
  if (!other) return []
  const { columns } = world
  const remark = line(span(` ${other.remark}`, 'warn'))
  if (other.rows.length === 0) return [remark]
  if (columns < leastBeside) return [remark, ...marked(other, columns)]
  const titles = side === 'request' ? ['client sent', 'server got'] : ['client got', 'server sent']
  const rows = nearChanges(other.rows, around)
  return [
    remark,
    beside([span(titles[0]!, 'dim')], span('│', 'dim'), [span(titles[1]!, 'dim')], columns)[0]!,
    ...rows.flatMap(row => (typeof row === 'number' ? [equalRows(row)] : rowLines(row, side, columns))),
  ]
}

/** The last answer is kept. */
function lastOther(exchange: Exchange, side: Side, { source }: World): OtherSide | undefined {
  const { id, server, request, response } = exchange
  if (!server) return undefined
  const seen = [request, response, ...(server === 'not-asked' ? [] : [server.request, server.response])]
  const key = [id, side, ...seen.map(message => `${message?.bodyBytes} ${message?.endedAt}`)].join(' ')
  const make = () => ({ key, other: otherSide(exchange, side, of => source.body(id, of, 0, partBytes)) })
  return keepLast(source, 'the other side', last => last.key === key, make).other
}

const marked = ({ lines }: OtherSide, columns: number): readonly Line[] =>
  lines.flatMap(({ mark, text }) =>
    chop(text, columns - 6).map(piece => line(span(`   ${mark} ${piece}`, mark === '-' ? 'bad' : 'good'))),
  )

const equalRows = (count: number): Line => line(span(`   … ${count} equal ${count === 1 ? 'line' : 'lines'}`, 'dim'))

/** What came to Parley is as a line that is gone, what left it as one that is new. */
function rowLines({ client, server, mark }: SideRow, side: Side, columns: number): readonly Line[] {
  if (mark === '=') return beside([span(client!, 'dim')], span('│', 'dim'), [span(server!, 'dim')], columns)
  const [ours, theirs]: readonly [Tone, Tone] = side === 'request' ? ['bad', 'good'] : ['good', 'bad']
  return beside(cell(client, server, ours), span('≠', 'warn'), cell(server, client, theirs), columns)
}

/** A line with what is not in the other lit up. */
function cell(text: string | undefined, other: string | undefined, tone: Tone): Line {
  if (text === undefined) return []
  if (other === undefined) return [span(text, tone)]
  const { start, left: end } = changedPart(text, other)
  return [span(text.slice(0, start), tone), span(text.slice(start, end), tone, 'lit'), span(text.slice(end), tone)]
}

function beside(left: Line, sign: Span, right: Line, columns: number): readonly Line[] {
  const room = Math.floor((columns - 5) / 2)
  const [ours, theirs] = [chopLine(left, room), chopLine(right, room)]
  return Array.from({ length: Math.max(ours.length, theirs.length) }, (_, i) => [
    span(' '),
    ...fill(ours[i] ?? [], room),
    span(' '),
    sign,
    span(' '),
    ...(theirs[i] ?? []),
  ])
}
