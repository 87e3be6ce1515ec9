import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matching, possible } from '../../src/rules/matching.ts'
import { connectionOf, messageFacts, withBodies } from '../../src/rules/message-facts.ts'
import { planOf } from '../../src/rules/plan.ts'
import { readRule } from '../../src/rules/rule.ts'
import { emptyWorld } from './actions/acting.ts'
import { requestOf } from './heads.ts'
import { facts } from './ruled.ts'

const candidates = (...whens: readonly string[]) =>
  whens.map((when, index) => ({
    plan: planOf(
      readRule({ when, do: ['set-method PUT'], stop: when.startsWith('~bq s') || when === '~m GET' }),
      index,
    ),
    always: when === '',
  }))
const before = messageFacts(connectionOf(facts), requestOf())

test('what may still match is asked again with the body, and the first that stops ends it', () => {
  const asked = possible(candidates('', '~d other', '~bq x', '~bq stop', '~m GET', '/users'), () => before)
  assert.deepEqual(
    asked.map(({ plan, sure }) => [plan.index, sure]),
    [
      [0, true],
      [2, false],
      [3, false],
      [4, true],
    ],
  )
  const hits: number[] = []
  const around = { world: emptyWorld, onHit: (rule: number) => hits.push(rule) }
  const found = matching(asked, () => withBodies(before, Buffer.from('stop')), around)
  assert.deepEqual(
    found.map(({ index }) => index),
    [0, 3],
  )
  assert.deepEqual(hits, [0, 3])
})

test('facts are not made for rules that match all', () => {
  const never = () => assert.fail('asked')
  const asked = possible(candidates('', ''), never)
  assert.equal(matching(asked, never, { world: emptyWorld, onHit: () => {} }).length, 2)
})
