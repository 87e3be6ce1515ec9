import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayKeep, type Session, unexpired } from '../../../../src/wire/tls/client/session.ts'

const session = (ticket: number | undefined, certificates: readonly number[], ocsp?: number): Session =>
  ({
    ticket: ticket === undefined ? undefined : Buffer.alloc(ticket),
    chain: { certificates: certificates.map(size => Buffer.alloc(size)), ocsp: ocsp && Buffer.alloc(ocsp) },
  }) as unknown as Session

test('a session is kept where ticket, chain and staple have 64 KB at most', () => {
  assert.equal(mayKeep(session(undefined, [1000])), true)
  assert.equal(mayKeep(session(16_384, [20_000, 20_000], 9152)), true)
  assert.equal(mayKeep(session(16_384, [20_000, 20_000], 9153)), false)
  assert.equal(mayKeep(session(undefined, Array(100).fill(1000))), false)
})

test('a session is offered while its ticket lives, and what proved it', () => {
  const old = { ...session(10, [1000]), receivedAt: 1000, lifetime: 60 }
  assert.equal(unexpired(old, 60_999), old)
  assert.equal(unexpired(old, 61_000), undefined)
  const delegated = { ...old, provedUntil: 5000 }
  assert.equal(unexpired(delegated, 4999), delegated)
  assert.equal(unexpired(delegated, 5000), undefined)
  assert.equal(unexpired(undefined, 0), undefined)
})
