import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayKeep, type Session } from '../../../../src/wire/tls/client/session.ts'

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
