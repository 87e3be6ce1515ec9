import { fill, type Line, line, span } from '../line.ts'
import type { World } from '../state/state.ts'

/** The row at the very top. */
export const titleBar = (spans: Line, { columns }: World): Line => fill(spans, columns, 'bar')

/** The tabs of a screen, each by its number. */
export interface Tabs<S> {
  /** As the title has them, in their order. */
  readonly names: readonly string[]
  readonly shown: (screen: S) => number
  /** The screen at another tab. */
  readonly at: (screen: S, tab: number, world: World) => S
}

/** Tabs that have a word in the state and a name in the title. */
export function tabsOf<T extends string, S extends { readonly tab: T }>(
  named: Readonly<Record<T, string>>,
  at: (screen: S, tab: T, world: World) => S,
): Tabs<S> {
  const all = Object.keys(named) as T[]
  return {
    names: all.map(tab => named[tab]),
    shown: ({ tab }) => all.indexOf(tab),
    at: (screen, tab, world) => at(screen, all[tab]!, world),
  }
}

/** The row of the tabs, the one that is shown lit up. */
export const tabLine = <S>({ names, shown }: Tabs<S>, screen: S): Line =>
  line(
    ' ',
    ...names.map((name, i) => {
      const text = ` ${i + 1} ${name} `
      return i === shown(screen) ? span(text, 'bold', 'selected') : span(text, 'dim')
    }),
  )
