import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyText } from '../../../src/rules/body/body-text.ts'
import { BodyError } from '../../../src/rules/body/open-body.ts'

const read = (bytes: Uint8Array, type = 'text/plain') => bodyText([['content-type', type]], bytes)

test('the charset of the Content-Type is read and written', () => {
  const { text, charset, write } = read(Buffer.from('Gr\xfc\xdfe', 'latin1'), 'text/plain; charset=iso-8859-1')
  assert.deepEqual([text, charset], ['Grüße', 'windows-1252'])
  assert.deepEqual(write('ä€'), Uint8Array.of(0xe4, 0x80))
})

test('a byte order mark stays', () => {
  const bytes = Buffer.from('\ufeffx', 'utf16le')
  const { text, write } = read(bytes)
  assert.equal(text, '\ufeffx')
  assert.deepEqual(Buffer.from(write(text)), bytes)
})

test('every byte is written as it was read, whatever it says to be', () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  for (const charset of [
    'utf-8',
    'shift_jis',
    'gb18030',
    'euc-jp',
    'iso-2022-jp',
    'koi8-r',
    'utf-16le',
    'klingon',
    'iso-8859-7',
  ]) {
    const { text, write } = read(all, `text/plain; charset=${charset}`)
    assert.deepEqual(Buffer.from(write(text)), Buffer.from(all), charset)
  }
})

test('a character with two codes stays as it was written', () => {
  const bytes = Uint8Array.of(0xed, 0x40) // NEC's second place for a kanji that IBM's part of Shift_JIS has too
  const { text, write } = read(bytes, 'text/plain; charset=shift_jis')
  assert.deepEqual(Buffer.from(write(text)), Buffer.from(bytes))
})

test('what the charset has not is refused', () => {
  assert.throws(() => read(Buffer.from('x'), 'text/plain; charset=latin1').write('日'), BodyError)
})
