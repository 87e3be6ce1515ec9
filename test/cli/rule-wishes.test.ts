import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proxyOptions } from '../../src/cli/options.ts'
import { ruleWishes } from '../../src/cli/rule-wishes.ts'
import { readRule } from '../../src/rules/rule.ts'
import { rulingsOf } from '../../src/rules/rulings-of.ts'
import { emptyWorld } from '../rules/actions/acting.ts'
import { facts } from '../rules/ruled.ts'
import { flagsFrom } from './flags-from.ts'

const flagsOf = flagsFrom(proxyOptions)
const wishes = (...argv: readonly string[]) => ruleWishes(flagsOf(...argv))

test('without such flags there are no rules', () => {
  assert.equal(wishes(), undefined)
})

test('a line is a rule for all', () => {
  const { last } = wishes('--throttle', '500K 100k 200')!
  assert.deepEqual(last, [{ name: '--throttle 500k 100k 200', when: '', do: ['throttle 500k 100k 200'] }])
  for (const line of ['3g', 'dsl', '5', '1.5m', '64000 1k', '1g 1m 60000'])
    assert.doesNotThrow(() => readRule(wishes('--throttle', line)!.last[0]!), line)
  for (const line of ['6x', '0', '1k 1k 1k', '3g 1k', ''])
    assert.throws(() => wishes('--throttle', line), /2g, 3g, 4g, dsl/, line)
})

test('each flag is a rule, blocks first and ready-made ones last', () => {
  const { first, texts, file, last } = wishes(
    ...[
      '--cors',
      '--rule',
      'a => no-cache',
      '--no-cache',
      '--rules',
      'f.json',
      '--strip-alt-svc',
      '--block',
      'a.example',
    ],
  )!
  assert.deepEqual(first, [{ name: '--block a.example', when: '~d "^a\\.example$"', do: ['block 403'] }])
  assert.deepEqual([texts, file], [['a => no-cache'], 'f.json'])
  assert.deepEqual(
    last.map(({ name }) => name),
    ['--strip-alt-svc', '--no-cache', '--cors'],
  )
  for (const rule of [...first, ...last]) assert.doesNotThrow(() => readRule(rule))
})

test('a host that is blocked is that host alone, and *.domain every name below', () => {
  const blocked = (pattern: string, host: string) => {
    const rules = wishes('--block', pattern)!.first.map(readRule)
    const rulings = rulingsOf(rules, { world: emptyWorld, onHit: () => {} })
    return rulings.claims({ ...facts, host, serverName: host }) !== undefined
  }
  assert.deepEqual(
    ['a.example', 'b.a.example', 'axexample', 'a.example.org'].map(host => blocked('a.example', host)),
    [true, false, false, false],
  )
  assert.deepEqual(
    ['b.a.example', 'a.example', 'ba.example'].map(host => blocked('*.a.example', host)),
    [true, false, false],
  )
  assert.equal(blocked('::1', '::1'), true)
  assert.equal(blocked('a-b_c")', 'a-b_c")'), true)
})
