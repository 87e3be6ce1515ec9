import { fill, type Line } from '../line.ts'
import type { World } from '../state/state.ts'

/** The row at the very top. */
export const titleBar = (spans: Line, { columns }: World): Line => fill(spans, columns, 'bar')
