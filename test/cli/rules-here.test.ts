import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { RuleWishes } from '../../src/cli/rule-wishes.ts'
import { RulesHere } from '../../src/cli/rules-here.ts'
import type { RuleSource } from '../../src/rules/rule.ts'
import { ownFolder } from './recorded-run.ts'

const folder = ownFolder()
const header: RuleSource = { when: '~u /a', do: ['set-header request x-a 1'] }
const method: RuleSource = { when: '~u /b', do: ['set-method PUT'] }

function ruled(rules: readonly RuleSource[], wishes?: RuleWishes) {
  const run = {
    ruleHits: { rules, hits: rules.map(() => 0) },
    setRules(changed: readonly RuleSource[]) {
      run.ruleHits = { rules: changed, hits: changed.map(() => 0) }
    },
    hit(hits: readonly number[]) {
      run.ruleHits = { ...run.ruleHits, hits: [...hits] }
    },
  }
  return { run, here: new RulesHere(run, wishes) }
}

test('a rule that stays keeps its count, wherever it goes and whether it is on', () => {
  const { run, here } = ruled([header, method])
  run.hit([3, 5])
  here.set([method, { ...header, enabled: false }])
  assert.deepEqual(
    here.all.map(({ hits }) => hits),
    [5, 3],
  )
  run.hit([1, 0])
  assert.deepEqual(
    here.all.map(({ hits }) => hits),
    [6, 3],
  )
  assert.equal(here.all, here.all)
})

test('rules with a mistake are not set', () => {
  const { here } = ruled([header])
  assert.throws(() => here.set([header, { when: '~c x', do: ['set-method PUT'] }]), /expected/)
  assert.deepEqual(here.all, [{ source: header, hits: 0 }])
})

test('all but those of the command line are kept in the file', () => {
  const file = join(folder, 'rules.json')
  writeFileSync(file, '[]')
  const wishes: RuleWishes = { first: [], texts: ['~u /a => set-header request x-a 1'], file, last: [] }
  const { here } = ruled([header, { ...method, folder }], wishes)
  assert.match(here.keep(), /rules\.json has the rules that hold now: 1\./)
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), [method])
})

test('a file with comments is left alone, and without a file there is nothing to keep them in', () => {
  const file = join(folder, 'commented.json')
  writeFileSync(file, '[] // mine')
  assert.throws(() => ruled([header], { first: [], texts: [], file, last: [] }).here.keep(), /has comments/)
  assert.equal(readFileSync(file, 'utf8'), '[] // mine')
  assert.throws(() => ruled([header]).here.keep(), /--rules FILE/)
})
