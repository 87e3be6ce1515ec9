import type { Direction, Start } from '../screen.ts'
import { kindOf } from '../screens.ts'
import type { AnyScreen, World } from './state.ts'

/** Where a search looks: a screen, from its own place on or from the end that the search comes from. */
export interface Place<S> {
  readonly screen: S
  readonly start: Start
  /** What to say when the text is found there. */
  readonly notice?: string
}

/**
 * On from here; then the other parts of what is long that hold the text, and the other tabs; then round the end, up to
 * here. Undefined stands for a part that does not hold it: nothing in between takes long.
 */
export function* placesFrom<S extends AnyScreen>(
  screen: S,
  text: string,
  direction: Direction,
  world: World,
): Iterable<Place<S> | undefined> {
  const { tabs, parts } = kindOf(screen)
  const place = (other: S, wrapped: boolean): Place<S> => ({
    screen: other,
    start: 'edge',
    notice: said(screen, other, wrapped),
  })
  function* partsOf(
    other: S,
    wrapped: boolean,
    wanted = (_part: number): boolean => true,
  ): Iterable<Place<S> | undefined> {
    const numbers = [...Array(parts?.count(other, world) ?? 0).keys()]
    for (const part of direction > 0 ? numbers : numbers.toReversed()) {
      if (part === parts!.shown(other) || !wanted(part)) continue
      const holding = parts!.holding(other, part, text, world)
      yield holding && place(holding, wrapped)
    }
  }
  const here = parts?.shown(screen) ?? 0
  yield { screen, start: 'here' }
  yield* partsOf(screen, false, part => (part - here) * direction > 0)
  const [at, count] = [tabs?.shown(screen) ?? 0, tabs?.names.length ?? 0]
  for (let step = 1; step < count; step++) {
    const to = at + step * direction
    const tab = tabs!.at(screen, (to + count) % count, world)
    const wrapped = to < 0 || to >= count
    if (direction > 0) yield place(tab, wrapped)
    yield* partsOf(tab, wrapped)
    if (direction < 0) yield place(tab, wrapped)
  }
  yield* partsOf(screen, true, part => (part - here) * direction < 0)
  yield place(screen, true)
}

function said<S extends AnyScreen>(from: S, to: S, wrapped: boolean): string {
  const { tabs, parts } = kindOf(from)
  const turned = tabs && tabs.shown(to) !== tabs.shown(from)
  const tab = turned ? tabs.names[tabs.shown(to)]! : ''
  const shown = parts?.shown(to)
  const part = parts && shown !== (turned ? 0 : parts.shown(from)) ? `part ${shown! + 1}` : ''
  const where = [tab, part].filter(Boolean).join(', ')
  if (!wrapped) return `Found in ${where}.`
  return where === '' ? 'Search wrapped.' : `Search wrapped, found in ${where}.`
}
