import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { EngineRules } from '../../../src/cli/threads/engine-rules.ts'
import { requestOf } from '../../rules/heads.ts'
import { facts } from '../../rules/ruled.ts'

const rule = (when: string, todo = 'set-method PUT') => ({ when, do: [todo] })

test('rules are in force once set, and their hits are told', { timeout: 10_000 }, async () => {
  const told: (readonly number[])[] = []
  const engine = new EngineRules(
    () => false,
    hits => told.push(hits),
  )
  assert.equal(engine.rulings.claims(facts), undefined)
  await engine.set([rule('/orders'), rule('/users')])
  const head = requestOf()
  const claim = engine.rulings.claims(facts)?.request(1, head)
  assert.equal((await claim?.act({ head }))?.type, 'change')
  while (told.length < 1) await wait(20)
  assert.deepEqual(told, [[0, 1]])
  await engine.set([])
  assert.equal(engine.rulings.claims(facts), undefined)
})

test('a mistake leaves the rules that were there, and the later of two wins', async () => {
  const engine = new EngineRules(
    () => false,
    () => {},
  )
  await Promise.all([engine.set([rule('~d other')]), engine.set([rule('~d api')])])
  assert.notEqual(engine.rulings.claims(facts), undefined)
  await assert.rejects(engine.set([rule('', 'paint')]))
  assert.notEqual(engine.rulings.claims(facts), undefined)
})

test('Parley itself is no server that a rule leads to', async () => {
  const engine = new EngineRules(
    (address, port) => address === '127.0.0.1' && port === 8080,
    () => {},
  )
  await engine.set([rule('', 'map-remote http://localhost:8080')])
  const head = requestOf()
  const verdict = await engine.rulings.claims(facts)?.request(1, head)?.act({ head })
  assert.deepEqual([verdict?.type, verdict?.problems?.[0]?.code], ['pass', 'rule/loop'])
})
