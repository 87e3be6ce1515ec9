import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import tls from 'node:tls'
import { identityFor, openTunnel, rawOrigin, secureTunnel, share, startProxy } from '../running.ts'
import { once } from '../socket-pair.ts'

const host = 'origin.localhost'

test('a server name that no certificate can carry gets the certificate of the target', async t => {
  const origin = await rawOrigin(t, { tls: await identityFor(host) })
  const { proxy, tape, ca } = await startProxy(t, { verifyUpstream: false })
  const socket = await openTunnel(t, proxy, `${host}:${origin.port}`)
  const client = tls.connect({ socket, servername: 'a\x1c.localhost', ca, rejectUnauthorized: false })
  await once(client, 'secureConnect')
  assert.equal(client.getPeerCertificate().subject.CN, host)
  client.end()
  await tape.closed()
  assert.deepEqual(tape.problems(), [])
})

for (const name of ['*.localhost', 'a..localhost', '.localhost', 'b.localhost.', 'b\u00fccher.localhost'])
  test(`the server name ${JSON.stringify(name)} makes no certificate for another name`, async t => {
    const origin = await rawOrigin(t, { tls: await identityFor(host) })
    const { proxy, ca } = await startProxy(t, { verifyUpstream: false })
    const socket = await openTunnel(t, proxy, `${host}:${origin.port}`)
    const client = tls.connect({ socket, servername: name, ca, rejectUnauthorized: false })
    t.after(() => client.destroy())
    await once(client, 'secureConnect')
    assert.equal(client.getPeerCertificate().subjectaltname, `DNS:${host}`)
  })

test('the leaf for a server that was only tolerated names the asked host alone', async t => {
  const origin = await rawOrigin(t, { tls: await identityFor('elsewhere.localhost') })
  const { proxy, tape, ca } = await startProxy(t, { verifyUpstream: false })
  const client = await secureTunnel(t, proxy, { host, port: origin.port, ca })
  const { subject, subjectaltname } = client.getPeerCertificate()
  assert.deepEqual([subject.CN, subjectaltname], [host, `DNS:${host}`])
  assert.equal(tape.told('tolerated')[0]?.problem.code, 'tls/certificate-wrong-host')
})

test('a session is not resumed under another name of the same server', async t => {
  const origin = await rawOrigin(t, { tls: await identityFor(host), answer: (_, socket) => void socket.write('hi') })
  const { proxy, ca, tape } = await startProxy(t, { verifyUpstream: false })
  const visit = async (servername: string, session?: Buffer): Promise<tls.TLSSocket> => {
    const socket = await openTunnel(t, proxy, `${host}:${origin.port}`)
    const client = tls.connect({ socket, servername, ca, rejectUnauthorized: false, ...(session && { session }) })
    t.after(() => client.destroy())
    await once(client, 'secureConnect')
    return client
  }
  const first = await visit('a.localhost')
  const given = once(first, 'session')
  first.write('hello')
  const session = (await given) as Buffer
  assert.equal((await visit('b.localhost', session)).isSessionReused(), false)
  assert.deepEqual(tape.told('recalled'), [])
  assert.equal((await visit('a.localhost', session)).isSessionReused(), true)
  const [earliest] = tape.events.map(({ connection }) => connection)
  assert.deepEqual(tape.told('recalled'), [{ type: 'recalled', earlier: earliest }])
})

test('a client that does not like our certificate and just closes is blamed, and the server is let go', async t => {
  const origin = await rawOrigin(t, { tls: await identityFor(host) })
  const { proxy, tape } = await startProxy(t)
  const { servers } = await share()
  await assert.rejects(secureTunnel(t, proxy, { host, port: origin.port, ca: servers.caPem })) // Node sends no alert
  await tape.closed()
  const [problem] = tape.problems()
  assert.match(problem!.code, /^tls\/(closed|reset)-by-client$/)
  assert.equal(problem!.blame, 'client')
  while ((await origin.connections()) > 0) await wait(2)
})
