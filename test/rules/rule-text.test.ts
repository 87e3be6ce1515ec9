import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RuleError } from '../../src/rules/rule-error.ts'
import { readRuleText } from '../../src/rules/rule-text.ts'

const mistake = (text: string) => {
  try {
    readRuleText(text)
  } catch (error) {
    const { position, expected, found } = error as RuleError
    return `${position}: ${expected}; ${found}`
  }
  return undefined
}

test('filter and action are parted by the first arrow that stands by itself', () => {
  const action = 'set-header response x-parley "a => b"'
  assert.deepEqual(readRuleText(`~u /api  =>  ${action} `), { when: '~u /api', do: [action] })
  assert.deepEqual(readRuleText(`~h "a => b" => ${action}`), { when: '~h "a => b"', do: [action] })
  assert.deepEqual(readRuleText(`~c >=>200 | a=>b => ${action}`.replace('~c >=>200 | ', '')), {
    when: 'a=>b',
    do: [action],
  })
  assert.deepEqual(readRuleText(`=> ${action}`, '/f'), { when: '', do: [action], folder: '/f' })
})

test('a mistake says where it is in the whole text', () => {
  assert.equal(mistake('~d'), '2: " => " and an action after the filter; the end')
  assert.equal(mistake('~d => no-cache'), '2: host after ~d; the end')
  assert.equal(mistake('~d a => set-header both x y'), '19: request or response; "both"')
  assert.match(mistake('~d a =>  paint it') ?? '', /^9: an action: .*; "paint"$/)
  assert.match(mistake('~d a =>') ?? '', /^7: an action: /)
  assert.equal(mistake('~h "a => no-cache'), '17: " => " and an action after the filter; the end')
})
