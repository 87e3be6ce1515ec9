import { Text, Transform } from 'ink'
import { memo } from 'react'
import { columnsOf, type Line, sameSpan } from '../line.ts'
import { painted, type Theme } from '../theme.ts'

interface Props {
  readonly spans: Line
  readonly theme: Theme
}

/**
 * One row of the screen, drawn anew only where it is not what it was. Ink lays out spaces and the line takes their
 * place: measuring colours and letters beyond ASCII costs Ink several times as much as all the rest of a frame.
 */
export const ScreenLine = memo(
  ({ spans, theme }: Props) => (
    <Transform transform={() => painted(spans, theme)}>
      <Text>{' '.repeat(Math.max(1, columnsOf(spans)))}</Text>
    </Transform>
  ),
  (before, after) => before.theme === after.theme && sameLine(before.spans, after.spans),
)

const sameLine = (a: Line, b: Line): boolean => a.length === b.length && a.every((each, i) => sameSpan(each, b[i]!))
