import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkBinders } from '../../../../../src/wire/tls/checks/binder.ts'
import { bind, hashOf, pskOffer } from '../../../../../src/wire/tls/client/hello/pre-shared-key.ts'
import { binderKeys } from '../../../../../src/wire/tls/keys.ts'
import { readClientHello } from '../../../../../src/wire/tls/messages/client-hello.ts'
import { extension, makeHello, session13 } from './hellos.ts'

const ageOf = (now: number, ageAdd: number): number =>
  pskOffer({ ...session13, ageAdd }, now).readUInt32BE(2 + 2 + session13.ticket!.length)

test('the age is in milliseconds, added modulo 2^32, and never negative', () => {
  assert.equal(ageOf(1_250.9, 7), 257)
  assert.equal(ageOf(1_010, 0xffff_fffe), 8)
  assert.equal(ageOf(0, 7), 7) // the clock was set back
})

for (const cipherSuite of [0x1301, 0x1302])
  test(`a binder of ${hashOf({ ...session13, cipherSuite })} proves that the PSK is known`, () => {
    const session = { ...session13, cipherSuite, secret: Buffer.alloc(cipherSuite === 0x1301 ? 32 : 48, 5) }
    const psk = { type: 41, data: pskOffer(session, 2_000) }
    const message = makeHello({ extensions: [extension.versions(0x0304), psk] })
    const before = [Buffer.from('what came before')]
    bind(message, session, before)
    const keyOf = () => binderKeys(session.secret, hashOf(session)).at(-1)!.value
    const [check] = checkBinders({ ...readClientHello(message).psk!, before, hello: message, keyOf })
    assert.equal(check?.passed, true)
  })
