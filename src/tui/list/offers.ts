import { printable } from '../../view/printable.ts'
import { chop } from '../../view/width.ts'
import type { Hint } from '../actions.ts'
import { blank, type Line, line, span } from '../line.ts'
import { bodyRows } from '../shell/chrome.ts'
import type { World } from '../state/state.ts'
import { listRoom } from './state.ts'

/** Commands to type next, each whole and under what it is for. */
export const hintLines = (
  hints: readonly Hint[],
  columns: number,
  between: readonly Line[] = [blank],
): readonly Line[] =>
  hints.flatMap(({ what, command }) => [
    ...between,
    line(span(`  ${printable(what)}`, 'dim')),
    ...chop(printable(command), Math.max(20, columns - 4)).map(piece => line('    ', span(piece, 'accent'))),
  ])

/** What the very first run says in place of the list: in one screen, if need be without blank lines. */
export function welcomeLines(hints: readonly Hint[], world: World): readonly Line[] {
  const { status, columns } = world
  const where = status.listen === undefined ? [] : [' It listens on ', span(status.listen, 'bold'), '.']
  const said = [
    blank,
    line(span('  Welcome to Parley.', 'bold'), ' Its root certificate is new, for this machine alone.'),
    line(' ', ...where, span(' Any key', 'key'), ' goes on. In a second terminal:'),
  ]
  const lines = [...said, ...hintLines(hints, columns)]
  return lines.length <= bodyRows(world, listRoom) ? lines : [...said, ...hintLines(hints, columns, [])]
}
