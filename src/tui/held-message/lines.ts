import { formatBytes, formatDuration } from '../../view/format.ts'
import { printableHead } from '../../view/head-text.ts'
import { printableLines } from '../../view/printable.ts'
import { pad, truncate, width } from '../../view/width.ts'
import { nameOf } from '../held/commands.ts'
import type { HeldMessageScreen } from '../held/state.ts'
import { blank, type Line, line, span, type Tone } from '../line.ts'
import type { State, World } from '../state/state.ts'
import { bodyOf } from './body.ts'
import { headOf, urlOf } from './draft.ts'
import { type Row, rowsOf } from './rows.ts'
import { type Shown, shownOn } from './state.ts'

/** Where it comes from, and how long it has waited. */
export function heldMessageTitle(screen: HeldMessageScreen, state: State, world: World): readonly [Line, Line] {
  const shown = shownOn(screen, state, world)
  if (!shown) return [line(span(' Held no longer', 'bold')), blank]
  const { held, draft } = shown
  const body = bodyOf(held, draft)
  const changed = state.drafts?.has(held.id) === true
  const bar = line(
    span(` Held ${nameOf(held)}`, 'bold'),
    span(`  ${formatDuration(Math.max(0, Date.now() - held.at))}`, 'warn'),
    `  ${printableHead(urlOf(held.request))}`,
  )
  const facts = [headOf(held, draft)?.version, body && formatBytes(body.bytes.length), body?.mediaType]
  const said = facts.filter(Boolean).join('  ')
  return [bar, line(span(`   ${said}`, 'dim'), span(changed ? '  changed' : '', 'warn'))]
}

/** A row a part, each as it would go on; what was changed is marked. */
export function heldMessageLines(screen: HeldMessageScreen, state: State, world: World): readonly Line[] {
  const shown = shownOn(screen, state, world)
  if (!shown)
    return [blank, line(span('  It went on, or its client or server is gone. ', 'dim'), span('q', 'key'), ' back')]
  const before = rowsOf(shown.held, {})
  const known = new Set(before.map(keyOf))
  const names = Math.min(world.columns >= 100 ? 32 : 24, longestName(shown))
  return shown.rows.map(row => rowLine(row, names, known.has(keyOf(row)) ? undefined : 'warn'))
}

const keyOf = (row: Row): string => `${row.part}\0${row.part === 'header' ? row.name : ''}\0${row.value}`

const longestName = ({ rows }: Shown): number =>
  Math.max(6, ...rows.map(row => (row.part === 'header' ? width(printableHead(row.name)) : 0)))

const titles = { method: 'method', url: 'URL', status: 'status' } as const

function rowLine(row: Row, names: number, tone: Tone | undefined): Line {
  const sign = span(tone ? ' * ' : '   ', 'warn')
  if (row.part === 'note') return line(sign, span(row.value, 'dim'))
  if (row.part === 'line') return line(sign, span(printableLines(row.value).join(''), tone))
  const name = row.part === 'header' ? truncate(printableHead(row.name), names) : titles[row.part]
  const named = span(`${pad(name, names)}  `, row.part === 'header' ? 'accent' : 'bold')
  return line(sign, named, span(printableHead(row.value), tone))
}
