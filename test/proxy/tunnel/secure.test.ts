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
