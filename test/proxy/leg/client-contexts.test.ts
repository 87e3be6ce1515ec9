import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeTestAuthority } from '../../../src/peers/certificates.ts'
import { ClientContexts } from '../../../src/proxy/leg/client-contexts.ts'
import { Resumption } from '../../../src/proxy/leg/resumption.ts'

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
