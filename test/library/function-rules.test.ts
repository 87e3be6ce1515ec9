import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FunctionRules } from '../../src/library/function-rules.ts'
import { RulePartError } from '../../src/rules/rule.ts'
import { RuleError } from '../../src/rules/rule-error.ts'

test('a text, a rule of a file and functions are rules of the engine', () => {
  const rules = new FunctionRules()
  const written = { when: '~d b', do: ['block 404'] }
  const request = () => undefined
  const sources = rules.sources([
    '~d a => block 403',
    written,
    { when: '~d c', request },
    { name: 'mine', heads: true, stop: true, request },
  ])
  assert.deepEqual(sources, [
    { when: '~d a', do: ['block 403'] },
    written,
    { when: '~d c', do: ['script function:1'], name: '~d c => function:1' },
    { when: '', do: ['script --heads function:2'], name: 'mine', stop: true },
  ])
  assert.deepEqual([...rules.functions.keys()], ['function:1', 'function:2'])
  assert.equal(rules.functions.get('function:1')?.request, request)
})

test('functions of later rules have other names', () => {
  const rules = new FunctionRules()
  const rule = { request: () => undefined }
  rules.sources([rule])
  assert.deepEqual(rules.sources([rule])[0]!.do, ['script function:2'])
  assert.deepEqual([...rules.functions.keys()], ['function:1', 'function:2'], 'a message may be with the first still')
  assert.throws(() => rules.sources([rule, '~d a']))
  rules.sources([rule, rule])
  for (let times = 0; times < 100; times++) rules.sources([rule])
  assert.equal(rules.functions.size, 2)
})

test('a mistake is thrown, wherever it is', () => {
  const rules = new FunctionRules()
  assert.throws(() => rules.sources(['~d a']), RuleError)
  assert.throws(() => rules.sources([{ when: '~nothing', do: ['block'] }]), RulePartError)
  assert.throws(() => rules.sources([{ when: '~failed', request: () => undefined }]), RulePartError)
})
