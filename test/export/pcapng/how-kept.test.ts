import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lengthsOf, sentenceOn, sentenceOnKept } from '../../../src/export/pcapng/how-kept.ts'
import { connectionOf } from '../../store/samples.ts'

test('a file says where its bytes are from', () => {
  assert.equal(sentenceOn('kept'), 'Both directions: every byte as it came.')
  assert.equal(sentenceOnKept(0), sentenceOn('kept'))
  assert.match(sentenceOnKept(7), /of 7 that were not kept/)
  assert.match(sentenceOn({ lost: 0 }, 'to-server'), /^To the server: the handshake is as it came.*had\.$/)
  assert.match(sentenceOn({ lost: 12 }, 'to-client'), /^To the client: .*Zeros stand for 12 bytes/)
  assert.match(sentenceOn({ why: 'it rains' }, 'to-client'), /application data is left out, because it rains/)
  assert.match(sentenceOn({ why: 'it rains', clear: true }), /content is left out/)
  assert.match(sentenceOn({ lost: 0, clear: true, inexact: true }), /lengths may differ/)
})

test('the length of a lane is known when its leg has closed', () => {
  const bytes = { toServer: 3, toClient: 4 }
  const connection = connectionOf(1, { client: { bytes } })
  assert.deepEqual(lengthsOf(connection, 'client'), { 'to-server': 3, 'to-client': 4 })
  assert.equal(lengthsOf(connectionOf(1, { client: {} }), 'client'), undefined)
})
