import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleWorld } from '../world.ts'
import { header, rule, rulesSession, status, stopping } from './rules.ts'

test('the rules stand in their order, with how often each matched', () => {
  const { keys, page } = rulesSession([header, status, stopping])
  keys('R')
  const [title, head, first, second, third] = page().split('\n')
  assert.match(title!, / Rules {2}3 rules/)
  assert.match(head!, /on +hits {2}filter => action/)
  assert.match(first!, /● +0 {2}~u \/api => set-header response x-parley yes/)
  assert.match(second!, /○ +1 200 {2}~m POST => set-status 503/)
  assert.match(third!, /● +2 400 {2}mine: ~d example => set-method PUT {2}stop/)
})

test('where there is none it says how to make one', () => {
  const { keys, page } = rulesSession([])
  keys('R')
  assert.match(page(), /There are no rules\. o makes one/)
})

test('they are tested against the flow that the list has selected', async () => {
  const world = await sampleWorld()
  const all = rule('~all', 'set-status 500')
  const { keys, page } = rulesSession(
    [rule('~d nowhere', 'set-method PUT'), all, { ...all, stop: true }, all],
    {},
    world,
  )
  keys('R', 't')
  assert.match(page(), /tested on flow #\d+/)
  assert.match(page(), / · ●.*~d nowhere/)
  assert.match(page(), / ✓ ●.*~all => set-status 500/)
  assert.match(page(), /does not match #\d+ /)
  keys('j')
  assert.match(page(), / on #\d+ .*: set status 500/)
  keys('G')
  assert.match(page(), /but a rule above stops/)
  keys('space')
  assert.match(page(), /but is off/)
  keys('t')
  assert.doesNotMatch(page(), /tested/)
})

test('without a flow there is nothing to test on', () => {
  const { keys, page } = rulesSession([header])
  keys('R', 't')
  assert.match(page(), /Select a request in the list first/)
})
