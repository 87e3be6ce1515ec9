import assert from 'node:assert/strict'
import { test } from 'node:test'
import { charsetOf } from '../../src/formats/charset.ts'

const bytes = Buffer.from('x')

test('a byte order mark wins over the Content-Type, that over what the text declares', () => {
  assert.equal(charsetOf({ bytes: Buffer.from([0xff, 0xfe, 0x61, 0]), charset: 'utf-8' }), 'utf-16le')
  assert.equal(charsetOf({ bytes: Buffer.from('<meta charset=koi8-r>'), charset: 'latin1' }), 'latin1')
  assert.equal(charsetOf({ bytes: Buffer.from('<meta charset=koi8-r>') }), 'koi8-r')
})

test('a charset that nobody knows is passed over', () => {
  assert.equal(charsetOf({ bytes, charset: 'klingon' }), undefined)
  assert.equal(charsetOf({ bytes }), undefined)
})
