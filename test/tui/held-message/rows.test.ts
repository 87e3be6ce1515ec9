import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rowsOf, withLine } from '../../../src/tui/held-message/rows.ts'
import { heldData, heldJson, heldRequest, heldResponse, http2 } from './held.ts'

const partsOf = (held: Parameters<typeof rowsOf>[0]): string[] =>
  rowsOf(held, {}).map(row => (row.part === 'header' ? row.name : row.part))

test('a row for each part that can be edited, no pseudo-headers', () => {
  assert.deepEqual(partsOf(heldJson(1)), ['method', 'url', 'Host', 'X-Mode', 'Content-Type', 'line'])
  assert.deepEqual(partsOf(http2(heldJson(1))), ['method', 'url', 'x-mode', 'content-type', 'line'])
  assert.deepEqual(partsOf(heldResponse(1, 200, [['A', 'b']], Buffer.from('1\n2'))), ['status', 'A', 'line', 'line'])
  assert.deepEqual(partsOf(heldData(1, 'x')), ['line'])
})

test('what cannot be edited here is said', () => {
  assert.deepEqual(partsOf(heldRequest(1, '/')), ['method', 'url', 'Host'])
  const last = (held: Parameters<typeof rowsOf>[0]): string | undefined => rowsOf(held, {}).at(-1)?.value
  assert.match(last(heldRequest(1, '/', [['Content-Length', '9']])) ?? '', /not held/)
  assert.match(last(heldResponse(1, 200, [])) ?? '', /not held/)
  assert.match(last(heldResponse(1, 200, [], Buffer.from([0, 255]))) ?? '', /2 bytes that are no text/)
  assert.match(
    last(heldResponse(1, 200, [['Content-Encoding', 'zip']], Buffer.from('x'))) ?? '',
    /unknown content coding/,
  )
  assert.match(last(heldResponse(1, 200, [], Buffer.alloc(300_000, 97))) ?? '', /300000 characters/)
})

test('OPTIONS * has no URL to edit', () => {
  const held = heldRequest(1, '*')
  assert.deepEqual(partsOf(held), ['method', 'Host'])
})

test('a line of a text is another', () => {
  assert.equal(withLine('a\r\nb\nc', 1, 'x'), 'a\r\nx\nc')
})
