import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TlsClient } from '../../../../../src/wire/tls/client/tls-client.ts'
import { keyed } from '../certificate-of.ts'
import type { Offer } from '../offer.ts'
import { encounter } from './encounter.ts'
import type { RogueServer } from './server.ts'
import { Server12, suite } from './server12.ts'
import { Server13 } from './server13.ts'

interface Kind<S extends RogueServer = RogueServer> {
  readonly name: string
  readonly make: () => S
  readonly offer: Offer
  /** What the server says before the chain is judged. */
  readonly until: (server: S) => void
  /** And behind it. */
  readonly rest: (server: S) => void
  /** A server that does not have the key of its certificate. */
  readonly unproved: (server: S) => void
}

const tls13: Kind<Server13> = {
  name: '1.3',
  make: () => new Server13(),
  offer: { suites: [0x1301], groups: [29], versions: [0x0304] },
  until: s => {
    s.handshake()
    s.send(23, Buffer.from('data')) // it may speak at once
  },
  rest: () => {},
  unproved: s => {
    s.serverHello()
    s.encryptedExtensions()
    s.certificate()
    s.certificateVerify(keyed('P-384').key)
    s.finished()
  },
}

const tls12: Kind<Server12> = {
  name: '1.2',
  make: () => new Server12(),
  offer: { suites: Object.values(suite), groups: [23], versions: [0x0303] },
  until: s => s.flight(),
  rest: s => {
    s.change()
    s.finished()
    s.send(23, Buffer.from('data'))
  },
  unproved: s => {
    s.serverHello()
    s.certificate()
    s.keyExchange(undefined, { random: Buffer.alloc(32) })
    s.done()
  },
}

const refusal = { alert: 48, why: 'nobody knows the issuer' }

function judges<S extends RogueServer>({ name, make, offer, until, rest, unproved }: Kind<S>): void {
  test(`a chain that is refused at once opens nothing, TLS ${name}`, () => {
    const server = make()
    const { error, secured } = encounter(server, until, { offer, client: { verify: () => refusal } })
    assert.deepEqual([error?.alert, error?.message, secured, server.alert], [48, refusal.why, false, 48])
    assert.ok(!server.clientFinished)
  })

  for (const verdict of [undefined, refusal])
    test(`until the verdict comes nothing is said and nothing goes on, TLS ${name}, ${verdict?.alert ?? 'trusted'}`, () => {
      const server = make()
      let asked = 0
      const verify = (): 'asked' => {
        asked++
        return 'asked'
      }
      const act = (s: S, client: TlsClient): void => {
        until(s)
        const before = s.heard.length
        assert.deepEqual([asked, client.state], [1, 'handshake'])
        assert.throws(() => client.write(Buffer.from('early')))
        client.updateKeys(true)
        assert.equal(s.heard.length, before)
        client.judge(verdict)
        client.judge(undefined) // the first counts
        if (!verdict) rest(s)
      }
      const { error, secured, data } = encounter(server, act, { offer, client: { verify } })
      assert.equal(asked, 1)
      const trusted = verdict === undefined
      assert.deepEqual([error?.alert, secured, server.alert], [verdict?.alert, trusted, verdict?.alert])
      assert.deepEqual([server.clientFinished, data.toString()], [trusted, trusted ? 'data' : ''])
    })

  test(`what comes before the verdict is kept, but not without bound, TLS ${name}`, () => {
    const server = make()
    const act = (s: S): void => {
      until(s)
      for (let n = 0; n < 300; n++) s.send(23, Buffer.alloc(16_384))
    }
    const { client, secured, data } = encounter(server, act, { offer, client: { verify: () => 'asked' } })
    assert.deepEqual([client.state, secured, data.length], ['failed', false, 0])
  })

  test(`a chain whose owner has not proved that it has the key is not judged, TLS ${name}`, () => {
    let asked = false
    const verify = (): undefined => {
      asked = true
    }
    encounter(make(), unproved, { offer, client: { verify } })
    assert.equal(asked, false)
  })

  test(`what is said behind a failure changes nothing, TLS ${name}`, () => {
    const server = make()
    const act = (s: S, client: TlsClient): void => {
      s.send(24, Buffer.of(1))
      const heard = s.heard.length
      until(s)
      client.judge(undefined)
      client.close()
      client.updateKeys(true)
      client.receive(Buffer.alloc(0))
      assert.throws(() => client.write(Buffer.from('late')))
      assert.equal(s.heard.length, heard)
    }
    const { client, failures, secured } = encounter(server, act, { offer })
    assert.deepEqual([client.state, failures, secured], ['failed', 1, false])
  })

  test(`behind close_notify of either side, TLS ${name}`, () => {
    const server = make()
    const act = (s: S, client: TlsClient): void => {
      until(s)
      rest(s)
      client.close()
      client.close()
      assert.equal(s.alert, 0)
      assert.throws(() => client.write(Buffer.from('late')))
      const heard = s.heard.length
      s.send(23, Buffer.from('still'))
      s.send(21, Buffer.of(1, 0))
      s.send(23, Buffer.from('no more'))
      assert.equal(s.heard.length, heard)
    }
    const outcome = encounter(server, act, { offer })
    assert.deepEqual([outcome.client.state, outcome.error, outcome.data.toString()], ['ended', undefined, 'datastill'])
  })
}

judges(tls13)
judges(tls12)
