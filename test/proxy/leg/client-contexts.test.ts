import assert from 'node:assert/strict'
import { once } from 'node:events'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import tls, { type SecureContext, TLSSocket } from 'node:tls'
import { makeTestAuthority } from '../../../src/peers/certificates.ts'
import { ClientContexts } from '../../../src/proxy/leg/client-contexts.ts'
import { Resumption } from '../../../src/proxy/leg/resumption.ts'

interface Shown {
  readonly host: string
  readonly subject: string | undefined
}

/** A handshake with a client that trusts `ca`; what it was shown. */
async function shownBy(secureContext: SecureContext, host: string, ca: string): Promise<Shown> {
  const [ours, theirs] = duplexPair()
  const server = new TLSSocket(ours, { isServer: true, secureContext })
  const client = tls.connect({ socket: theirs, servername: host, ca })
  await Promise.all([once(server, 'secure'), once(client, 'secureConnect')])
  const { subject } = client.getPeerX509Certificate()!
  client.destroy()
  server.destroy()
  return { host, subject }
}

test('with more hosts than contexts each client is shown its own host, in handshakes that overlap', async () => {
  const authority = await makeTestAuthority()
  const contexts = new ClientContexts('TLSv1.2', new Resumption())
  const hosts = Array.from({ length: 100 }, (_, i) => `h${i}.example`)
  const leaves = hosts.map(host => {
    const { cert, key } = authority.issue({ host })
    return { host, leaf: { chain: cert, key, keyType: 'ec' as const } }
  })
  const used = new Set<SecureContext>()
  const shown = [...leaves, ...leaves.slice(0, 5)].map(({ host, leaf }) => {
    const { secureContext } = contexts.contextFor(leaf)
    used.add(secureContext)
    return shownBy(secureContext, host, authority.caPem)
  })
  for (const { host, subject } of await Promise.all(shown)) assert.equal(subject, `CN=${host}`)
  assert.equal(used.size, 64)
})

test('the contexts of the leaves that were used last stay theirs', async () => {
  const authority = await makeTestAuthority()
  const contexts = new ClientContexts('TLSv1.2', new Resumption())
  const leaves = Array.from({ length: 70 }, (_, i) => {
    const { cert, key } = authority.issue({ host: `h${i}.example` })
    return { chain: cert, key }
  })
  const first = leaves.slice(0, 64).map(leaf => contexts.contextFor(leaf))
  assert.equal(contexts.contextFor(leaves[0]!), first[0])
  assert.equal(contexts.contextFor(leaves[64]!), first[1])
  assert.equal(contexts.contextFor(leaves[0]!), first[0])
  assert.equal(contexts.contextFor(leaves[63]!), first[63])
})

test('a leaf keeps its context, so that clients can resume, and another leaf has another', async () => {
  const authority = await makeTestAuthority()
  const leafFor = (host: string) => {
    const { cert, key } = authority.issue({ host })
    return { chain: cert, key }
  }
  const [a, b] = [leafFor('a.example'), leafFor('b.example')]
  for (const version of ['TLSv1', 'TLSv1.2'] as const) {
    const contexts = new ClientContexts(version, new Resumption())
    assert.equal(contexts.contextFor(a), contexts.contextFor(a))
    assert.notEqual(contexts.contextFor(a), contexts.contextFor(b))
    const choice = { version: 0x0303, cipherSuite: 0xc02b }
    assert.equal(contexts.contextFor(a, { choice }), contexts.contextFor(a, { choice: { ...choice } }))
    assert.notEqual(contexts.contextFor(a, { choice }), contexts.contextFor(a, { choice: { ...choice, group: 29 } }))
  }
})
