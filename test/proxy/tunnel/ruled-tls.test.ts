import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { identityFor, rawOrigin, share } from '../running.ts'
import { ruledTunnel } from './ruled.ts'

const host = 'origin.localhost'
const agreed = (tape: Awaited<ReturnType<typeof ruledTunnel>>['tape']) =>
  Object.fromEntries(tape.told('secured').map(({ leg, agreed }) => [leg, agreed]))

test('the newest version is what a rule says, on both legs', async t => {
  const { port } = await rawOrigin(t, { tls: await identityFor(host) })
  const { tape, connect } = await ruledTunnel(t, { host, port }, { maxTls: 'TLSv1.2' })
  assert.equal((await connect()).getProtocol(), 'TLSv1.2')
  assert.equal(agreed(tape).upstream?.version, 'TLSv1.2')
})

test('the oldest version is what a rule says: a client below it is shut out', async t => {
  const { port } = await rawOrigin(t, { tls: await identityFor(host) })
  const { connect } = await ruledTunnel(t, { host, port }, { minTls: 'TLSv1.3' })
  await assert.rejects(connect({ maxVersion: 'TLSv1.2' }))
  assert.equal((await connect()).getProtocol(), 'TLSv1.3')
})

for (const by of ['rule', 'option'])
  test(`an old server is let in by a ${by}, for its host alone`, async t => {
    const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    const { port } = await rawOrigin(t, { tls: { ...(await identityFor(host)), ...old } })
    const options = by === 'option' ? { minTlsOf: [{ host: '*.localhost', version: 'TLSv1' as const }] } : {}
    const { tape, connect } = await ruledTunnel(
      t,
      { host, port },
      by === 'rule' ? { minTls: 'TLSv1' } : undefined,
      options,
    )
    await connect({ minVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })
    assert.equal(agreed(tape).upstream?.version, 'TLSv1.1')
  })

for (const mirror of [true, false])
  test(`suites and groups are offered ${mirror ? 'in the client’s hello' : 'in Parley’s own'}`, async t => {
    const { port } = await rawOrigin(t, { tls: await identityFor(host) })
    const { tape, connect } = await ruledTunnel(
      t,
      { host, port },
      {
        maxTls: 'TLSv1.2',
        cipherSuites: 'ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384',
        groups: 'P-384:P-256',
        mirror,
      },
    )
    await connect()
    assert.match(agreed(tape).upstream?.cipherSuite ?? '', /AES_256_GCM_SHA384$/)
  })

test('names that OpenSSL has not are told, with the rule', async t => {
  const { port } = await rawOrigin(t, { tls: await identityFor(host) })
  for (const ruling of [{ cipherSuites: 'NOPE' }, { groups: 'NOPE' }, { clientCertificate: '/nowhere.pem' }]) {
    const { tape, connect } = await ruledTunnel(t, { host, port }, ruling)
    await connect() // to be answered with the reason
    assert.deepEqual(
      tape.problems().map(({ code }) => code),
      ['rule/tls-unusable'],
    )
  }
})

test('a certificate that does not verify is let pass by a rule', async t => {
  const { port } = await rawOrigin(t, { tls: await identityFor('another.localhost') })
  const { tape, connect } = await ruledTunnel(t, { host, port }, { verify: false })
  await connect()
  assert.deepEqual(
    tape.told('tolerated').map(({ problem }) => problem.code),
    ['tls/certificate-wrong-host'],
  )
})

test('a client certificate of a rule is shown', async t => {
  const { servers } = await share()
  const folder = mkdtempSync(join(tmpdir(), 'parley-ruled-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const { cert, key } = servers.issue({ host: 'me', use: 'client' })
  writeFileSync(join(folder, 'me.pem'), `${cert}\n${key}`)
  const wants = { requestCert: true, rejectUnauthorized: true, ca: servers.caPem }
  const { port } = await rawOrigin(t, { tls: { ...(await identityFor(host)), ...wants, maxVersion: 'TLSv1.2' } })
  const { tape, connect } = await ruledTunnel(t, { host, port }, { clientCertificate: join(folder, 'me.pem') })
  await connect()
  assert.deepEqual(tape.problems(), [])
  const without = await ruledTunnel(t, { host, port }, undefined)
  await without.connect()
  assert.equal(without.tape.problems().length, 1)
})
