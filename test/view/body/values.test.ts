import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Outline } from '../../../src/view/body/outline.ts'
import { renderCbor, renderMsgpack, renderValues, ValueLines } from '../../../src/view/body/values.ts'
import { MalformedError } from '../../../src/wire/reader.ts'
import { damage, plainContext, render, texts } from './render.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

test('CBOR: keys of any kind, and values behind each other', () => {
  assert.deepEqual(render(renderCbor, hex('bf 01 02 81 03 c1 04 ff 05')), [
    '_ {',
    '  1: 2',
    '  key [',
    '    3',
    '  ]',
    '  value: tag 1 (seconds since 1970) 4',
    '}',
    '5',
  ])
  damage(renderCbor, hex('bf6146f5 9f 01 d74401020304 ff 5f42010243030405ff ff'))
})

test('MessagePack: maps and arrays nest, an extension says its type', () => {
  assert.deepEqual(render(renderMsgpack, hex('82 a1 61 92 01 c2 91 01 d4 05 07 d6 ff 00000001')), [
    '{',
    '  "a": [',
    '    1',
    '    false',
    '  ]',
    '  key [',
    '    1',
    '  ]',
    "  value: ext 5 h'07'",
    '}',
    'timestamp 1970-01-01T00:00:01Z',
  ])
  damage(renderMsgpack, hex('82 a1 61 92 01 c2 05 d6 ff 00000001'))
})

const read = (bytes: number[], cut = false) =>
  texts(
    renderValues('Bytes', { bytes: Uint8Array.from(bytes), mediaType: '', cut }, plainContext(), (reader, sink) => {
      const at = reader.at
      if (reader.u8() === 9) throw new MalformedError(at, 'a nine')
      sink.scalar({ type: 'word', text: 'x' })
    }),
  )

test('values are read to the end', () => {
  assert.deepEqual(read([1, 2]), ['x', 'x'])
  assert.equal(read([]), undefined)
})

test('where the format breaks is said, unless the view cut it', () => {
  assert.deepEqual(read([1, 9]), ['not Bytes: a nine at byte 1', 'x'])
  assert.deepEqual(read([1, 9], true), ['x'])
})

test('bytes that break at once are left to another renderer', () => {
  assert.equal(read([9]), undefined)
})

test('values have their names, words in front and paths', () => {
  const lines = new ValueLines(new Outline(10))
  lines.open('{')
  lines.member({ type: 'text', text: 'a' }, 0)
  lines.lead('tag 1')
  lines.scalar({ type: 'number', text: '5' })
  lines.done()
  lines.close('}', 1)
  assert.deepEqual(
    lines.outline.finish().map(({ text, path }) => [text, path]),
    [
      ['{', '$'],
      ['"a": tag 1 5', '$["a"]'],
      ['}', undefined],
    ],
  )
})

test('long bytes are cut and counted', () => {
  const lines = new ValueLines(new Outline(10))
  for (const bytes of [Uint8Array.of(1, 255), new Uint8Array(300)]) lines.scalar({ type: 'bytes', bytes })
  const [short, long] = lines.outline.finish()
  assert.equal(short!.text, "h'01ff'")
  assert.match(long!.text, /^h'(00){32}…' \(300 bytes\)$/)
})
