import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mysql } from '../../../../src/proxy/tunnel/starttls/mysql.ts'
import { conversations } from './conversations.ts'

const [[, greeting], [, request]] = conversations.mysql as unknown as readonly [
  readonly ['', Buffer],
  readonly ['', Buffer],
]

test('a greeting of protocol 10 begins, and a short answer with CLIENT_SSL asks', () => {
  assert.ok(mysql.begins(greeting))
  assert.ok(!mysql.begins(Buffer.from('220 mail.example\r\n')))
  assert.equal(mysql.asks(request), 36)
  assert.equal(mysql.asks(request.subarray(0, 35)), undefined)
  const inClear = Buffer.from(request)
  inClear.writeUInt16LE(inClear.readUInt16LE(4) & ~0x0800, 4)
  assert.equal(mysql.asks(inClear), undefined)
  assert.equal(mysql.agrees, undefined)
})
