import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import tls, { type ConnectionOptions, type TlsOptions } from 'node:tls'
import type { LegName } from '../../../src/model/party.ts'
import { type Choice, readChoice } from '../../../src/proxy/leg/choice.ts'
import { offeredOf, takesWeakOnly } from '../../../src/proxy/leg/choose-alike.ts'
import type { ProxyOptions } from '../../../src/proxy/services.ts'
import { readClientHello } from '../../../src/wire/tls/messages/client-hello.ts'
import { helloMessage } from '../hello-bytes.ts'
import type { MemoryTape } from '../memory-tape.ts'
import { openTunnel, rawOrigin, share, startProxy } from '../running.ts'
import { once } from '../socket-pair.ts'

const host = 'origin.localhost'
/** What was chosen on a leg, read from its bytes. */
function chosen(tape: MemoryTape, leg: LegName): Choice {
  const { toClient } = tape.told('tls-started').find(event => event.leg === leg)!
  const bytes = Buffer.concat(tape.wires.filter(({ lane }) => lane === `${leg} to-client`).map(({ bytes }) => bytes))
  const line = tape.keys.find(key => key.leg === leg && key.line.startsWith('SERVER_HANDSHAKE_TRAFFIC_SECRET'))?.line
  return readChoice(bytes.subarray(toClient), line ? Buffer.from(line.trim().split(' ')[2]!, 'hex') : undefined)!
}

interface Meeting {
  readonly server: TlsOptions
  readonly client?: ConnectionOptions
  readonly keyType?: 'ec' | 'rsa'
}

async function meet(t: TestContext, { server, client = {}, keyType }: Meeting, options: Partial<ProxyOptions> = {}) {
  const { servers } = await share()
  const origin = await rawOrigin(t, { tls: { ...servers.issue({ host, ...(keyType && { keyType }) }), ...server } })
  const { proxy, tape, ca } = await startProxy(t, options)
  const socket = await openTunnel(t, proxy, `${host}:${origin.port}`)
  const secured = tls.connect({ socket, servername: host, ca, ...client })
  secured.on('error', () => {})
  t.after(() => secured.destroy())
  await Promise.race([once(secured, 'secureConnect'), once(secured, 'close')])
  secured.end()
  await tape.closed()
  return tape
}

const meetings: Readonly<Record<string, Meeting>> = {
  'TLS 1.3 and its defaults': { server: {} },
  'another suite of TLS 1.3': { server: { ciphers: 'TLS_CHACHA20_POLY1305_SHA256' } },
  'a group that the client sent no share of': { server: { ecdhCurve: 'P-521' } },
  'TLS 1.2 with one suite and one group': {
    server: { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES256-SHA384', ecdhCurve: 'P-384' },
  },
  'DHE, for a client that takes nothing else': {
    server: { dhparam: 'auto', ciphers: 'DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256' },
    client: { maxVersion: 'TLSv1.2', ciphers: 'DHE-RSA-AES128-GCM-SHA256' },
    keyType: 'rsa',
  },
  'SHA-1, for a client that takes nothing else': {
    server: { ciphers: 'ECDHE-RSA-AES128-SHA:@SECLEVEL=0' },
    client: { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-SHA:@SECLEVEL=0', sigalgs: 'rsa_pkcs1_sha1' },
    keyType: 'rsa',
  },
  'a longer hash in TLS 1.2': { server: { maxVersion: 'TLSv1.2', sigalgs: 'ecdsa_secp521r1_sha512' } },
}
for (const [title, meeting] of Object.entries(meetings))
  test(`the client gets what the server chose: ${title}`, async t => {
    const tape = await meet(t, meeting)
    assert.deepEqual(tape.codes(), [])
    assert.deepEqual(chosen(tape, 'client'), chosen(tape, 'upstream'))
    assert.deepEqual(tape.told('choice-mirrored'), [{ type: 'choice-mirrored', gaps: [] }])
    assert.ok(chosen(tape, 'client').signatureAlgorithm)
  })

test('without --mirror-choice OpenSSL chooses for the client', async t => {
  const tape = await meet(t, { server: { maxVersion: 'TLSv1.2' } }, { mirrorChoice: false })
  assert.deepEqual([chosen(tape, 'client').version, chosen(tape, 'upstream').version], [0x0304, 0x0303])
  assert.deepEqual(tape.told('choice-mirrored'), [])
})

test('what is not in the client’s own offer is not chosen for it', () => {
  const hello = readClientHello(helloMessage())
  const choice = { version: 0x0303, cipherSuite: 0xc02b, group: 29, signatureAlgorithm: 0x0403 }
  assert.deepEqual(offeredOf(choice, hello), choice)
  assert.equal(offeredOf({ ...choice, version: 0x0302 }, hello), undefined)
  assert.equal(offeredOf({ ...choice, cipherSuite: 0xc02f }, hello), undefined)
  assert.deepEqual(offeredOf({ ...choice, group: 30, signatureAlgorithm: 0x0804 }, hello), {
    version: 0x0303,
    cipherSuite: 0xc02b,
    signatureAlgorithm: 0x0804,
  })
})

test('a client without signature algorithms takes SHA-1 alone', () => {
  assert.equal(takesWeakOnly(readClientHello(helloMessage({ extensions: [] }))), true)
  assert.equal(takesWeakOnly(readClientHello(helloMessage())), false)
})
