import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { TLSSocket } from 'node:tls'
import type { Services } from '../../../src/proxy/services.ts'
import { asksInHttp1, isScripted } from '../../../src/proxy/tunnel/scripted.ts'
import type { ClientHello } from '../../../src/wire/tls/values.ts'
import { inTime } from '../../in-time.ts'
import { identityFor, rawOrigin, secureTunnel, startProxy } from '../running.ts'
import { once, readAll } from '../socket-pair.ts'
import { streamPair } from '../stream-pair.ts'

test('a script sees a host of its own whose client speaks HTTP/1.1, or names no protocol', () => {
  const services = { scripts: { runOn: (host: string) => host === 'a.example' } } as unknown as Services
  const offering = (...alpn: string[]) => ({ alpn }) as unknown as ClientHello
  assert.equal(isScripted(services, 'a.example', offering('h2', 'http/1.1')), true)
  assert.equal(isScripted(services, 'a.example', {} as ClientHello), true)
  assert.equal(isScripted(services, 'a.example', offering('h2')), false)
  assert.equal(isScripted(services, 'a.example', undefined), false)
  assert.equal(isScripted(services, 'b.example', offering('http/1.1')), false)
  assert.equal(isScripted({} as Services, 'a.example', offering('http/1.1')), false)
})

for (const [what, says, from, isHttp] of [
  ['a client that asks', 'GET / HTTP/1.1\r\n', 'client', true],
  ['a client that says something else', 'a001 LOGIN', 'client', false],
  ['a server that speaks first', '* OK IMAP', 'server', false],
] as const)
  test(`${what} is ${isHttp ? '' : 'not '}taken for HTTP, and loses no byte`, async () => {
    const [client, far] = streamPair()
    const [upstream, server] = streamPair()
    const asked = asksInHttp1(client as TLSSocket, upstream as TLSSocket)
    const speaker = from === 'client' ? far : server
    speaker.write(says)
    assert.equal(await inTime('it is known', asked), isHttp)
    const heard = once(from === 'client' ? client : upstream, 'data')
    client.resume()
    upstream.resume()
    assert.equal(String(await inTime('the words come', heard)), says)
  })

test('another protocol inside TLS passes by the scripts', async t => {
  const identity = await identityFor('a.example')
  const origin = await rawOrigin(t, { tls: identity, answer: (said, socket) => void socket.write(`heard ${said}`) })
  const options = { hosts: new Map([['a.example', '127.0.0.1']]) }
  const { proxy, tape, ca } = await startProxy(t, options, [{ file: '/a.mjs', plugin: { onRequest() {} } }])
  const client = await secureTunnel(t, proxy, { host: 'a.example', port: origin.port, ca })
  client.write('a001 NOOP')
  assert.equal(String(await inTime('an answer', once(client, 'data'))), 'heard a001 NOOP')
  client.end()
  client.destroy()
  await tape.closed()
  await wait(0)
  assert.deepEqual(tape.codes(), [])
})

for (const [what, answer, code] of [
  ['with an alert', { ALPNProtocols: ['h2'] }, 'tls/no-common-alpn'],
  ['by hanging up', {}, 'http/no-answer'],
] as const)
  test(`a server of HTTP/2 alone that refuses ${what} what a script is offered is not to blame`, async t => {
    const identity = await identityFor('a.example')
    const origin = await rawOrigin(t, { tls: { ...identity, ...answer }, answer: (_, socket) => socket.destroy() })
    const script = { file: '/a.mjs', plugin: { onRequest: (_: unknown, next: () => void) => next() } }
    const options = { hosts: new Map([['a.example', '127.0.0.1']]) }
    for (const [alpn, blame] of [
      [['h2', 'http/1.1'], 'parley'],
      [['http/1.1'], 'server'],
    ] as const) {
      const { proxy, tape, ca } = await startProxy(t, options, [script])
      const client = await secureTunnel(t, proxy, { host: 'a.example', port: origin.port, ca, alpn })
      const page = readAll(client)
      client.write('GET / HTTP/1.1\r\nHost: a.example\r\n\r\n')
      assert.match(String(await inTime('the page', page)), new RegExp(`502 [^]*Code: ${code}\\.`))
      const [problem, ...more] = tape.problems()
      assert.deepEqual([problem?.code, problem?.blame, more], [code, blame, []])
      assert.equal(/script/.test(`${problem?.message} ${problem?.remedy}`), blame === 'parley')
    }
  })
