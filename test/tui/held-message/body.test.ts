import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { bodyOf, editText, encodedBody, extensionOf } from '../../../src/tui/held-message/body.ts'
import { type Draft, isRefused } from '../../../src/tui/held-message/draft.ts'
import { heldRequest, heldResponse } from './held.ts'

const edited = (draft: object): Draft => {
  assert.ok(!isRefused(draft))
  return draft
}

test('codings are undone to be edited, and done again', () => {
  for (const [coding, pack, unpack] of [
    ['gzip', gzipSync, gunzipSync],
    ['br', brotliCompressSync, brotliDecompressSync],
  ] as const) {
    const held = heldResponse(1, 200, [['Content-Encoding', coding]], pack('one'))
    assert.equal(bodyOf(held, {})?.text, 'one')
    const sent = encodedBody(held, edited(editText(held, {}, 'two')))
    assert.equal(unpack(sent as Uint8Array).toString(), 'two')
  }
})

test('a body whose coding is unknown or broken stays coded', () => {
  for (const coding of ['zip', 'gzip']) {
    const held = heldResponse(1, 200, [['Content-Encoding', coding]], Buffer.from('no such thing'))
    const body = bodyOf(held, {})
    assert.equal(body?.text, undefined)
    assert.ok(body?.coded)
    assert.deepEqual(encodedBody(held, { body: Buffer.from('as is') }), Buffer.from('as is'))
  }
})

test('a coding that a person takes out is not done again, one that is made up is refused', () => {
  const held = heldResponse(1, 200, [['Content-Encoding', 'gzip']], gzipSync('one'))
  assert.ok(held.what === 'response')
  const plain = { response: { ...held.response, headers: [] }, body: Buffer.from('two') }
  assert.deepEqual(encodedBody(held, plain), Buffer.from('two'))
  const made = { ...plain, response: { ...held.response, headers: [['Content-Encoding', 'zip']] as const } }
  assert.deepEqual(encodedBody(held, made), { refused: 'the content coding zip is not known' })
})

test('text keeps its charset, and takes no characters that this has not', () => {
  const held = heldResponse(
    1,
    200,
    [['Content-Type', 'text/plain; charset=iso-8859-1']],
    Buffer.from([0x66, 0xfc, 0x72]),
  )
  assert.equal(bodyOf(held, {})?.text, 'für')
  assert.deepEqual(edited(editText(held, {}, 'dü')).body, Uint8Array.from([0x64, 0xfc]))
  assert.ok(isRefused(editText(held, {}, '日本')))
})

test('bytes that are no text, and a body that is not at hand', () => {
  const held = heldResponse(1, 200, [], Buffer.from([0xff, 0, 0x80]))
  assert.equal(bodyOf(held, {})?.text, undefined)
  assert.equal(bodyOf(heldRequest(1, '/'), {}), undefined)
  assert.ok(isRefused(editText(heldRequest(1, '/'), {}, 'x')))
  assert.equal(encodedBody(held, {}), undefined)
})

test('a file for an editor is called by what it holds', () => {
  const kindOf = (type: string, text: string): string =>
    extensionOf(bodyOf(heldResponse(1, 200, [['Content-Type', type]], Buffer.from(text)), {})!)
  assert.deepEqual(
    [
      kindOf('application/json', '1'),
      kindOf('application/problem+json', '{}'),
      kindOf('text/html', '<p>'),
      kindOf('application/xhtml+xml', '<p/>'),
      kindOf('', '[1]'),
      kindOf('', '<!DOCTYPE html>'),
      kindOf('constructor', 'x'),
      kindOf('', '\0'),
    ],
    ['json', 'json', 'html', 'xml', 'json', 'html', 'txt', 'bin'],
  )
})
