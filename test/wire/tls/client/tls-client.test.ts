import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TlsClient, type TlsClientOptions, type TlsError } from '../../../../src/wire/tls/client/tls-client.ts'
import { offer } from './offer.ts'
import { assertMet } from './openssl/expect-met.ts'
import { opensslOrigin } from './openssl/origin.ts'
import { encounter } from './rogue/encounter.ts'
import { Server12, suite } from './rogue/server12.ts'
import { Server13 } from './rogue/server13.ts'

const modern = { offer: { suites: [0x1301], groups: [29] } }

/** As `encounter`, with nothing of its own. */
function meet(
  server: Server13,
  act: (server: Server13, client: TlsClient) => void,
  told: Partial<TlsClientOptions>,
): void {
  const client = new TlsClient({
    hello: offer(modern.offer),
    verify: () => undefined,
    out: bytes => server.hear(Buffer.from(bytes)),
    data: () => {},
    failed: () => {},
    ...told,
  })
  server.deliver = bytes => void client.receive(bytes)
  client.start()
  act(server, client)
}

test('what was agreed can be asked for', async () => {
  const hello = offer({ versions: [0x0304], suites: [0x1301], groups: [29], alpn: ['h2'] })
  const { client } = await opensslOrigin({ ALPNProtocols: ['h2'] }).meet({ hello })
  const { version, cipherSuite, group, scheme, alpn, retried, resumed, secureRenegotiation, delegated } = client
  assert.deepEqual([version, cipherSuite, group, scheme, alpn], [0x0304, 0x1301, 29, 0x0804, 'h2'])
  assert.deepEqual([retried, resumed, secureRenegotiation, delegated], [false, false, true, false])
  assert.equal(client.chain?.certificates.length, 1)
  assert.equal(client.sentHello.length, hello.length)
})

test('every byte of the server is passed once and in order, whatever becomes of it', () => {
  const server = new Server13()
  const sent: Buffer[] = []
  const passed: Buffer[] = []
  const types: (number | undefined)[] = []
  const act = (s: Server13, client: TlsClient): void => {
    s.deliver = bytes => {
      sent.push(Buffer.from(bytes))
      client.receive(bytes)
    }
    s.handshake()
    s.send(23, Buffer.from('data'))
    s.raw(Buffer.concat([s.sealed(23, Buffer.from('more')), Buffer.from('no record'), Buffer.alloc(40_000)]))
    s.raw(Buffer.from('and behind the end'))
    assert.equal(client.state, 'failed')
  }
  const told = (bytes: Uint8Array, type: number | undefined): void => {
    passed.push(Buffer.from(bytes))
    types.push(type)
  }
  meet(server, act, { passed: told })
  assert.deepEqual(Buffer.concat(passed), Buffer.concat(sent))
  assert.deepEqual(types.slice(0, 7), [22, 22, 22, 22, 22, 23, 23])
  assert.ok(types.slice(7).every(type => type === undefined))
})

test('while a verdict is awaited nothing is read, and what comes is held, but not without bound', () => {
  const server = new Server13()
  const wants: boolean[] = []
  const act = (s: Server13, client: TlsClient): void => {
    s.deliver = bytes => void wants.push(client.receive(bytes))
    s.handshake()
    s.send(23, Buffer.from('early'))
    client.judge(undefined)
    s.send(23, Buffer.from(' and late'))
  }
  const data: string[] = []
  meet(server, act, { verify: () => 'asked', data: plain => void data.push(Buffer.from(plain).toString()) })
  assert.deepEqual(data, ['early', ' and late'])
  assert.deepEqual(wants, [true, true, true, true, false, false, true])

  const flood = encounter(
    new Server13(),
    s => {
      s.handshake()
      for (let n = 0; n < 20; n++) s.send(23, Buffer.alloc(16_384))
    },
    { ...modern, client: { verify: () => 'asked' } },
  )
  assert.deepEqual([flood.error?.code, flood.failures, flood.secured], ['flood', 1, false])
})

test('records of data alone are told as data', () => {
  const told: boolean[] = []
  const server = new Server13()
  const act = (s: Server13, client: TlsClient): void => {
    s.handshake()
    client.write(Buffer.from('data'))
    client.updateKeys(false)
    client.close()
  }
  const out = (bytes: Buffer, data: boolean): void => {
    told.push(data)
    server.hear(Buffer.from(bytes))
  }
  encounter(server, act, { ...modern, client: { out } })
  assert.deepEqual(told, [false, false, true, false, false])
})

test('a KeyUpdate that the server wants goes out before the next data, once', () => {
  const server = new Server13()
  const act = (s: Server13, client: TlsClient): void => {
    s.handshake()
    for (let n = 0; n < 3; n++) s.keyUpdate(1)
    const before = s.heard.length
    client.write(Buffer.from('one'))
    client.write(Buffer.from('two'))
    assert.deepEqual(
      s.heard.slice(before).map(({ type }) => type),
      [22, 23, 23],
    )
    assert.equal(s.heard.at(-1)?.content.toString(), 'two')
  }
  assert.equal(encounter(server, act, modern).error, undefined)
})

test('the end of the server during the handshake is told apart from its alerts', () => {
  for (const [alert, code] of [
    [[1, 0], 'closed'],
    [[2, 40], 'alert-received'],
  ] as const) {
    const server = new Server13()
    const { error, failures } = encounter(server, s => s.send(21, Buffer.from(alert)), modern)
    assert.deepEqual([error?.code, error?.alert, error?.received, failures], [code, alert[1], true, 1])
    assert.equal(server.alert, undefined)
  }
})

test('a thing that goes wrong with its owner ends a connection, and is not thrown', () => {
  let error: TlsError | undefined
  const server = new Server13()
  const told: Partial<TlsClientOptions> = {
    failed: problem => (error = problem),
    data: () => {
      throw new Error('no room')
    },
  }
  encounter(
    server,
    s => {
      s.handshake()
      s.send(23, Buffer.from('data'))
    },
    { ...modern, client: told },
  )
  assert.deepEqual([error?.code, server.alert], ['internal-error', 80])
})

test('what the owner changes in the hello is said', async () => {
  const hello = offer({ alpn: ['h2', 'http/1.1'] })
  const origin = opensslOrigin({ ALPNProtocols: ['h2', 'http/1.1'] })
  const met = await origin.meet({ hello, client: { changes: { alpn: ['http/1.1'] } } })
  assertMet(met)
  assert.equal(met.client.alpn, 'http/1.1')
})

test('nothing is written before the handshake ends, nor behind close_notify', () => {
  const server = new Server13()
  const { client } = encounter(server, () => {}, modern)
  assert.throws(() => client.write(Buffer.from('data')), /not open/)
  client.close()
  assert.equal(server.heard.length, 1)
  const open = encounter(new Server13(), s => s.handshake(), modern).client
  open.close()
  open.close()
  assert.throws(() => open.write(Buffer.from('data')), /not open/)
})

test('a template that is no hello is refused at once', () => {
  const options = { verify: () => undefined, out: () => {}, data: () => {}, failed: () => {} }
  assert.throws(() => new TlsClient({ ...options, hello: Buffer.from('010000020303', 'hex') }))
})

test('a session is not offered past its lifetime', async () => {
  const origin = opensslOrigin({})
  const hello = offer({ versions: [0x0303], sessionTicket: Buffer.from('of the client') })
  const { sessions } = await origin.meet({ hello })
  const session = sessions.at(-1)!
  const later = (seconds: number) => () => session.receivedAt + seconds * 1000
  for (const [seconds, resumed] of [
    [session.lifetime - 1, true],
    [session.lifetime, false],
  ] as const) {
    const met = await origin.meet({ hello, client: { session, now: later(seconds) } })
    assert.deepEqual([met.error, met.client.resumed], [undefined, resumed])
  }
})

test('nothing goes on behind our close_notify during the handshake', () => {
  const server = new Server13()
  const act = (s: Server13, client: TlsClient): void => {
    s.handshake()
    client.close()
    const { length } = s.heard
    assert.deepEqual(s.heard.at(-1), { type: 21, content: Buffer.of(1, 0) })
    client.judge(undefined)
    s.send(23, Buffer.from('data'))
    assert.equal(s.heard.length, length)
  }
  const { secured, data, client } = encounter(server, act, { ...modern, client: { verify: () => 'asked' } })
  assert.deepEqual([secured, data.length, client.state], [false, 0, 'ended'])
})

const renegotiable = { versions: [0x0303], suites: [suite.ecdheEcdsa], groups: [23] }

test('nothing is said behind close_notify, though the server renegotiates, and its data is read', () => {
  const server = new Server12()
  const act = (s: Server12, client: TlsClient): void => {
    s.handshake()
    s.helloRequest()
    client.close()
    s.serverHello({}, [s.bound])
    s.certificate()
    s.keyExchange()
    s.done()
    s.send(23, Buffer.from('the rest'))
    s.send(21, Buffer.of(1, 0))
  }
  const { client, data } = encounter(server, act, { offer: renegotiable })
  assert.deepEqual([client.state, String(data), server.alert], ['ended', 'the rest', 0])
  assert.equal(server.heard.at(-1)?.type, 21)
})

test('what is written while the server renegotiates goes out where it ends instead', () => {
  const server = new Server12()
  let writable = 0
  const act = (s: Server12, client: TlsClient): void => {
    s.handshake()
    s.helloRequest()
    assert.equal(client.write(Buffer.from('held')), false)
    s.send(21, Buffer.of(1, 0))
    assert.deepEqual([client.state, writable], ['ended', 1])
    assert.equal(client.write(Buffer.from('late')), true)
    client.close()
  }
  encounter(server, act, { offer: renegotiable, client: { writable: () => writable++ } })
  const said = server.heard.slice(-3).map(({ type, content }) => [type, content.toString('latin1')])
  assert.deepEqual(said, [
    [23, 'held'],
    [23, 'late'],
    [21, '\x01\x00'],
  ])
})

test('whoever closes before there are keys has no connection afterwards', () => {
  for (const [server, versions] of [
    [new Server12(), [0x0303]],
    [new Server13(), [0x0304]],
  ] as const) {
    const act = (s: Server12 | Server13, client: TlsClient): void => {
      client.close()
      assert.equal(client.state, 'ended')
      s.serverHello()
      client.close()
    }
    const suites = [suite.ecdheEcdsa, 0x1301]
    const { secured, error } = encounter(server, act, { offer: { versions, suites, groups: [23, 29] } })
    assert.deepEqual([secured, error, server.heard.length], [false, undefined, 1])
  }
})
