import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRule } from '../../src/rules/rule.ts'
import { rulingsOf } from '../../src/rules/rulings-of.ts'
import { emptyWorld } from './actions/acting.ts'
import { facts, ruled } from './ruled.ts'

test('a connection of which no message can match is left alone', () => {
  assert.equal(ruled([]).claims, undefined)
  assert.equal(ruled(['~d other => set-method PUT']).claims, undefined)
  assert.equal(ruled([{ when: '', do: ['set-method PUT'], enabled: false }]).claims, undefined)
  assert.equal(ruled([{ when: '', do: [], stop: true }]).claims, undefined)
  assert.notEqual(ruled(['~d api => set-method PUT']).claims, undefined)
  assert.notEqual(ruled(['/users => set-method PUT']).claims, undefined)
})

test('a rule that stops for the whole connection shields it', () => {
  const shielded = [{ when: '~d api', do: [], stop: true }, '/users => set-method PUT']
  assert.equal(ruled(shielded).claims, undefined)
  assert.notEqual(ruled(shielded, { host: 'other', serverName: 'other' }).claims, undefined)
})

test('what rules say of a connection comes from those that match it, later over earlier', () => {
  const hits: number[] = []
  const withConnection = (when: string, connection: object, stop = false) => ({
    ...readRule({ when, do: ['no-cache'], stop, name: when }),
    actions: [{ did: 'tls', connection }],
  })
  const rules = [
    withConnection('~d api', { minTls: '1.2', verify: false }),
    withConnection('~d other', { mirror: false }),
    withConnection('~src 127', { minTls: '1.3' }, true),
    withConnection('', { verify: true }),
  ]
  const rulings = rulingsOf(rules, { world: emptyWorld, onHit: rule => hits.push(rule) })
  assert.deepEqual(rulings.connection(facts), { minTls: '1.3', verify: false, by: ['~d api', '~src 127'] })
  assert.deepEqual(hits, [0, 2])
  assert.equal(ruled(['~d api => set-method PUT']).ruling, undefined)
})
