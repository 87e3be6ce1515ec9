import type { LegName } from '../../../model/party.ts'
import { formatOffset } from '../../../view/format.ts'
import type { Cell, Row } from '../../../view/table.ts'
import type { ReportConnection } from '../shape.ts'
import { type El, el, svg } from './dom.ts'
import { wrapped } from './wrap.ts'

/** Measures in the drawing's own units: CSS pixels where it is as wide as it was made for. */
const character = 7.3 // of the 12 px font with characters of one width
const [titleHeight, factHeight, gap, headHeight] = [20, 16, 16, 58]
const timeWidth = 62
const inset = 14
const mostScale = 1.25 // letters beyond that look lost

/** One leg in the drawing: from where to where its arrows go, and where its times stand. */
interface Lane {
  readonly leg: LegName
  readonly left: number
  readonly right: number
  readonly timeAt: number
  readonly anchor: 'start' | 'end'
}

interface Party {
  readonly at: number
  readonly title: string
  readonly says: string
}

/** Both legs of a connection as one drawing; where the page is narrow, or there is one leg alone, each in its own. */
export function sequence(connection: ReportConnection, narrow: boolean): El {
  const drawings = connection.sniffed
    ? [drawing(connection, narrow ? 380 : 720, ['client'])]
    : narrow
      ? (['client', 'upstream'] as const).map(leg => drawing(connection, 380, [leg]))
      : [drawing(connection, 1120, ['client', 'upstream'])]
  return el('div', { class: 'sequence' }, ...drawings)
}

function drawing(connection: ReportConnection, width: number, legs: readonly LegName[]): El {
  const lanes = lanesOf(legs, width)
  const rows = connection.table.rows.filter(row => legs.some(leg => row[leg]))
  const parts: El[] = []
  let y = headHeight + gap
  for (const row of rows) {
    const cells = lanes.flatMap(lane => (row[lane.leg] ? [drawnCell(lane, row[lane.leg]!, y)] : []))
    parts.push(...cells.map(({ element }) => element), ...markOf(row, lanes, y))
    y += Math.max(...cells.map(({ height }) => height)) + gap
  }
  const parties = partiesOf(connection, lanes)
  const lines = parties.map(({ at }) => svg('line', { class: 'life', x1: at, x2: at, y1: headHeight, y2: y }))
  const label = `The handshake of ${connection.where}, message by message`
  const box = { viewBox: `0 0 ${width} ${y + 4}`, role: 'img', 'aria-label': label }
  const drawn = svg('svg', box, ...lines, ...parts, ...parties.map(each => head(each, width)))
  drawn.style.setProperty('max-width', `${width * mostScale}px`)
  return drawn
}

/** From side to side; where both are drawn, Parley's line in the middle is their common end. */
function lanesOf(legs: readonly LegName[], width: number): Lane[] {
  if (legs.length === 1) return [{ leg: legs[0]!, left: timeWidth, right: width - 30, timeAt: 0, anchor: 'start' }]
  const middle = width / 2
  return [
    { leg: 'client', left: timeWidth, right: middle, timeAt: 0, anchor: 'start' },
    { leg: 'upstream', left: middle, right: width - timeWidth, timeAt: width, anchor: 'end' },
  ]
}

function partiesOf({ where, process, sniffed }: ReportConnection, lanes: readonly Lane[]): Party[] {
  const client = { title: 'client', says: process ?? '' }
  const server = { title: 'server', says: where }
  const parley = { title: 'parley', says: '' }
  const [first, last] = [lanes[0]!, lanes.at(-1)!]
  const ends = sniffed ? [client, server] : first.leg === 'upstream' ? [parley, server] : [client, parley]
  const left = { at: first.left, ...ends[0]! }
  if (first === last) return [left, { at: last.right, ...ends[1]! }]
  return [left, { at: first.right, ...parley }, { at: last.right, ...server }]
}

function head({ at, title, says }: Party, width: number): El {
  const anchor = at < width * 0.25 ? 'start' : at > width * 0.75 ? 'end' : 'middle'
  const x = anchor === 'start' ? at - 8 : anchor === 'end' ? at + 8 : at
  const room = Math.floor((width / 2.2 - timeWidth) / character)
  return svg(
    'g',
    { class: 'party' },
    svg('text', { x, y: 20, 'text-anchor': anchor, class: 'name' }, title),
    svg('text', { x, y: 38, 'text-anchor': anchor, class: 'says' }, shortened(says, room)),
    svg('circle', { cx: at, cy: headHeight - 6, r: 4 }),
  )
}

const shortened = (text: string, room: number): string => (text.length > room ? `${text.slice(0, room - 1)}…` : text)

function drawnCell(lane: Lane, cell: Cell, y: number): { readonly element: El; readonly height: number } {
  const { left, right, leg } = lane
  const columns = Math.floor((right - left - 2 * inset) / character)
  const titles = wrapped(cell.detail === '' ? cell.title : `${cell.title}  ${cell.detail}`, columns)
  const facts = cell.facts.flatMap(fact => wrapped(fact, columns))
  const x = left + inset
  const lineAt = y + titles.length * titleHeight
  const below = lineAt + (cell.arrow ? 4 : -4)
  const element = svg(
    'g',
    { class: `cell ${leg} ${cell.tone ?? ''} ${cell.message ? 'message' : 'phase'}` },
    cell.at === undefined ? undefined : timeText(lane, cell.at, cell.arrow ? lineAt : y + 9),
    ...titles.map((text, i) => titleText(text, i === 0 ? cell.title.length : 0, x, y + 13 + i * titleHeight)),
    cell.arrow ? arrow(lane, cell.arrow, lineAt) : svg('circle', { cx: dotAt(lane), cy: y + 9, r: 3, class: 'dot' }),
    ...facts.map((fact, i) => svg('text', { x, y: below + 13 + i * factHeight, class: 'fact' }, fact)),
  )
  return { element, height: below - y + facts.length * factHeight }
}

/** Things without direction stand at the line of who is not Parley. */
const dotAt = ({ left, right, anchor }: Lane): number => (anchor === 'start' ? left : right)

function timeText({ timeAt, anchor }: Lane, at: number, y: number): El {
  return svg('text', { x: timeAt, y: y + 4, 'text-anchor': anchor, class: 'time' }, `${formatOffset(at)}`)
}

function titleText(text: string, bold: number, x: number, y: number): El {
  const title = svg('tspan', { class: 'title' }, text.slice(0, bold))
  return svg('text', { x, y, class: 'detail' }, bold > 0 && title, text.slice(bold))
}

function arrow({ left, right }: Lane, way: '→' | '←', y: number): El {
  const [from, to, back] = way === '→' ? [left, right, -8] : [right, left, 8]
  return svg(
    'g',
    { class: 'arrow' },
    svg('line', { x1: from, x2: to + back / 2, y1: y, y2: y }),
    svg('path', { d: `M${to} ${y}l${back} -4.5v9z` }),
  )
}

/** Where the legs differ, on Parley's line. */
function markOf({ mark, why }: Row, lanes: readonly Lane[], y: number): El[] {
  const [client, upstream] = lanes
  if (!mark || mark === '=' || mark === '·' || !client || !upstream) return []
  const at = client.right
  return [
    svg(
      'g',
      { class: `mark m-${mark === '!' ? 'bad' : 'warn'}` },
      svg('title', {}, why ?? 'the legs differ here'),
      svg('circle', { cx: at, cy: y + 6, r: 9 }),
      svg('text', { x: at, y: y + 10.5, 'text-anchor': 'middle' }, mark),
    ),
  ]
}
