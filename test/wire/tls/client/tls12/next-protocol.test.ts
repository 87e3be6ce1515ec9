import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseProtocol, nextProtocolMessage } from '../../../../../src/wire/tls/client/tls12/next-protocol.ts'
import { type Part, vector8 } from '../offer.ts'
import { encounter, refuses } from '../rogue/encounter.ts'
import { Server12 } from '../rogue/server12.ts'

const list = (...names: readonly string[]): Buffer => Buffer.concat(names.map(name => vector8(Buffer.from(name))))

test('of the server`s list the first that the client offers too, else http/1.1', () => {
  assert.equal(chooseProtocol(list('spdy/3', 'h2', 'http/1.1'), ['http/1.1', 'h2']), 'h2')
  assert.equal(chooseProtocol(list('spdy/3'), ['h2']), 'http/1.1')
  assert.equal(chooseProtocol(Buffer.alloc(0)), 'http/1.1')
  for (const wrong of [Buffer.of(0), Buffer.of(3, 104), list('h2', '')])
    assert.throws(() => chooseProtocol(wrong), { alert: 50 })
})

test('NextProtocol is as long whatever it names', () => {
  for (const name of ['h2', 'http/1.1', 'x'.repeat(30)]) {
    const message = nextProtocolMessage(name)
    assert.equal((message.length - 4) % 32, 0)
    assert.equal(message.subarray(5, 5 + name.length).toString(), name)
  }
})

const npn: Part = [0x3374, Buffer.alloc(0)]
const always = { offer: { versions: [0x0303], suites: [0xc02b], groups: [23], and: [npn], alpn: ['h2', 'http/1.1'] } }
const info: Part = [0xff01, Buffer.of(0)]

test('a server that speaks NPN hears the choice before Finished, sealed', () => {
  const server = new Server12()
  const act = (s: Server12): void => {
    s.serverHello({}, [[0x3374, list('http/1.1')]])
    s.certificate()
    s.keyExchange()
    s.done()
    s.change()
    s.finished()
  }
  const { error, secured, client } = encounter(server, act, always)
  assert.deepEqual([error, secured, client.alpn, server.clientFinished], [undefined, true, 'http/1.1', true])
  const kinds = server.heard.map(({ type, content }) => (type === 22 ? content[0] : -type))
  assert.deepEqual(kinds, [1, 16, -20, 67, 20])
})

refuses(() => new Server12(), always, [
  [
    'NPN and ALPN at once',
    47,
    s => s.serverHello({ extensions: [info, [0x3374, list('h2')], [16, Buffer.from('0003026832', 'hex')]] }),
  ],
])
