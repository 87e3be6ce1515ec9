import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Header } from '../../../src/model/exchange.ts'
import { editBody } from '../../../src/rules/body/edit-body.ts'

const options = { identity: false, most: 100 }
const message = (body: Uint8Array | undefined, ...headers: readonly Header[]) => ({
  head: { headers },
  ...(body && { body }),
})
const shout = (text: string): string => text.toUpperCase()

test('a coded body is changed in its coding', () => {
  const { head, body } = editBody(
    message(gzipSync('hey'), ['content-encoding', 'gzip'], ['etag', '"1"']),
    shout,
    options,
  )
  assert.equal(gunzipSync(body!).toString(), 'HEY')
  assert.deepEqual(head.headers, [
    ['content-encoding', 'gzip'],
    ['etag', '"1"'],
  ])
})

test('a coding is dropped where that is asked for, and only where something changes', () => {
  const coded = message(gzipSync('hey'), ['a', '1'], ['Content-Encoding', 'gzip'], ['b', '2'])
  const { head, body } = editBody(coded, shout, { ...options, identity: true })
  assert.equal(Buffer.from(body!).toString(), 'HEY')
  assert.deepEqual(head.headers, [
    ['a', '1'],
    ['b', '2'],
  ])
  assert.equal(
    editBody(coded, text => text, { ...options, identity: true }),
    coded,
  )
})

test('nothing to change gives the very message', () => {
  const empty = message(Buffer.alloc(0), ['content-encoding', 'gzip'])
  assert.equal(editBody(empty, shout, options), empty)
  const same = message(Buffer.from('HEY'))
  assert.equal(editBody(same, shout, options), same)
})

test('a byte order mark is kept from who edits', () => {
  const { body } = editBody(message(Buffer.from('\ufeffhey')), text => `<${text}>`, options)
  assert.equal(Buffer.from(body!).toString(), '\ufeff<hey>')
})

test('a body that is not there was too large', () => {
  assert.throws(() => editBody(message(undefined), shout, options), /more than 100 bytes/)
})
