import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readText, textOf } from '../../../src/view/body/charset.ts'
import { mostTextBytes } from '../../../src/view/body/renderer.ts'

const read = (bytes: Uint8Array, charset?: string) =>
  readText({ bytes, mediaType: '', ...(charset !== undefined && { charset }) })

test('a byte order mark wins over the charset that was named', () => {
  assert.deepEqual(read(Uint8Array.of(0xff, 0xfe, 0x41, 0), 'utf-8'), { text: 'A', charset: 'utf-16le' })
  assert.deepEqual(read(Uint8Array.of(0xfe, 0xff, 0, 0x41)), { text: 'A', charset: 'utf-16be' })
})

test('the charset of the content type is used by any of its names', () => {
  assert.deepEqual(read(Uint8Array.of(0xf6), 'ISO-8859-1'), { text: 'ö', charset: 'windows-1252' })
  assert.equal(read(Uint8Array.of(0x82, 0xa0), 'x-sjis').text, 'あ')
  assert.equal(read(Buffer.from('ö'), 'klingon').text, 'ö')
})

test('HTML and XML say their own charset', () => {
  assert.equal(read(Buffer.from('<meta charset="iso-8859-1">\xf6', 'latin1')).text.at(-1), 'ö')
  assert.equal(read(Buffer.from('<?xml version="1.0" encoding="koi8-r"?>\xc1', 'latin1')).text.at(-1), 'а')
})

test('bytes that are no UTF-8 read as windows-1252, unless most of them are UTF-8', () => {
  assert.deepEqual(read(Uint8Array.of(0x4b, 0xf6, 0x6c)), { text: 'Köl', charset: 'windows-1252' })
  assert.equal(read(Buffer.concat([Buffer.from('äöü'), Uint8Array.of(0xff)])).text, 'äöü\ufffd')
})

test('a character cut at the end of what is read is no damage', () => {
  assert.deepEqual(read(Buffer.from('aö').subarray(0, 2)), { text: 'a', charset: 'utf-8' })
})

test('a huge text is read in part', () => {
  assert.equal(textOf({ bytes: new Uint8Array(mostTextBytes + 10).fill(0x61), mediaType: '' }).length, mostTextBytes)
})
