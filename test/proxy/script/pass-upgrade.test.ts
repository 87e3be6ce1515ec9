import assert from 'node:assert/strict'
import type { Duplex } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { headOf } from '../../../src/proxy/script/pass-upgrade.ts'
import { inTime } from '../../in-time.ts'
import { identityFor, type RawAnswer, rawOrigin, secureTunnel, startProxy, toProxy } from '../running.ts'
import { once, readAll } from '../socket-pair.ts'
import type { Side } from './scripted-server.ts'

const fields = 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'
const switching = 'HTTP/1.1 101 Web Socket\r\nupgrade: websocket\r\nX-A: 1\r\nconnection: upgrade\r\n\r\n'

/** A client that asks a server to switch, through a script that would fail. */
async function asking(t: TestContext, side: Side, answer: NonNullable<RawAnswer['answer']>, more = '') {
  const origin = await rawOrigin(t, { answer, ...(side === 'https' && { tls: await identityFor('a.example') }) })
  const onRequest = (): never => {
    throw new Error('no script sees an upgrade')
  }
  const options = { hosts: new Map([['a.example', '127.0.0.1']]) }
  const { proxy, tape, ca } = await startProxy(t, options, [{ file: '/a.mjs', plugin: { onRequest } }])
  const { port } = origin
  const client: Duplex =
    side === 'https'
      ? await secureTunnel(t, proxy, { host: 'a.example', port, ca, alpn: ['http/1.1'] })
      : await toProxy(t, proxy)
  const url = side === 'https' ? '/chat' : `http://a.example:${port}/chat`
  client.write(`GET ${url} HTTP/1.1\r\nHost: a.example:${port}\r\n${fields}${more}`)
  return { client, tape, origin }
}

for (const side of ['http', 'https'] as const) {
  test(`${side}: an upgrade passes by the scripts, and what is said after it`, async t => {
    let switched = 0
    const { client, tape, origin } = await asking(t, side, (received, socket) => {
      if (switched === 0) socket.write(`${switching}hello`)
      else socket.write(received.subarray(switched))
      switched = received.length
    })
    let heard = ''
    client.on('data', chunk => {
      heard += chunk
    })
    while (!heard.endsWith('hello')) await inTime('the switch', once(client, 'data'))
    client.write('one')
    while (!heard.endsWith('one')) await inTime('the echo', once(client, 'data'))
    client.end()
    client.destroy()
    await tape.closed()
    assert.equal(heard, `${switching}helloone`)
    assert.match(
      origin.received().toString(),
      /^GET \/chat HTTP\/1\.1\r\nHost: a\.example:\d+\r\nUpgrade: websocket\r\n/,
    )
    assert.match(tape.contentText('upstream', 'to-server'), /\r\n\r\none$/)
    assert.deepEqual(tape.codes(), [])
  })

  test(`${side}: an upgrade that is refused is answered, and the connection ends`, async t => {
    const refusal = 'HTTP/1.1 401 Who Are You\r\nContent-Length: 2\r\n\r\nno'
    const { client, tape } = await asking(t, side, (_, socket) => void socket.write(refusal))
    assert.match(String(await inTime('the refusal', readAll(client))), /^HTTP\/1\.1 401 Who Are You\r\n[\s\S]*no$/)
    client.destroy()
    await tape.closed()
    assert.deepEqual(tape.codes(), [])
  })

  test(`${side}: a server that leaves without an answer is told`, async t => {
    const { client, tape } = await asking(t, side, (_, socket) => void socket.end())
    assert.match(String(await inTime('the page', readAll(client))), /^HTTP\/1\.1 502 /)
    client.destroy()
    await tape.closed()
    assert.equal(tape.problems()[0]?.blame, 'server')
  })
}

test('the head of an interim response is as it came', () => {
  const head = { statusCode: 103, statusMessage: 'Early Hints', rawHeaders: ['lINK', '</a>', 'Link', 'b'] }
  assert.equal(headOf(head), 'HTTP/1.1 103 Early Hints\r\nlINK: </a>\r\nLink: b\r\n\r\n')
})
