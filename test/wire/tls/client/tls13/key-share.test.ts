import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyPair } from '../../../../../src/wire/tls/client/groups/named-groups.ts'
import type { TlsErrorCode } from '../../../../../src/wire/tls/client/tls-error.ts'
import { agreeOnKeys } from '../../../../../src/wire/tls/client/tls13/key-share.ts'
import { stateOf } from '../state-of.ts'

const hello = (group: number, keyExchange: Uint8Array) => ({ keyShare: { group, keyExchange } }) as never

test('both halves of the group that the server chose make one secret', () => {
  const state = stateOf({ groups: [29, 23], shares: [29, 23] })
  for (const group of [29, 23]) {
    const far = keyPair(group)!
    const secret = agreeOnKeys(state, hello(group, far.share))
    assert.deepEqual(Buffer.from(secret), far.agree(state.sent.pairs.get(group)!.share))
    assert.equal(state.agreed.group, group)
  }
})

test('a share must be there, asked for and of its group', () => {
  const state = stateOf({ groups: [29, 23, 65_000], shares: [29, 65_000] })
  assert.throws(() => agreeOnKeys(state, {} as never), { alert: 109 })
  assert.throws(() => agreeOnKeys(state, hello(23, keyPair(23)!.share)), { alert: 47 })
  assert.throws(() => agreeOnKeys(state, hello(29, Buffer.alloc(32))), { alert: 47 })
  assert.throws(() => agreeOnKeys(state, hello(65_000, Buffer.alloc(32))), { code: 'unsupported' })
})

test('a server may do without a share only where the client offers a PSK alone, which is not spoken here', () => {
  const check = (pskModes: readonly number[], selectedPsk: number | undefined, code: TlsErrorCode): void => {
    const state = stateOf({ groups: [29] })
    state.sent = { ...state.sent, hello: { ...state.sent.hello, pskModes } }
    assert.throws(() => agreeOnKeys(state, { selectedPsk } as never), { code })
  }
  check([1, 0], 0, 'unsupported')
  check([1], 0, 'missing-extension')
  check([1, 0], undefined, 'missing-extension')
})
