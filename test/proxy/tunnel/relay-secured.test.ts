import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Script } from '../../../src/proxy/script/script.ts'
import { inTime } from '../../in-time.ts'
import { everySecond, host, nodeOrigin, ruled } from '../ruled.ts'
import { identityFor, rawOrigin, secureTunnel, startProxy } from '../running.ts'
import { once, readAll } from '../socket-pair.ts'

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

test('rules see what the client says, and scripts on the same host what the rules made of it', async t => {
  const port = await nodeOrigin(t, (request, response) => {
    response.end(`${request.headers['x-parley'] ?? '-'} ${request.headers['x-script'] ?? '-'}`)
  })
  const script: Script = {
    file: 'script.js',
    plugin: proxy => {
      proxy.onRequest((context, done) => {
        const { headers } = context.proxyToServerRequestOptions!
        headers['x-script'] = `after ${headers['x-parley'] ?? 'none'}`
        done()
      })
    },
  }
  const { proxy, ca } = await startProxy(t, {}, [script], {}, ruled(everySecond))
  const client = await secureTunnel(t, proxy, { host, port, ca, alpn: ['http/1.1'] })
  let heard = ''
  for (const answer of ['- after none', '2 after 2']) {
    client.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    while (!heard.includes(`\r\n\r\n${answer}`)) heard += await inTime(answer, once(client, 'data'))
  }
})
