import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Part, u8, vector8, vector16 } from '../offer.ts'
import * as alert from './alerts.ts'
import { type Case, encounter, refuses } from './encounter.ts'
import { Server12 } from './server12.ts'

/** NPN, which ALPN has followed: draft-agl-tls-nextprotoneg-04. */
const nextProtocol = 67
const asks: Part = [0x3374, Buffer.alloc(0)]
const always = { offer: { suites: [0xc02b], groups: [23], versions: [0x0303], alpn: ['h2', 'http/1.1'], and: [asks] } }
const names = (...all: string[]): Part => [0x3374, Buffer.concat(all.map(name => vector8(Buffer.from(name))))]

function flight(server: Server12, ...parts: readonly Part[]): void {
  server.serverHello({}, parts)
  server.certificate()
  server.keyExchange()
  server.done()
}

test('of the protocols of the server the client names the first that it speaks, sealed and before its Finished', () => {
  const rows = [
    [names('spdy/3', 'http/1.1', 'h2'), 'http/1.1'],
    [names('spdy/3'), 'http/1.1'],
    [names(), 'http/1.1'],
    [names('h2'), 'h2'],
  ] as const
  for (const [offered, chosen] of rows) {
    const server = new Server12()
    const act = (s: Server12): void => {
      flight(s, offered)
      s.change()
      s.finished()
    }
    const { error, secured, client } = encounter(server, act, always)
    assert.deepEqual([error, secured, server.clientFinished, client.alpn], [undefined, true, true, chosen])
    const said = server.heard.find(({ type, content }) => type === 22 && content[0] === nextProtocol)!.content
    assert.equal(said.subarray(5, 5 + said[4]!).toString(), chosen)
    assert.equal((said.length - 4) % 32, 0)
  }
})

const row = (what: string, alerts: Case<Server12>[1], ...parts: readonly Part[]): Case<Server12> => [
  `NPN ${what}`,
  alerts,
  s => flight(s, ...parts),
]

refuses(() => new Server12(), always, [
  row('with an empty name', alert.malformed, names('h2', '')),
  row('with a name that is cut', alert.malformed, [0x3374, Buffer.concat([u8(9), Buffer.from('h2')])]),
  row('beside ALPN', alert.illegalParameter, names('h2'), [16, vector16(vector8(Buffer.from('h2')))]),
  row('twice', alert.malformed, names('h2'), names('h2')),
  ['NPN that was not offered', alert.unsupportedExtension, s => flight(s, names('h2')), { offer: { and: [] } }],
])
