import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SessionBook } from '../../src/recorder/session-book.ts'
import { dissect } from '../../src/wire/tls/dissect.ts'
import { tlsPair } from '../wire/tls/record-pair.ts'
import { identity } from '../wire/tls/test-certificates.ts'

for (const [kind, options, keepSessions] of [
  ['a TLS 1.3 ticket', {}, false],
  ['a TLS 1.2 ticket', { maxVersion: 'TLSv1.2' }, false],
  ['a session id', { maxVersion: 'TLSv1.2', secureOptions: 1 << 14 }, true],
] as const)
  test(`${kind} leads to the connection that gave it, if it was taken`, async () => {
    const pair = tlsPair({ server: { ...identity('rsa'), ...options }, keepSessions })
    const { capture, session } = await pair.connect()
    const again = await pair.connect({ session })
    const [first, resumed] = [dissect(capture), dissect(again.capture)]
    const book = new SessionBook()
    assert.equal(book.originOf(resumed), undefined)
    book.add(3, first)
    assert.deepEqual([book.originOf(first), book.originOf(resumed)], [undefined, 3])
  })
