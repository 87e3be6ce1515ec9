import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { bodyJson } from '../../../src/view/json/body-json.ts'

test('text is text, in the charset that the header names', () => {
  assert.deepEqual(bodyJson(Buffer.from('é'), [], 2), { length: 2, shown: 2, whole: true, text: 'é', charset: 'utf-8' })
  const latin = [['Content-Type', 'text/plain; charset=iso-8859-1']] as const
  assert.equal(bodyJson(Buffer.of(0xe9), latin, 1).text, 'é')
})

test('what is no text is base64', () => {
  const bytes = Buffer.of(0xff, 0xfe, 0x00)
  assert.deepEqual(bodyJson(bytes, [], 3), { length: 3, shown: 3, whole: true, base64: '//4A' })
})

test('codings are undone, and the length stays that of the bytes as they came', () => {
  const bytes = gzipSync('hello')
  const { length, decodedFrom, text } = bodyJson(bytes, [['content-encoding', 'gzip']], bytes.length)
  assert.deepEqual([length, decodedFrom, text], [bytes.length, ['gzip'], 'hello'])
  assert.match(bodyJson(Buffer.from('no'), [['content-encoding', 'gzip']], 2).problem ?? '', /gzip/)
})

test('of a long body the beginning is shown, also where it grows by decoding or is cut inside a character', () => {
  const start = Buffer.from(`${'x'.repeat(9)}é`).subarray(0, 10)
  assert.deepEqual(bodyJson(start, [], 4_052_632), {
    length: 4_052_632,
    shown: 10,
    whole: false,
    text: 'xxxxxxxxx',
    charset: 'utf-8',
  })
  const grown = gzipSync('y'.repeat(100_000))
  const { shown, whole, text } = bodyJson(grown, [['content-encoding', 'gzip']], grown.length)
  assert.deepEqual([shown, whole, text?.length], [65_536, false, 65_536])
})

test('why bytes are missing that were kept comes before what their coding lacks', () => {
  const { problem, shown, whole } = bodyJson(Buffer.alloc(0), [['content-encoding', 'gzip']], 4000, 'no file')
  assert.deepEqual([problem, shown, whole], ['no file', 0, false])
})

test('the charset is the one in which the screen shows the text', () => {
  const html = Buffer.from('<meta charset="iso-8859-2"><p>\xb1', 'latin1')
  assert.deepEqual(
    [bodyJson(html, [], html.length).text?.at(-1), bodyJson(html, [], html.length).charset],
    ['ą', 'iso-8859-2'],
  )
  const unnamed = bodyJson(Buffer.from('caf\xe9', 'latin1'), [['content-type', 'text/plain']], 4)
  assert.deepEqual([unnamed.text, unnamed.charset], ['café', 'windows-1252'])
  assert.equal(bodyJson(Buffer.of(0xe9, 0), [['content-type', 'text/plain']], 2).text, undefined)
})
