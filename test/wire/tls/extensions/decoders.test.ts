import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decoders, factual } from '../../../../src/wire/tls/extensions/decoders.ts'
import { readClientHello } from '../../../../src/wire/tls/messages/client-hello.ts'
import { extensions } from '../../../../src/wire/tls/registry/extensions.ts'
import { clientHellos } from '../tls-fixtures.ts'
import { readOne } from './read-one.ts'

test('every decoder is for an extension that has a name', () => {
  for (const type of Object.keys(decoders)) assert.ok(extensions[Number(type)], type)
})

test('what every hello may have is decoded', () => {
  for (const type of [
    0, 5, 10, 11, 13, 16, 18, 21, 22, 23, 27, 28, 35, 41, 42, 43, 44, 45, 47, 49, 50, 51, 57, 65037, 65281,
  ])
    assert.ok(decoders[type], String(type))
})

test('a flag with data is malformed', () => {
  for (const type of [2, 4, 22, 23, 33, 49, 61]) {
    assert.deepEqual(readOne(type, 'client_hello', '').problems, [])
    assert.match(readOne(type, 'client_hello', '00').problems[0]!, /1 bytes left over/)
  }
})

test('a decoder that gives facts is listed as factual: a quiet reader asks no other', () => {
  for (const [name, hello] of clientHellos)
    for (const { type, data } of readClientHello(hello).extensions) {
      const { facts } = readOne(type, 'client_hello', Buffer.from(data).toString('hex'))
      if (Object.keys(facts).length > 0) assert.ok(factual.has(type), `${type} in ${name}`)
    }
})
