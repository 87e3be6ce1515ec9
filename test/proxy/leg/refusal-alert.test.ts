import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import tls, { type TlsOptions } from 'node:tls'
import { makeTestAuthority } from '../../../src/peers/certificates.ts'
import { listen } from '../../../src/peers/origin.ts'
import { alertFor, sealedAlert } from '../../../src/proxy/leg/refusal-alert.ts'
import { openTunnel, share, startProxy } from '../running.ts'
import { once } from '../socket-pair.ts'

const host = 'origin.localhost'

/** What a server that Parley refuses hears, and what Parley says of it. */
async function refused(t: TestContext, server: TlsOptions): Promise<readonly [string, string]> {
  const origin = tls.createServer(server)
  const heard = once(origin, 'tlsClientError') as Promise<Error>
  const { port, close } = await listen(origin)
  t.after(close)
  const { proxy, tape, ca } = await startProxy(t)
  const socket = await openTunnel(t, proxy, `${host}:${port}`)
  const client = tls.connect({ socket, servername: host, ca }).on('error', () => {})
  t.after(() => client.destroy())
  const { message } = await heard
  while (tape.codes().length === 0) await new Promise(resolve => setTimeout(resolve, 5))
  return [/alert number \d+/i.exec(message)?.[0] ?? message, tape.codes()[0]!]
}

const cases = [
  ['expired', { host, validUntil: -1 }, 45, 'tls/certificate-expired'],
  ['not yet valid', { host, validFrom: 1 }, 42, 'tls/certificate-not-yet-valid'],
  ['self-signed', { host, issuer: 'self' }, 48, 'tls/certificate-self-signed'],
  ['for another host', { host: 'elsewhere.localhost' }, 42, 'tls/certificate-wrong-host'],
  ['without its issuer', { host, issuer: 'intermediate', complete: false }, 48, 'tls/certificate-incomplete-chain'],
] as const

for (const version of ['TLSv1.3', 'TLSv1.2'] as const)
  for (const [what, spec, number, code] of cases)
    test(`a server of ${version} whose certificate is ${what} hears alert ${number}, as from a client`, async t => {
      const { servers } = await share()
      const server = { ...servers.issue(spec), minVersion: version, maxVersion: version }
      assert.deepEqual(await refused(t, server), [`alert number ${number}`, code])
    })

test('a private root that Parley was not given is no fault of a server that leaves it out', async t => {
  const stranger = (await makeTestAuthority()).issue({ host })
  assert.deepEqual(await refused(t, stranger), ['alert number 48', 'tls/certificate-unknown-issuer'])
})

for (const ciphers of ['TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_256_GCM_SHA384'])
  test(`the alert is sealed under ${ciphers}`, async t => {
    const { servers } = await share()
    const [said] = await refused(t, { ...servers.issue({ host, validUntil: -1 }), ciphers })
    assert.equal(said, 'alert number 45')
  })

test('what has no alert of its own is certificate_unknown, and an unknown suite seals nothing', () => {
  assert.equal(alertFor('tls/certificate-invalid', 'constructor'), 46)
  assert.equal(alertFor('tls/certificate-revoked'), 44)
  assert.equal(sealedAlert(42, 0xffff, Buffer.alloc(32)), undefined)
})
