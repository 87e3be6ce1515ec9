import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyed } from '../certificate-of.ts'
import { message, type Part, u8, vector24 } from '../offer.ts'
import { encounter, refuses } from '../rogue/encounter.ts'
import { Server12, suite } from '../rogue/server12.ts'

const asks: Part = [5, Buffer.from('0100000000', 'hex')]
const always = { offer: { versions: [0x0303], suites: [suite.ecdheEcdsa, suite.rsa], groups: [23], and: [asks] } }
const status = message(22, u8(1), vector24(Buffer.from('response')))
const announced: Part = [5, Buffer.alloc(0)]

test('a stapled OCSP response joins the chain, and may be missing though it was announced', () => {
  for (const stapled of [true, false]) {
    const act = (s: Server12): void => {
      s.serverHello({}, [announced])
      s.certificate()
      if (stapled) s.say(status)
      s.keyExchange()
      s.done()
      s.change()
      s.finished()
    }
    const { client, secured } = encounter(new Server12(), act, always)
    assert.equal(secured, true)
    assert.equal(client.chain?.ocsp && Buffer.from(client.chain.ocsp).toString(), stapled ? 'response' : undefined)
  }
})

test('the chain is judged once its owner has signed', () => {
  let judged = 0
  const verify = (): undefined => void judged++
  const server = new Server12()
  encounter(
    server,
    s => {
      s.serverHello()
      s.certificate()
      s.keyExchange()
      assert.equal(judged, 0)
      s.done()
      assert.equal(judged, 1)
    },
    { ...always, client: { verify } },
  )
})

refuses(() => new Server12(), always, [
  [
    'a CertificateStatus that was not announced',
    10,
    s => {
      s.serverHello()
      s.certificate()
      s.say(status)
    },
  ],
  [
    'a certificate of another kind than the suite',
    47,
    s => {
      s.serverHello()
      s.certificate([keyed('rsa').certificate])
    },
  ],
  [
    'a message behind ServerHelloDone',
    10,
    s => {
      s.serverHello()
      s.certificate()
      s.keyExchange()
      s.together(() => {
        s.done()
        s.done()
      })
    },
  ],
])
