import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { dissect } from '../../../src/wire/tls/dissect.ts'
import { dropBodies } from './capture-edits.ts'
import { assertSound, codesOf, namesOf } from './expect-handshake.ts'
import { certificateArguments, hasOpenssl, OpensslRelay, pemOf } from './openssl-relay.ts'

const skip = hasOpenssl ? false : 'openssl is not installed'
const rsa = certificateArguments('rsa')

test('accepted early data is opened, and the keys switch at EndOfEarlyData', { skip }, async () => {
  await using relay = new OpensslRelay()
  const session = join(relay.folder, 'session')
  const early = join(relay.folder, 'early')
  writeFileSync(early, 'GET / HTTP/1.0\r\n\r\n')
  await relay.start(...rsa, '-early_data', '-max_early_data', '4096')
  await relay.run({ client: ['-sess_out', session] })
  const capture = await relay.run({ client: ['-sess_in', session, '-early_data', early] })
  const handshake = dissect(capture)
  assertSound(handshake)
  assert.equal(handshake.negotiated.earlyData, 'accepted')
  assert.equal(handshake.negotiated.resumption, 'psk')
  assert.ok(namesOf(handshake).includes('> end_of_early_data'))
  assert.ok(codesOf(handshake).includes('early-data-accepted'))
  assert.equal(handshake.records.find(record => record.innerType === 23)?.direction, 'to-server')
  const names = handshake.keys.map(key => key.name)
  assert.ok(names.includes('client_early_write_key') && names.includes('early_exporter_master_secret'))
  assert.equal(new Set(names).size, names.length)

  const keyLog = capture.keyLog.filter(line => !line.startsWith('CLIENT_EARLY_TRAFFIC_SECRET'))
  const closed = dissect({ ...capture, keyLog })
  assert.equal(closed.outcome, 'established')
  const finished = closed.messages.findLast(message => message.name === 'finished')
  assert.deepEqual([finished?.direction, finished?.checks[0]?.passed], ['to-server', true])
})

for (const groups of ['X25519', 'P-384'])
  test(`refused early data is told, and does not disturb the handshake keys (server group ${groups})`, {
    skip,
  }, async () => {
    await using relay = new OpensslRelay()
    const session = join(relay.folder, 'session')
    const early = join(relay.folder, 'early')
    writeFileSync(early, 'GET / HTTP/1.0\r\n\r\n')
    await relay.start(...rsa, '-early_data', '-max_early_data', '4096')
    await relay.run({ client: ['-sess_out', session] })
    await relay.start(...rsa, '-early_data', '-groups', groups) // new ticket keys
    const client = ['-groups', 'X25519:P-384', '-sess_in', session, '-early_data', early]
    const capture = await relay.run({ client })
    const handshake = dissect(capture)
    assertSound(handshake)
    assert.equal(handshake.negotiated.earlyData, 'rejected')
    assert.ok(codesOf(handshake).includes('early-data-rejected'))
    assert.ok(codesOf(handshake).includes(groups === 'P-384' ? 'hello-retry-request' : 'resumption-refused'))

    const keyLog = capture.keyLog.filter(line => !line.startsWith('CLIENT_EARLY_TRAFFIC_SECRET'))
    const without = dissect({ ...capture, keyLog })
    assert.equal(without.outcome, 'established')
    assert.match(without.problems.join(), /no CLIENT_EARLY_TRAFFIC_SECRET/)
    assert.equal(without.problems.length, 1)
  })

test('after KeyUpdates of both sides records are opened under the next secrets', { skip }, async () => {
  await using relay = new OpensslRelay()
  await relay.start(...rsa)
  const capture = await relay.run({ say: ['K', 'one', 'k', { server: 'K' }, { server: 'hi' }, 'two', 'Q'] })
  const handshake = dissect(capture)
  assertSound(handshake)
  const updates = namesOf(handshake).filter(name => name.includes('key_update'))
  assert.ok(updates.includes('> key_update') && updates.includes('< key_update'), updates.join())
  const next = handshake.keys.find(key => key.name === 'client_application_traffic_secret_1')
  assert.match(next?.formula ?? '', /HKDF-Expand-Label\(client_application_traffic_secret_0, "traffic upd", "", 48\)/)
  assert.ok(handshake.keys.some(key => key.name === 'client_application_write_key_1'))

  // Without the bodies of the application data the rest opens as before: sequence numbers still advance.
  const inner = (way: string): (number | undefined)[] =>
    handshake.records.filter(record => record.direction === way).map(record => record.innerType)
  const kept = dropBodies(capture, ({ direction, index }) => inner(direction)[index] === 23)
  assert.ok(kept.headers['to-server'].length > 0)
  assert.deepEqual(namesOf(dissect(kept)), namesOf(handshake))
  assert.deepEqual(dissect(kept).problems, [])
})

test('post-handshake authentication is read, its checks stay open and the keys go on', { skip }, async () => {
  await using relay = new OpensslRelay()
  await relay.start(...rsa, '-tls1_3', '-verify', '1')
  const client = ['-enable_pha', ...certificateArguments('ecdsa')]
  const handshake = dissect(await relay.run({ client, say: ['one', { server: 'c' }, { server: 'hi' }, 'two', 'Q'] }))
  assert.deepEqual(handshake.problems, [])
  assert.equal(handshake.outcome, 'established')
  assert.ok(handshake.records.every(record => record.opened))
  const again = handshake.messages.filter(message => message.name === 'finished' && message.direction === 'to-server')
  assert.deepEqual(
    again.map(message => message.checks[0]?.passed),
    [true, undefined],
  )
  assert.match(again[1]?.checks[0]?.detail ?? '', /post-handshake authentication/)
})

test('a renegotiation inside TLS 1.2 is read with its own keys', { skip }, async () => {
  await using relay = new OpensslRelay()
  await relay.start(...rsa, '-tls1_2', '-client_renegotiation')
  const handshake = dissect(await relay.run({ say: ['one', 'R', 'two', 'Q'] }))
  assertSound(handshake)
  assert.ok(codesOf(handshake).includes('renegotiation'))
  assert.equal(namesOf(handshake).filter(name => name === '> client_hello').length, 2)
  assert.equal(handshake.keys.filter(key => key.name === 'master_secret').length, 2)
})

for (const version of ['-tls1_2', '-tls1_3'])
  test(`a client that does not know the issuer is the one who aborted (${version})`, { skip }, async () => {
    await using relay = new OpensslRelay()
    await relay.start(...rsa)
    const capture = await relay.run({ client: [version, '-verify_return_error', '-CAfile', pemOf('ecdsa')], say: [] })
    const handshake = dissect(capture)
    assert.equal(handshake.outcome, 'failed')
    const remark = handshake.remarks.find(({ code }) => code === 'client-aborted')
    assert.match(remark?.message ?? '', /^The client ended the handshake with unknown_ca after \w+ from the server/)
    assert.equal(handshake.messages[remark!.at!]?.name, 'alert')
  })

test('a TLS 1.3 server that refuses the missing client certificate has failed the handshake', { skip }, async () => {
  await using relay = new OpensslRelay()
  await relay.start(...rsa, '-Verify', '1')
  const handshake = dissect(await relay.run({ say: [] }))
  assert.equal(handshake.outcome, 'failed')
  assert.equal(handshake.negotiated.clientCertificate, 'requested')
  assert.ok(codesOf(handshake).includes('server-aborted'))
})

test('a TLS 1.2 client certificate with RSA-PKCS1 and a chain of four', { skip }, async () => {
  await using relay = new OpensslRelay()
  const chain = [...certificateArguments('chain'), '-cert_chain', pemOf('chain')]
  await relay.start(...chain, '-tls1_2', '-Verify', '1')
  const handshake = dissect(await relay.run({ client: [...rsa, '-sigalgs', 'RSA+SHA384', '-tls1_2'] }))
  assert.equal(handshake.serverCertificates.length, 5) // s_server sends the leaf, then the whole file
  const verify = handshake.messages.find(({ name }) => name === 'certificate_verify')
  assert.deepEqual(verify?.checks[0]?.passed, true)
})

test('an HTTP server behind a TLS port is named', { skip }, async () => {
  const http = Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')
  await using relay = new OpensslRelay()
  await relay.start(...rsa)
  const capture = await relay.run()
  const hello = capture.chunks['to-server'].slice(0, 1)
  const answer = { 'to-server': hello, 'to-client': [{ at: Date.now(), offset: 0, bytes: http }] }
  const handshake = dissect({ ...capture, chunks: answer })
  assert.equal(handshake.outcome, 'failed')
  assert.deepEqual(handshake.problems, [
    'to-client byte 0: a plain HTTP answer instead of TLS: "HTTP/1.1 400 Bad Request"',
  ])
})
