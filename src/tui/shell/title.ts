import { fill, type Line, line, span } from '../line.ts'
import { type ConnectionTab, type FlowTab, tabNames, type World } from '../state/state.ts'

/** The row at the very top. */
export const titleBar = (spans: Line, { columns }: World): Line => fill(spans, columns, 'bar')

/** The tabs of a screen, the open one lit up. */
export const tabLine = (tabs: readonly (FlowTab | ConnectionTab)[], open: string): Line =>
  line(
    ' ',
    ...tabs.map((tab, i) =>
      span(` ${i + 1} ${tabNames[tab]} `, tab === open ? 'bold' : 'dim', tab === open ? 'selected' : undefined),
    ),
  )
