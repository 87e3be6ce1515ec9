import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderToString } from 'ink'
import { ScreenLine } from '../../../src/tui/components/screen-line.tsx'
import { span } from '../../../src/tui/line.ts'
import { themes } from '../../../src/tui/theme.ts'

test('an empty line still takes a row', () => {
  assert.equal(renderToString(<ScreenLine spans={[]} theme={themes.dark} />, { columns: 10 }).split('\n').length, 1)
})

test('a line that is too wide is cut, not wrapped', () => {
  const text = renderToString(<ScreenLine spans={[span('abcdef'), span('ghijkl', 'bad')]} theme={themes.dark} />, {
    columns: 8,
  })
  assert.match(text, /…/)
  assert.doesNotMatch(text, /\n/)
})

test('spans stand side by side in their order', () => {
  assert.match(
    renderToString(<ScreenLine spans={[span('a', 'bad'), span('b')]} theme={themes.none} />, { columns: 8 }),
    /a.*b/,
  )
})
