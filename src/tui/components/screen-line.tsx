import { Text } from 'ink'
import { memo } from 'react'
import { type Line, sameSpan } from '../line.ts'
import { lookOf, type Theme } from '../theme.ts'

interface Props {
  readonly spans: Line
  readonly theme: Theme
}

/** One row of the screen. Drawn anew only where it is not what it was. */
export const ScreenLine = memo(
  ({ spans, theme }: Props) => (
    <Text wrap="truncate-end">
      {spans.length === 0
        ? ' '
        : spans.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a span is nothing but its place in the line
            <Text key={index} {...lookOf(each, theme)}>
              {each.text}
            </Text>
          ))}
    </Text>
  ),
  (before, after) => before.theme === after.theme && sameLine(before.spans, after.spans),
)

const sameLine = (a: Line, b: Line): boolean => a.length === b.length && a.every((each, i) => sameSpan(each, b[i]!))
