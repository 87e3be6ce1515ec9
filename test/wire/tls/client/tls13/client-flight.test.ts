import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proof } from '../../../../../src/wire/tls/client/tls13/client-flight.ts'
import { type KeyKind, keyed } from '../certificate-of.ts'
import { type Part, vector8, vector16 } from '../offer.ts'
import { encounter } from '../rogue/encounter.ts'
import { Server13 } from '../rogue/server13.ts'
import { stateOf } from '../state-of.ts'

const identityOf = (kind: KeyKind) => ({ certificates: [keyed(kind).certificate], key: keyed(kind).key })
const types = (server: Server13): number[] =>
  server.heard.filter(({ type }) => type === 22).flatMap(({ content }) => messageTypes(content))
function messageTypes(content: Buffer): number[] {
  const found: number[] = []
  for (let at = 0; at < content.length; at += 4 + content.readUIntBE(at + 1, 3)) found.push(content[at]!)
  return found
}

test('a server that waits for the settings of ALPS gets empty ones before Finished', () => {
  const names = vector16(vector8(Buffer.from('h2')))
  for (const type of [17513, 17613]) {
    const settings: Part = [type, names]
    const server = new Server13()
    const act = (s: Server13): void => {
      s.serverHello()
      s.encryptedExtensions([
        [16, names],
        [type, Buffer.from('of the server')],
      ])
      s.certificate()
      s.certificateVerify()
      s.finished()
    }
    const offer = { suites: [0x1301], groups: [29], alpn: ['h2'], and: [settings] }
    const { error, secured } = encounter(server, act, { offer })
    assert.deepEqual([error, secured, server.clientFinished], [undefined, true, true])
    assert.deepEqual(types(server), [1, 8, 20])
    const said = server.heard.find(({ content }) => content[0] === 8)!.content
    assert.equal(said.subarray(4, 10).toString('hex'), `0004${type.toString(16)}0000`)
  }
})

test('a server that asks gets a certificate and its proof, or an empty one', () => {
  for (const [identity, said] of [
    [identityOf('P-256'), [1, 11, 15, 20]],
    [identityOf('rsa'), [1, 11, 20]],
    [undefined, [1, 11, 20]],
  ] as const) {
    const server = new Server13()
    const act = (s: Server13): void => {
      s.serverHello()
      s.encryptedExtensions()
      s.certificateRequest()
      s.certificate()
      s.certificateVerify()
      s.finished()
    }
    const offer = { suites: [0x1301], groups: [29] }
    const { secured } = encounter(server, act, { offer, ...(identity && { client: { identity } }) })
    assert.equal(secured, true)
    assert.deepEqual(types(server), said)
    assert.ok(server.clientFinished)
  }
})

test('a server that wants a bare key gets none of our certificates', () => {
  const state = stateOf({}, { identity: identityOf('P-256') })
  const request = { context: Buffer.from('x'), schemes: [0x0403] }
  const said = [...proof(state, request, false, 'sha256')]
  assert.deepEqual(
    said.map(bytes => bytes.toString('hex')),
    ['0b0000050178000000'],
  )
})
