import assert from 'node:assert/strict'
import { test } from 'node:test'
import { host, ruled } from '../ruled.ts'
import { identityFor, rawOrigin, secureTunnel, startProxy } from '../running.ts'
import { readAll } from '../socket-pair.ts'

const odd =
  'pOSt /a//b?x HTTP/1.1\r\nhOST: origin.localhost\r\nX:1\r\n two\r\nTransfer-Encoding: chunked\r\n\r\n1;e\r\na\r\n0\r\nT: 1\r\n\r\n'
const oddAnswer = 'HTTP/1.1 200 \r\nsET: a\r\ntransfer-encoding:  chunked\r\n\r\n2\r\nhi\r\n0\r\nX: 1\r\n\r\n'

test('with rules that claim nothing, odd traffic arrives at both ends as the very bytes', async t => {
  const origin = await rawOrigin(t, {
    tls: { ...(await identityFor(host)), ALPNProtocols: ['http/1.1'] },
    answer: (received, socket) => {
      if (received.length === odd.length) socket.end(Buffer.from(oddAnswer, 'latin1'))
    },
  })
  const { proxy, tape, ca } = await startProxy(t, {}, [], {}, ruled({}))
  const client = await secureTunnel(t, proxy, { host, port: origin.port, ca, alpn: ['http/1.1'] })
  const response = readAll(client)
  for (let at = 0; at < odd.length; at += 7) client.write(odd.slice(at, at + 7))
  assert.equal(String(await response), oddAnswer)
  assert.equal(String(origin.received()), odd)
  client.end()
  await tape.closed()
  assert.equal(tape.contentText('client', 'to-server'), odd)
  assert.equal(tape.contentText('client', 'to-client'), oddAnswer)
  assert.equal(tape.told('treated').at(-1)?.treatment, 'rewrite')
})
