import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WebSocketDraft } from '../../src/rules/actions/action.ts'
import type { Asked } from '../../src/rules/matching.ts'
import { connectionOf, messageFacts } from '../../src/rules/message-facts.ts'
import { planOf } from '../../src/rules/plan.ts'
import { readRule } from '../../src/rules/rule.ts'
import { webSocketClaims } from '../../src/rules/web-socket-claims.ts'
import { emptyWorld } from './actions/acting.ts'
import { requestOf } from './heads.ts'
import { facts } from './ruled.ts'

const upper = (draft: WebSocketDraft): WebSocketDraft => ({
  ...draft,
  message: { ...draft.message, bytes: Buffer.from(Buffer.from(draft.message.bytes).toString().toUpperCase()) },
})

/** A rule with a step on messages in place of its own. */
const asked = (when: string, step: (draft: WebSocketDraft) => WebSocketDraft | 'drop', sure = false): Asked => {
  const plan = planOf(readRule({ when, do: ['no-cache'] }), 0)
  return { plan: { ...plan, webSocket: [{ by: 'r', did: 'upper', step, wants: 0 }] }, sure }
}

const act = async (rule: Asked, direction: 'to-server' | 'to-client', text: string) => {
  const known = messageFacts(connectionOf(facts), requestOf())
  const claims = webSocketClaims([rule], known, requestOf(), { world: emptyWorld, onHit: () => {} })
  return claims.act({ direction, opcode: 1, bytes: Buffer.from(text) })
}

test('messages are changed, dropped or let through', async () => {
  const changed = await act(asked('', upper, true), 'to-server', 'a')
  assert.ok(changed.type === 'change' && String(changed.bytes) === 'A')
  assert.deepEqual(changed.acts, [{ by: 'r', did: 'upper' }])
  assert.equal(
    (
      await act(
        asked('', () => 'drop', true),
        'to-client',
        'a',
      )
    ).type,
    'drop',
  )
  assert.equal(
    (
      await act(
        asked('', draft => draft, true),
        'to-client',
        'a',
      )
    ).type,
    'pass',
  )
})

test('a filter on bodies looks at each message, by its direction', async () => {
  const rule = asked('~bq ping', upper)
  assert.equal((await act(rule, 'to-server', 'ping')).type, 'change')
  assert.equal((await act(rule, 'to-client', 'ping')).type, 'pass')
  assert.equal((await act(rule, 'to-server', 'other')).type, 'pass')
})
