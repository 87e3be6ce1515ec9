import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreeOnProtocol } from '../../../../../src/wire/tls/client/checks/application-protocol.ts'
import { vector8, vector16 } from '../offer.ts'
import { extensionsOf, stateOf } from '../state-of.ts'

const agreed = (...names: readonly string[]): string | undefined => {
  const state = stateOf({ alpn: ['h2', 'http/1.1'] })
  agreeOnProtocol(state, extensionsOf([16, vector16(...names.map(name => vector8(Buffer.from(name))))]))
  return state.agreed.alpn
}

test('the server names one protocol of those that were offered', () => {
  assert.equal(agreed('http/1.1'), 'http/1.1')
  assert.throws(() => agreed('h3'), { alert: 47 })
  for (const names of [[], [''], ['h2', 'http/1.1'], ['h2', 'h2']]) assert.throws(() => agreed(...names), { alert: 50 })
})

test('without an answer there is none', () => {
  const state = stateOf({ alpn: ['h2'] })
  agreeOnProtocol(state, [])
  assert.equal(state.agreed.alpn, undefined)
})
