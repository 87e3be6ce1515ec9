import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderToString } from 'ink'
import { ScreenLine } from '../../../src/tui/components/screen-line.tsx'
import { span } from '../../../src/tui/line.ts'
import { themes } from '../../../src/tui/theme.ts'

test('an empty line still takes a row', () => {
  assert.equal(renderToString(<ScreenLine spans={[]} theme={themes.dark} />, { columns: 10 }).split('\n').length, 1)
})

test('spans stand side by side in their order', () => {
  assert.match(
    renderToString(<ScreenLine spans={[span('a', 'bad'), span('b')]} theme={themes.none} />, { columns: 8 }),
    /a.*b/,
  )
})
