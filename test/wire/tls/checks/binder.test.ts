import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BinderInput, checkBinders } from '../../../../src/wire/tls/checks/binder.ts'
import { digest, hmac } from '../../../../src/wire/tls/prf.ts'

const key = Buffer.alloc(32, 1)
const ticket = Buffer.from('ticket')
const partial = Buffer.from('hello up to its binders')
const binderOver = (hash: string, ...messages: Uint8Array[]) => hmac(hash, key, digest(hash, messages))

function check(binders: readonly Uint8Array[], over: Partial<BinderInput> = {}) {
  const list = binders.flatMap(binder => [Uint8Array.of(binder.length), binder])
  const hello = Buffer.concat([partial, Uint8Array.of(0, Buffer.concat(list).length), ...list])
  const identities = binders.map(() => ticket)
  return checkBinders({ binders, identities, before: [], hello, keyOf: () => key, ...over })
}

test('a binder holds over the hello up to the list of binders, with the hash that its length tells', () => {
  const checks = check([binderOver('sha256', partial), binderOver('sha384', partial), Buffer.alloc(32)])
  assert.deepEqual(
    checks.map(({ name, passed }) => [name, passed]),
    [
      ['binder 0', true],
      ['binder 1', true],
      ['binder 2', false],
    ],
  )
  assert.match(checks[1]!.detail, /sha384/)
})

test('after a HelloRetryRequest it covers what went before as well', () => {
  const before = [Buffer.from('hash of the first hello'), Buffer.from('retry')]
  assert.equal(check([binderOver('sha256', ...before, partial)], { before })[0]?.passed, true)
  assert.equal(check([binderOver('sha256', partial)], { before })[0]?.passed, false)
})

test('what cannot be computed stays open and says why', () => {
  const open: readonly [RegExp, ReturnType<typeof check>][] = [
    [/did not record/, check([Buffer.alloc(32)], { keyOf: () => undefined })],
    [/no hash of TLS 1.3/, check([Buffer.alloc(33)])],
    [/no identity/, check([Buffer.alloc(32)], { identities: [] })],
  ]
  for (const [why, [only]] of open) {
    assert.equal(only?.passed, undefined)
    assert.match(only?.detail ?? '', why)
  }
})
