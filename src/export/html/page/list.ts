import { formatClock, formatDuration, formatSize } from '../../../view/format.ts'
import type { ReportRow } from '../shape.ts'
import { type Child, type El, el } from './dom.ts'
import { type Scale, scaleOf, timeBar } from './time-bar.ts'

/** CSS pixels; style.ts has the same. */
export const rowHeight = 28
const beyond = 10 // rows drawn above and below what can be seen

export const columns = [
  'id',
  'time',
  'method',
  'status',
  'url',
  'type',
  'size',
  'total',
  'legs',
  'delta',
  'wave',
] as const
const titles: Readonly<Record<(typeof columns)[number], string>> = {
  ...{ id: '#', time: 'time', method: 'method', status: 'status', url: 'host and path', type: 'type', size: 'size' },
  ...{ total: 'total', legs: 'client │ server', delta: 'Δ', wave: 'timeline' },
}

/** The list: of any number of rows only those that can be seen are in the page. */
export class FlowList {
  readonly element: El
  readonly #rows: readonly ReportRow[]
  readonly #body = el('tbody')
  readonly #scale = el('span', { class: 'scale' })
  readonly #choose: (index: number) => void
  #shown: readonly number[]
  #selected = -1

  constructor(rows: readonly ReportRow[], choose: (index: number) => void) {
    this.#rows = rows
    this.#shown = rows.map((_, index) => index)
    this.#choose = choose
    const heads = columns.map(column =>
      el('th', { scope: 'col', class: `c-${column}` }, titles[column], column === 'wave' && this.#scale),
    )
    const table = el('table', { class: 'flows' }, el('thead', {}, el('tr', {}, ...heads)), this.#body)
    this.element = el('div', { class: 'list', tabindex: 0, role: 'region', 'aria-label': 'flows' }, table)
    this.element.addEventListener('scroll', () => this.draw())
    this.element.addEventListener('keydown', event => {
      const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 12, PageUp: -12 }[event.key]
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      this.move(step)
    })
  }

  /** Shows these rows alone, by their index. */
  show(indices: readonly number[]): void {
    this.#shown = indices
    this.element.scrollTop = 0
    this.draw()
  }

  /** Marks a row as the one that is told below, and brings it into sight. */
  select(index: number): void {
    this.#selected = index
    const top = this.#shown.indexOf(index) * rowHeight
    const room = this.element.clientHeight - 2 * rowHeight
    if (top >= 0 && top < this.element.scrollTop) this.element.scrollTop = top
    else if (top > this.element.scrollTop + room) this.element.scrollTop = top - room
    this.draw()
  }

  /** To another row, so many further down. */
  move(step: number): void {
    const at = this.#shown.indexOf(this.#selected)
    const next = this.#shown[Math.max(0, Math.min(this.#shown.length - 1, at + step))]
    if (next !== undefined && next !== this.#selected) this.#choose(next)
  }

  /** What can be seen; or the first `most` rows, for paper. */
  draw(most?: number): void {
    const count = this.#shown.length
    const first = most === undefined ? Math.max(0, Math.floor(this.element.scrollTop / rowHeight) - beyond) : 0
    const seen = Math.ceil((this.element.clientHeight || 600) / rowHeight)
    const last = Math.min(count, most ?? first + seen + 2 * beyond)
    const scale = scaleOf(this.#shown.slice(first, last).map(index => this.#rows[index]!))
    this.#scale.textContent = last > first ? `  ${formatDuration(scale.to - scale.from)}` : ''
    const below = most === undefined ? (count - last) * rowHeight : 0
    const rows = this.#shown.slice(first, last).map((index, i) => this.#row(index, first + i, scale))
    this.#body.replaceChildren(...spacer(first * rowHeight), ...rows, ...spacer(below))
    if (most !== undefined && count > most)
      this.#body.append(el('tr', {}, el('td', { colspan: columns.length }, `… and ${count - most} more`)))
  }

  #row(index: number, position: number, scale: Scale): El {
    const row = this.#rows[index]!
    const mood = row.state === 'aborted' ? ' failed' : row.state === 'cancelled' ? ' cancelled' : ''
    const chosen = index === this.#selected
    const cells = columns.map(column => {
      const title = column === 'url' ? hostOf(row) + row.path : undefined
      return el('td', { class: `c-${column}`, title }, ...cell(column, row, scale))
    })
    const attributes = { class: `row${mood}${chosen ? ' chosen' : ''}`, 'aria-rowindex': position + 1 }
    const element = el('tr', { ...attributes, 'aria-selected': chosen ? 'true' : 'false' }, ...cells)
    element.addEventListener('click', () => this.#choose(index))
    return element
  }
}

const spacer = (height: number): El[] => {
  if (height <= 0) return []
  const row = el('tr', { class: 'space', 'aria-hidden': 'true' }, el('td'))
  row.style.setProperty('height', `${height}px`)
  return [row]
}

function cell(column: (typeof columns)[number], row: ReportRow, scale: Scale): readonly Child[] {
  switch (column) {
    case 'id':
      return [
        row.kind === 'exchange' ? String(row.id) : `c${row.connection}`,
        row.marked && el('b', { class: 'star' }, '★'),
      ]
    case 'time':
      return [formatClock(row.startedAt)]
    case 'method':
      return [row.method]
    case 'status':
      return [el('span', { class: `s${String(row.status ?? 0)[0]}` }, statusOf(row))]
    case 'url':
      return [
        el('span', { class: 'host' }, hostOf(row)),
        row.kind === 'exchange' ? row.path : `  ${row.note ?? row.protocol}`,
      ]
    case 'type':
      return [row.contentType?.split('/').at(-1) ?? '']
    case 'size':
      return [row.responseBytes > 0 ? formatSize(row.responseBytes) : '']
    case 'total':
      return [row.duration === undefined ? '…' : formatDuration(row.duration)]
    case 'legs':
      return [row.legs]
    case 'delta':
      return [
        row.differs === undefined
          ? ''
          : el('span', { class: row.differs ? 'm-warn' : 'm-same' }, row.differs ? '≠' : '='),
      ]
    case 'wave':
      return [timeBar(row, scale)]
  }
}

const hostOf = ({ host, port }: ReportRow): string => (port === undefined ? host : `${host}:${port}`)

const statusOf = ({ status, state }: ReportRow): string =>
  status === undefined ? (state === 'aborted' ? '✗' : state === 'cancelled' ? '⊘' : '—') : String(status)
