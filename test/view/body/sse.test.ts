import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderSse } from '../../../src/view/body/sse.ts'
import { plainContext } from './render.ts'

test('events are foldable lines, the running one among them', () => {
  const lines = renderSse(
    { bytes: Buffer.from(': note\nevent: count\nid: 3\ndata: one\x1b\n\ndata: tw\n'), mediaType: 'text/event-stream' },
    plainContext(),
  )!
  assert.deepEqual(
    lines.map(({ text, depth }) => '  '.repeat(depth) + text),
    ['#1 count  id 3', '  : note', '  one\\x1b', '… message', '  tw'],
  )
  assert.equal(lines[0]!.fold?.lines, 2)
})
