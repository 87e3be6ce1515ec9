import assert from 'node:assert/strict'
import { test } from 'node:test'
import { helloMessage, inRecords } from '../hello-bytes.ts'
import { startProxy } from '../running.ts'
import { sayBytes } from '../say.ts'

const ways: readonly (readonly [string, Buffer, answer: number])[] = [
  ['HTTP/1', Buffer.from('CONNECT x HTTP/1.1\r\n\r\n'), 'H'.charCodeAt(0)],
  ['SOCKS4', Buffer.from([4, 2, 0, 80, 192, 0, 2, 1, 0]), 0],
  ['SOCKS5', Buffer.from([5, 0]), 5],
  ['TLS', inRecords(helloMessage()), 22],
]

test('the first byte says in which protocol the client is answered, all on one port', async t => {
  const { proxy } = await startProxy(t, { timeouts: { hello: 1000, dial: 1000, handshake: 300 } })
  for (const [name, said, answer] of ways) assert.equal((await sayBytes(t, proxy, said))[0], answer, name)
})
